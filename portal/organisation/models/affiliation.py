"""Who belongs to a school, and so may read what is meant for its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models.department import SchoolClass
from portal.organisation.models.school import School


class AffiliationQuerySet(RecordedQuerySet):
    def held(self, on):
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


class Affiliation(Recorded):
    """A person's belonging to a school as staff, parent, pupil or party member, with dates."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("教职工")
        PARENTS = "parents", _("家长")
        PUPILS = "pupils", _("学生")
        PARTY = "party", _("党员")

    user = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("人员"), related_name="affiliations"
    )
    school = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("学校"), related_name="affiliations"
    )
    kind = models.CharField(_("身份"), max_length=10, choices=Kind.choices)
    school_class = models.ForeignKey(
        SchoolClass,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("班级"),
        related_name="affiliations",
    )
    starts_on = models.DateField(_("开始日期"), default=today)
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("身份")
        verbose_name_plural = pgettext_lazy("plural", "身份")
        ordering = ["school", "kind", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="affiliation_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self):
        return f"{self.user.name} {self.get_kind_display()}"

    def facts(self):
        return Facts(title=str(self), school=self.school.slug, subject_id=str(self.user_id))

    def is_over(self, on):
        return self.ends_on is not None and self.ends_on <= on

    def register(self, *, by):
        """Note that the person belongs to the school, which opens its inner boards to them."""
        if self.school_class and self.school_class.school_id != self.school_id:
            raise Refused(_("所选班级不属于这所学校。"))
        self.full_clean()
        with perform("affiliate", self, by=by):
            self.save()

    def end(self, *, by, on=None, reason=""):
        """Let the person belong to the school no longer from the day on (today if none)."""
        if on and on < today():
            raise Refused(_("注销日期不能早于今天。"))
        with perform("end_affiliation", self, by=by, reason=reason):
            self.refresh_from_db(from_queryset=Affiliation.objects.select_for_update())
            if self.is_over(today()):
                raise Refused(_("这项身份已经注销。"))
            self.ends_on = max(on or today(), self.starts_on)
            self.save()
