"""Working together on a draft: comments beside the text, and links for somebody to look at it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.models.edition import Edition
from portal.ledger.history import Recorded
from portal.ledger.moments import now

LINK_DAYS = 7


class DraftComment(Recorded):
    """What somebody working on a text says about it to the others; never public."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="comments"
    )
    author = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("留言人"), related_name="+"
    )
    body = models.TextField(_("留言"), max_length=2000)
    said_at = models.DateTimeField(_("留言时间"), default=now)
    settled_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("办结人"), related_name="+"
    )
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("文稿留言")
        verbose_name_plural = pgettext_lazy("plural", "文稿留言")
        ordering = ["said_at"]

    def __str__(self):
        return self.body[:40]

    def facts(self):
        return self.edition.facts()


def link_days_from_now():
    return now() + timedelta(days=LINK_DAYS)


class PreviewLink(Recorded):
    """A secret address under which somebody without an account may read one draft for a while."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="preview_links"
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("给谁看"), max_length=80)
    made_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("建立人"), related_name="+"
    )
    made_at = models.DateTimeField(_("建立时间"), default=now)
    expires_at = models.DateTimeField(_("有效至"), default=link_days_from_now)
    revoked_at = models.DateTimeField(_("收回时间"), null=True)
    opened_count = models.PositiveIntegerField(_("打开次数"), default=0)
    opened_at = models.DateTimeField(_("最近打开"), null=True)

    class Meta:
        verbose_name = _("预览链接")
        verbose_name_plural = pgettext_lazy("plural", "预览链接")
        ordering = ["-made_at"]

    def __str__(self):
        return self.purpose

    def facts(self):
        return self.edition.facts()

    @staticmethod
    def new_token():
        return secrets.token_urlsafe(24)

    @staticmethod
    def digest_of(token):
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def is_open(self):
        return self.revoked_at is None and now() < self.expires_at
