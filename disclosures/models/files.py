"""Files as they are kept, attachments as they are shown, and the record of sensitive reading."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.models.edition import Edition
from disclosures.models.release import Release
from portal.ledger.acts import Refused
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now
from portal.text.canonical import json_bytes
from portal.text.files import examine, safe_name

CHUNK = 1 << 20


class StoredFileQuerySet(models.QuerySet):
    def keep(self, upload):
        """Examine an upload and keep its bytes: on disk and synced before the row exists.

        The same bytes are kept once. Raises `UnfitFile` with the sentence for the user.
        """
        examined = examine(upload.name, upload)
        upload.seek(0)
        _write_once(path_of(examined.sha256), upload)
        with transaction.atomic():
            stored, _made = self.get_or_create(
                sha256=examined.sha256,
                defaults={"size": examined.size, "media_type": examined.media_type},
            )
        return stored


def path_of(sha256):
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:]


def _write_once(path, stream):
    """Write, sync, rename, sync the folder: a row never points to a file a crash could lose."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(CHUNK):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


class StoredFile(models.Model):
    """The bytes of a file, kept once by their digest and never unlinked while a row names them."""

    class State(models.TextChoices):
        CLEAN = "clean", _("已检查")
        REFUSED = "refused", _("未通过检查")

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.CLEAN)
    kept_at = models.DateTimeField(_("保存时间"), default=now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = pgettext_lazy("plural", "文件")

    def __str__(self):
        return self.sha256[:12]

    @property
    def path(self):
        return path_of(self.sha256)


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

    def detach(self, *, by, version=None):
        """Take a file out of a draft; its bytes stay while the history names them."""
        if self.is_removed:
            raise Refused(_("这个附件已经移除，不用再次办理。"))
        with self.edition.moving("detach", by=by, version=version):
            self.is_removed = True
            self.save()
            self.edition.edited_by, self.edition.edited_at = by, now()
            self.edition.save()


class ReadingQuerySet(models.QuerySet):
    def record(self, edition, *, reader, attachment=None):
        """A reader of an inward board leaves a trace; who came by a class's code has no name."""
        if reader is not None:
            self.create(edition=edition, reader=reader, attachment=attachment)

    def note(self, edition, *, by, attachment=None):
        """Staff who read a text meant for named people leave a trace, its authors excepted."""
        if edition.is_restricted and by.pk not in (edition.drafted_by_id, edition.edited_by_id):
            self.create(edition=edition, reader=by, attachment=attachment)


class Reading(models.Model):
    """Somebody read something not meant for everybody: kept for the yearly audit.

    (《未成年人网络保护条例》: access to minors' data is logged.)
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    reader = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("阅读人"), related_name="+"
    )
    at = models.DateTimeField(_("时间"), default=now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("查阅记录")
        verbose_name_plural = pgettext_lazy("plural", "查阅记录")
        ordering = ["-at"]
        indexes = [models.Index(fields=["edition", "-at"], name="reading_of_edition")]

    def __str__(self):
        return f"{self.reader} {self.edition}"
