"""School terms."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts
from portal.ledger.history import Recorded
from portal.organisation.models.school import School


class Term(Recorded):
    """A school term; periods of disclosure are counted in terms."""

    class Season(models.TextChoices):
        AUTUMN = "autumn", _("第一学期")
        SPRING = "spring", _("第二学期")

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="terms")
    school_year = models.PositiveSmallIntegerField(
        _("学年"), help_text=_("学年开始的年份，如2026表示2026—2027学年。")
    )
    season = models.CharField(_("学期"), max_length=10, choices=Season.choices)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))

    class Meta:
        verbose_name = _("学期")
        verbose_name_plural = pgettext_lazy("plural", "学期")
        ordering = ["school", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "season"], name="term_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="term_ends_after_start",
                violation_error_message=_("学期的结束日期要晚于开始日期。"),
            ),
        ]

    def __str__(self):
        return _("%(from)s—%(to)s学年%(season)s") % {
            "from": self.school_year,
            "to": self.school_year + 1,
            "season": self.get_season_display(),
        }

    def facts(self):
        return Facts(title=str(self), school=self.school.slug)
