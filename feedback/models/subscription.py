"""Following by e-mail: a saved search whose news come as a digest."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.moments import now


class Subscription(models.Model):
    """Somebody's wish to hear of new public notices; it begins only when they confirm it."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("每天")
        WEEKLY = "weekly", _("每周")

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("电子邮箱"))
    language = models.CharField(max_length=10, default="zh-hans")
    terms = models.JSONField(_("筛选条件"), default=dict)
    label = models.CharField(_("说明"), max_length=200)
    rhythm = models.CharField(
        _("频率"), max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("登记时间"), default=now)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    ended_at = models.DateTimeField(_("退订时间"), null=True)
    told_until = models.DateTimeField(_("已通知到"), null=True)

    class Meta:
        verbose_name = _("订阅")
        verbose_name_plural = pgettext_lazy("plural", "订阅")
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["told_until"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="subscription_due",
            )
        ]

    def __str__(self):
        return self.label
