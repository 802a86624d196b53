"""Ways in besides a password: first activation, a class's code, standing in for somebody."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now, today
from portal.organisation.models.department import SchoolClass
from portal.organisation.models.post import Post


class ActivationCode(models.Model):
    """A code with which an imported person sets their first password, once."""

    user = models.OneToOneField(
        "organisation.User", models.PROTECT, verbose_name=_("人员"), related_name="activation"
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("建立时间"), default=now)
    expires_at = models.DateTimeField(_("有效至"))
    used_at = models.DateTimeField(_("使用时间"), null=True)

    class Meta:
        verbose_name = _("激活码")
        verbose_name_plural = pgettext_lazy("plural", "激活码")

    def __str__(self):
        return str(self.user)


class ClassCode(Recorded):
    """A code the parents of a class share: it opens the parents' audience of their school."""

    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, verbose_name=_("班级"), related_name="codes"
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("建立人"), related_name="+"
    )
    made_at = models.DateTimeField(_("建立时间"), default=now)
    expires_on = models.DateField(_("有效至"))
    revoked_at = models.DateTimeField(_("收回时间"), null=True)

    class Meta:
        verbose_name = _("班级查看码")
        verbose_name_plural = pgettext_lazy("plural", "班级查看码")
        ordering = ["-made_at"]

    def __str__(self):
        return str(self.school_class)

    def facts(self):
        return Facts(title=str(self.school_class), school=self.school_class.school.slug)

    @property
    def is_open(self):
        return self.revoked_at is None and today() <= self.expires_on


class StandInQuerySet(RecordedQuerySet):
    def on(self, day):
        """Those who stand in for a post on the day (`ends_on` is the first day off)."""
        return self.filter(starts_on__lte=day, ends_on__gt=day)


class StandIn(Recorded):
    """Somebody who holds another person's post while that person is away (A/B岗)."""

    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name=_("代理的任职"), related_name="stand_ins"
    )
    user = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("代理人"), related_name="standing_in"
    )
    starts_on = models.DateField(_("代理开始"), default=today)
    ends_on = models.DateField(_("代理结束"))

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = pgettext_lazy("plural", "代理")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="stand_in_ends_after_start",
                violation_error_message=_("代理结束日期要晚于开始日期。"),
            )
        ]

    def __str__(self):
        return f"{self.user.name} {self.post.get_office_display()}"

    def facts(self):
        return Facts(
            title=str(self), school=self.post.school.slug, subject_id=str(self.post.user_id)
        )
