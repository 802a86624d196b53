"""The record of who read what is not meant for everybody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from disclosures.models.edition import Edition
from disclosures.models.files import Attachment
from portal.ledger.moments import local_day, now


class ReadingQuerySet(models.QuerySet):
    def record(self, edition, *, viewer, attachment=None):
        """A reader of an inward board leaves a trace; of who came by a class's code, the code."""
        code = None if viewer.user else viewer.class_codes[edition.disclosure.school_id]
        self.create(edition=edition, reader=viewer.user, class_code_id=code, attachment=attachment)

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
        "organisation.User", models.PROTECT, null=True, verbose_name=_("阅读人"), related_name="+"
    )
    class_code = models.ForeignKey(
        "organisation.ClassCode",
        models.PROTECT,
        null=True,
        verbose_name=_("班级查看码"),
        related_name="+",
    )
    at = models.DateTimeField(_("时间"), default=now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("查阅记录")
        verbose_name_plural = pgettext_lazy("plural", "查阅记录")
        ordering = ["-at"]
        indexes = [models.Index(fields=["edition", "-at"], name="reading_of_edition")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reader=None, class_code__isnull=False)
                | Q(class_code=None, reader__isnull=False),
                name="reading_by_person_or_code",
            )
        ]

    def __str__(self):
        return f"{self.told_reader()} {self.edition}"

    def told_reader(self):
        """Who read: the person, or the code that a class shares and nobody's name is behind."""
        if self.reader:
            return self.reader.name
        told = {"name": self.class_code, "day": local_day(self.class_code.made_at)}
        return gettext("%(name)s的班级查看码（%(day)s发放）") % told
