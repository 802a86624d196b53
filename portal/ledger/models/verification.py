"""What the nightly check of the ledger against the database found."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.moments import now

MOST_KEPT = 200
GIVEN_UP = timedelta(hours=6)


class VerificationQuerySet(models.QuerySet):
    def claim(self, day):
        """The day's check, for the one sweep that is to run it; None if it ran or is running.

        One that was killed half-way is taken up again after six hours.
        """
        row, is_new = self.get_or_create(day=day)
        if is_new:
            return row
        left = self.filter(pk=row.pk, ended_at=None, started_at__lt=now() - GIVEN_UP)
        return self.get(pk=row.pk) if left.update(started_at=now()) else None


class Verification(models.Model):
    """One day's check of everything the ledger knows, with its verdict and what it found."""

    class Verdict(models.IntegerChoices):
        """The verdicts of verify.py that the database itself can bring about."""

        RIGHT = 0, _("相符")
        FORK = 30, _("与已签发的账头矛盾")
        INVALID = 40, _("存证不合规定")
        ALTERED = 41, _("内容被改动")
        MISSING = 42, _("内容缺失，没有相应存证")
        STILL_SHOWN = 43, _("已依法隐去的内容仍在")
        UNCHECKED = 50, _("未能查完")

    day = models.DateField(_("日期"), unique=True)
    started_at = models.DateTimeField(_("开始时间"), default=now)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    verdict = models.PositiveSmallIntegerField(_("结论"), choices=Verdict.choices, null=True)
    count = models.PositiveIntegerField(_("问题数"), default=0)
    findings = models.JSONField(_("问题"), default=list)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("存证核对")
        verbose_name_plural = pgettext_lazy("plural", "存证核对")
        ordering = ["-day"]

    def __str__(self):
        return str(self.day)

    def conclude(self, verdict, findings, count):
        """Keep the verdict and as many findings as a person reads."""
        self.verdict, self.count, self.ended_at = verdict, count, now()
        self.findings = [list(finding) for finding in findings[:MOST_KEPT]]
        self.save()
