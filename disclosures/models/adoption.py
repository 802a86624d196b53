"""What one school says of each entry of the catalogue: adopted how, or left out why."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disclosures.catalogue.words import review_steps
from disclosures.models.catalogue import CatalogueEntry, check_steps
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.organisation.models import Department, Office, School


class AdoptionQuerySet(RecordedQuerySet):
    def of(self, school, entry):
        """The school's adoption of the entry; an unsaved default if it has said nothing."""
        found = self.filter(school=school, entry=entry).first()
        return found or Adoption(school=school, entry=entry)


class Adoption(Recorded):
    """How one school carries out one entry: on or off with reason, department, channels."""

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    entry = models.ForeignKey(
        CatalogueEntry, models.PROTECT, verbose_name=_("目录事项"), related_name="adoptions"
    )
    is_on = models.BooleanField(_("采用"), default=True)
    reason = models.CharField(_("停用理由"), max_length=200, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("责任部门"),
        related_name="+",
    )
    channels = models.CharField(
        _("公开渠道"), max_length=200, blank=True, help_text=_("如：学校网站、公开栏、家长会。")
    )
    offices = models.CharField(
        _("本校审核步骤"), max_length=120, blank=True, help_text=_("留空即按目录的审核步骤。")
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("目录采用情况")
        verbose_name_plural = _("本校目录")
        ordering = ["school", "entry__position"]
        constraints = [
            models.UniqueConstraint(fields=["school", "entry"], name="adoption_once"),
            models.CheckConstraint(
                condition=Q(is_on=True) | ~Q(reason=""),
                name="adoption_off_has_reason",
                violation_error_message=_("停用目录事项要写明理由。"),
            ),
        ]

    def __str__(self):
        return f"{self.school.short_name} {self.entry.code}"

    def facts(self):
        return Facts(
            title=str(self.entry),
            school=self.school.slug,
            category=self.entry.category_code,
            entry=self.entry.code,
        )

    def steps(self):
        """The review steps in force at this school: its own order, else the catalogue's."""
        return review_steps(self.offices or self.entry.offices)

    def clean(self):
        """A school answers for its own entries, with its own departments, and audits where due."""
        if not CatalogueEntry.objects.listed_for(self.school).filter(pk=self.entry_id).exists():
            raise ValidationError(_("这一事项不在本校的公开目录中。"))
        if self.department and self.department.school_id != self.school_id:
            raise ValidationError({"department": _("责任部门要从本校的部门中选择。")})
        if self.offices:
            check_steps(self.offices, sensitive=self.entry.is_sensitive)

    def adopt(self, *, by, department=None, channels="", offices=""):
        """Carry out the entry, naming who answers for it and where it is shown."""
        self.is_on, self.reason = True, ""
        self.department, self.channels, self.offices = department, channels.strip(), offices
        self._say("adopt", by=by)

    def switch_off(self, *, by, reason):
        """Leave the entry out, saying why: the public sees the reason in the catalogue."""
        if not reason.strip():
            raise Refused(_("停用目录事项要写明理由。"))
        self.is_on, self.reason = False, reason.strip()
        self._say("switch_off", by=by, reason=self.reason)

    def pass_to(self, successor):
        """Say of the entry's successor what was said of the entry; runs inside its act."""
        audited = not successor.is_sensitive or Office.SPECIAL_AUDIT in self.steps()
        Adoption(
            school=self.school,
            entry=successor,
            is_on=self.is_on,
            reason=self.reason,
            department=self.department,
            channels=self.channels,
            offices=self.offices if audited else "",
        ).save()

    def _say(self, act, *, by, reason=""):
        try:
            with perform(act, self, by=by, reason=reason):
                self._take_place()
                self.full_clean()
                self.save()
        except ValidationError as error:
            raise Refused("".join(error.messages)) from error

    def _take_place(self):
        """One row says it all: what was said a moment ago by another click is said anew on it."""
        School.objects.select_for_update().get(pk=self.school_id)
        said = Adoption.objects.filter(school=self.school_id, entry=self.entry_id).first()
        if said and self._state.adding:
            self.pk, self._state.adding = said.pk, False
