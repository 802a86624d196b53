"""Following by e-mail: a saved search whose news come as a digest."""

import hashlib
import hmac
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.scope import Scope, scope_of
from disclosures.search.query import LONGEST
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.moments import local_day, now, start_of
from portal.organisation.models import Authority, School

HOUR = 7
KEPT = timedelta(days=3)
AGAIN = timedelta(hours=1)
LABEL = 500


class SubscriptionQuerySet(models.QuerySet):
    def found_by(self, token):
        """The subscription a mailed link belongs to."""
        return self.filter(token_digest=_digest(token)).first()

    def kept_by(self, user):
        """Those of the school whose office the person holds; a bureau's has those of no school."""
        kept = Authority.objects.schools_kept_by(user)
        own = self.filter(school__in=kept)
        return own | self.filter(school=None) if kept.bureaus().exists() else own

    def running(self):
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def unconfirmed(self):
        return self.filter(confirmed_at=None, ended_at=None)

    def to_be_asked(self):
        """Those whose address has not been sent the question yet."""
        return self.unconfirmed().filter(told_until=None)

    def due(self, at):
        """Those whose last digest is older than the last turn of their rhythm."""
        late = Q(pk=None)
        for rhythm in Subscription.Rhythm:
            late |= Q(rhythm=rhythm, told_until__lt=turn_of(rhythm, at))
        return self.running().filter(late).order_by("told_until")

    def to_be_forgotten(self, at):
        """What nobody confirmed, and what has ended, three days later."""
        return self.filter(Q(confirmed_at=None, asked_at__lt=at - KEPT) | Q(ended_at__lt=at - KEPT))

    def ask(self, *, email, scope, rhythm, language):
        """Write down that an address wants to hear of the scope; only its owner can confirm.

        The same wish again is the same row: a running one is left as it is, an unconfirmed one
        is asked about once more, at most once an hour.
        """
        email, followed = email.strip().lower(), {"terms": scope.terms(), "words": scope.words}
        wish = self.model(id=identity(email, **followed), email=email, **followed)
        row = self.filter(pk=wish.pk).first() or wish
        if row.is_running or row.was_just_asked():
            return
        row.school, row.label = scope.school, scope.title[:LABEL]
        row.rhythm, row.language = rhythm, language
        row.asked_at, row.confirmed_at, row.ended_at, row.told_until = now(), None, None, None
        row.token_digest = _digest(_token(row.pk, settings.SECRET_KEY))
        row.save()


def turn_of(rhythm: str, at: datetime) -> datetime:
    """The last moment up to `at` at which digests go out: seven in the morning, or on Mondays."""
    day = local_day(at - timedelta(hours=HOUR))
    if rhythm == Subscription.Rhythm.WEEKLY:
        day -= timedelta(days=day.weekday())
    return start_of(day) + timedelta(hours=HOUR)


def identity(email: str, terms: dict, words: str = "") -> uuid.UUID:
    """The id of an address's wish: asked for twice at once it is still one row."""
    followed = sorted((terms | ({"words": words} if words else {})).items())
    return uuid.uuid5(uuid.NAMESPACE_URL, repr((email, followed)))


def _token(pk: uuid.UUID, key: str) -> str:
    return hmac.new(key.encode(), f"follow:{pk}".encode(), hashlib.sha256).hexdigest()[:40]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class Subscription(models.Model):
    """Somebody's wish to hear of new public notices; it begins only when they confirm it.

    `told_until` is the moment up to which they have been told: before they confirm, when they
    were last asked. The token of the mailed links is made anew each time and never stored.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("每天")
        WEEKLY = "weekly", _("每周")

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("电子邮箱"))
    language = models.CharField(max_length=10, default="zh-hans")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, verbose_name=_("学校"), related_name="+"
    )
    terms = models.JSONField(_("筛选条件"), default=dict)
    words = models.CharField(_("搜索词"), max_length=LONGEST, blank=True)
    label = models.CharField(_("订阅内容"), max_length=LABEL)
    rhythm = models.CharField(
        _("频率"), max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("登记时间"), default=now)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    ended_at = models.DateTimeField(_("退订时间"), null=True)
    told_until = models.DateTimeField(_("已通知到"), null=True)
    digested_at = models.DateTimeField(_("最近一次寄出"), null=True)

    objects = SubscriptionQuerySet.as_manager()

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
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), LONGEST),
                name="subscription_words_are_a_search",
                violation_error_message=_("搜索词太长。"),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def is_running(self):
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def masked_email(self):
        """The address so that its owner knows it again and nobody can write to it."""
        return f"{self.email[:1]}…@{self.email.rpartition('@')[2]}"

    def facts(self):
        """The record names what was followed, never by whom."""
        return Facts(title=self.label, school=self.school.slug if self.school else "")

    def content_digest(self):
        return ""

    def was_just_asked(self):
        """Whether the question went out within the hour and waits for its answer."""
        waits = self.ended_at is None and self.told_until is not None
        return waits and now() - self.told_until < AGAIN

    @property
    def token(self):
        """What the mailed links carry; an older key's tokens stay good while they are known."""
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
            token = _token(self.pk, key)
            if hmac.compare_digest(_digest(token), self.token_digest):
                return token
        token = _token(self.pk, settings.SECRET_KEY)
        self.token_digest = _digest(token)
        self.save(update_fields=["token_digest"])
        return token

    def scope(self) -> Scope | None:
        """What is followed; None when there is no such thing any more."""
        return scope_of(words=self.words, **self.terms)

    def others(self):
        """Everything else the same address follows."""
        same = Subscription.objects.running().filter(email=self.email)
        return same.exclude(pk=self.pk).order_by("label")

    def confirm(self):
        """Begin: what becomes public from now on is told."""
        if self.confirmed_at is None and self.ended_at is None:
            self.confirmed_at = self.told_until = now()
            self.save()

    def end(self):
        """Stop, at once and for good; a second time changes nothing."""
        if self.ended_at is None:
            self.ended_at = now()
            self.save()

    def stop(self, *, by):
        """The school's office ends it for an owner who asked it to: unlike the owner's, an act."""
        if not Subscription.objects.kept_by(by).filter(pk=self.pk).exists():
            raise Refused(_("只有校务公开办公室可以应本人要求停止订阅。"))
        if self.ended_at is not None:
            raise Refused(_("这项订阅已经退订。"))
        with perform("close", self, by=by):
            self.end()

    def end_all(self):
        """Stop everything the address follows."""
        for subscription in [self, *self.others()]:
            subscription.end()
