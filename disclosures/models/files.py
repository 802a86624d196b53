"""Attachments: files of an edition, served to those who may read it."""

import json

from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.models.edition import Edition
from disclosures.models.release import Release
from disclosures.models.stored import StoredFile
from portal.ledger.acts import Refused
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now
from portal.text.canonical import json_bytes
from portal.text.filenames import extension_of
from portal.text.files import safe_name
from portal.text.masking import MARK


class AttachmentQuerySet(RecordedQuerySet):
    def attach(self, edition, upload, *, by, title="", version=None):
        """Keep an upload with a draft; the act refuses before anything is written to the row."""
        edition.ensure_open_to("attach", by=by, version=version)
        stored = StoredFile.objects.keep(upload)
        with edition.moving("attach", by=by, version=version):
            last = edition.attachments.aggregate(last=Max("position"))["last"] or 0
            attachment = Attachment(
                edition=edition,
                original=stored,
                served=stored,
                name=safe_name(upload.name),
                title=title or safe_name(upload.name),
                position=last + 1,
            )
            attachment.save()
            edition.edited_by, edition.edited_at = by, now()
            edition.save()
        return attachment

    def kept(self):
        """Those that have not been taken out of the draft again."""
        return self.filter(is_removed=False)

    def with_files(self):
        """With what their lists show: size, type, and whether their words were read."""
        return self.kept().select_related("served__text").defer("served__text__content")

    def copy(self, edition, successor):
        """Give a correction the attachments of the edition it is based on."""
        for attachment in self.kept().filter(edition=edition):
            attachment.pk = Attachment._meta.pk.get_default()
            attachment._state.adding = True
            attachment.edition = successor
            attachment.save()

    def visible_to(self, viewer, *, at=None):
        """Attachments whose edition the viewer may read: the parent's rule, no other."""
        open_now = Release.objects.visible_to(viewer, at=at)
        return self.kept().filter(edition__in=open_now.values("edition"))


class Attachment(Recorded):
    """A file that belongs to an edition and is served only to those who may read it."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="attachments"
    )
    original = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    served = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=150)
    title = models.CharField(_("附件名称"), max_length=150)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    is_removed = models.BooleanField(default=False, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = pgettext_lazy("plural", "附件")
        ordering = ["edition", "position"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("attachment", args=[self.pk, self.name])

    def facts(self):
        return self.edition.facts()

    def part(self):
        """The attachment's part of the edition's content."""
        told = {"sha256": self.served.sha256, "size": self.served.size, "title": self.title}
        return f"file/{self.position}", "application/json", json_bytes(told)

    @staticmethod
    def title_in(part):
        """The title that the attachment's part of a content tells."""
        return json.loads(part)["title"]

    def hide(self):
        """Put the mark in place of what its name and title say; the act is the edition's."""
        self.title = MARK
        self.name = f"removed.{extension_of(self.name)}"
        self.save()

    def detach(self, *, by, version=None):
        """Take a file out of a draft; its bytes stay while the history names them."""
        if self.is_removed:
            raise Refused(_("这个附件已经移除，不用再次办理。"))
        with self.edition.moving("detach", by=by, version=version):
            self.is_removed = True
            self.save()
            self.edition.edited_by, self.edition.edited_at = by, now()
            self.edition.save()
