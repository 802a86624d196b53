"""Working together on a draft: comments beside the text, and links for somebody to look at it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures import news
from disclosures.catalogue.words import Audience
from disclosures.models.disclosure import Disclosure
from disclosures.models.edition import Edition
from disclosures.models.life import UNSEALED, State, decides_open_step, edits, wrong_state
from portal.ledger.acts import Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now
from portal.ledger.vocabulary import ActName

LINK_DAYS = 7
MOST_LINK_DAYS = 30
KEPT_CLOSE = _("这份文稿要专项审核，或者只给特定人员看，不能建立预览链接。请对方登录工作台查看。")


def in_work(user):
    """The texts in work the person may read: whoever reads one may say something about it."""
    return Edition.objects.readable_by(user).filter(state__in=UNSEALED)


def open_to_share(user):
    """The texts in work whose editors the person is among, or that wait for their decision."""
    deciding = decides_open_step(user) & Q(state=State.IN_REVIEW)
    return in_work(user).filter(edits(user) | deciding)


def ensure_in_work(edition, act):
    """Lock the disclosure and refuse what comes after the text was sealed or given up."""
    Disclosure.objects.locked(edition.disclosure_id)
    state = Edition.objects.values_list("state", flat=True).get(pk=edition.pk)
    if state not in UNSEALED:
        raise Refused(wrong_state(act, state))


def ensure_found(rows, row, act):
    """Refuse whoever does not find the row among those open to them."""
    if not rows.filter(pk=row.pk).exists():
        raise Refused(_("您没有对这份文稿办理“%(act)s”的权限。") % {"act": ActName(act).label})


class DraftCommentQuerySet(RecordedQuerySet):
    def of(self, edition):
        """Everything said about a text, in the order it was said, with the people."""
        return self.filter(edition=edition).select_related("author", "settled_by")

    def open_to_settle(self, user):
        """What the text's authors and whoever said it may call done."""
        own = Q(author=user) | Q(edition__drafted_by=user) | Q(edition__edited_by=user)
        return self.filter(own, settled_at=None, edition__in=in_work(user))

    def say(self, edition, body, *, by):
        """Say something about a text in work; its authors and who spoke before are told."""
        body = body.strip()
        if not body:
            raise Refused(_("请先写下要说的话，再留言。"))
        comment = self.model(edition=edition, author=by, body=body)
        with perform("comment", comment, by=by):
            ensure_in_work(edition, "comment")
            ensure_found(in_work(by), edition, "comment")
            comment.save()
            news.commented(comment)
        return comment


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

    objects = DraftCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("文稿留言")
        verbose_name_plural = pgettext_lazy("plural", "文稿留言")
        ordering = ["said_at"]

    def __str__(self):
        return self.body[:40]

    def facts(self):
        return self.edition.facts()

    def settle(self, *, by):
        """Call done what was asked for. What was said stays."""
        with perform("settle_comment", self, by=by):
            ensure_in_work(self.edition, "settle_comment")
            stored = DraftComment.objects.select_for_update().get(pk=self.pk)
            if stored.settled_at:
                raise Refused(_("这条留言已经办结，不用再办一次。"))
            ensure_found(DraftComment.objects.open_to_settle(by), self, "settle_comment")
            self.settled_by, self.settled_at = by, now()
            self.save()


class PreviewLinkQuerySet(RecordedQuerySet):
    def of(self, edition):
        return self.filter(edition=edition).select_related("made_by")

    def open_to_revoke(self, user):
        """Links that still open something, to whoever made them or may edit the text."""
        readable = Edition.objects.readable_by(user)
        own = Q(made_by=user) | Q(edition__in=Edition.objects.filter(edits(user)))
        return self.filter(own, revoked_at=None, edition__in=readable)

    def answering(self, token):
        """The link this secret belongs to, if it still opens a text in work; else None."""
        rows = self.filter(
            token_digest=PreviewLink.digest_of(token),
            revoked_at=None,
            expires_at__gt=now(),
            edition__state__in=UNSEALED,
        )
        around = ("school", "department", "entry")
        link = rows.select_related(*(f"edition__disclosure__{name}" for name in around)).first()
        return link if link and not is_kept_close(link.edition) else None

    def share(self, edition, *, by, purpose, days=LINK_DAYS, key=None):
        """Make a link for somebody without an account: (the link, its secret, shown once).

        `key` is the link's id if the form that asks has one: sent twice, it makes one link.
        """
        purpose = purpose.strip()
        if not purpose:
            raise Refused(_("请写明给谁看、为什么给他看。"))
        if not 1 <= days <= MOST_LINK_DAYS:
            raise Refused(_("有效期请选1到%(days)d天。") % {"days": MOST_LINK_DAYS})
        token = secrets.token_urlsafe(24)
        link = self.model(
            edition=edition,
            token_digest=PreviewLink.digest_of(token),
            purpose=purpose,
            made_by=by,
            expires_at=now() + timedelta(days=days),
        )
        link.pk = key or link.pk
        with perform("share", link, by=by, reason=purpose):
            ensure_in_work(edition, "share")
            ensure_found(open_to_share(by), edition, "share")
            self._ensure_not_kept_close(edition)
            link.save(force_insert=True)
        return link, token

    def _ensure_not_kept_close(self, edition):
        if is_kept_close(Edition.objects.with_row().get(pk=edition.pk)):
            raise Refused(KEPT_CLOSE)


def is_kept_close(edition):
    """Whether the text is too sensitive to be read by a secret address alone."""
    return edition.disclosure.entry.is_sensitive or Audience.NAMED in edition.audiences


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

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("预览链接")
        verbose_name_plural = pgettext_lazy("plural", "预览链接")
        ordering = ["-made_at"]

    def __str__(self):
        return self.purpose

    def facts(self):
        return self.edition.facts()

    @staticmethod
    def digest_of(token):
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_open(self):
        return self.revoked_at is None and now() < self.expires_at

    def open(self, *, attachment=None):
        """Note that somebody unknown has opened the text, or taken one of its files."""
        reason = attachment.title if attachment else ""
        with perform("open_share", self, by=None, reason=reason):
            stored = PreviewLink.objects.select_for_update().get(pk=self.pk)
            if attachment is None:
                self.opened_count, self.opened_at = stored.opened_count + 1, now()
                self.save()

    def revoke(self, *, by):
        """Close the link for good, whoever has it."""
        with perform("revoke_share", self, by=by):
            stored = PreviewLink.objects.select_for_update().get(pk=self.pk)
            if stored.revoked_at:
                raise Refused(_("这个链接已经收回，不用再办一次。"))
            ensure_found(PreviewLink.objects.open_to_revoke(by), self, "revoke_share")
            self.opened_count, self.opened_at = stored.opened_count, stored.opened_at
            self.revoked_at = now()
            self.save()
