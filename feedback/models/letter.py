"""Letters: what readers write to a school, and the answer they get."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback import news, receipts
from feedback.models.mailbox import Mailbox
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.moments import local_day, now, today
from portal.organisation.models import YearlyCounter


class LetterQuerySet(models.QuerySet):
    def kept_by(self, user):
        """The letters in boxes whose office the person holds."""
        return self.filter(mailbox__in=Mailbox.objects.kept_by(user))

    def written_by(self, user):
        return self.filter(writer=user) if user.is_authenticated else self.none()

    def with_mailbox(self):
        return self.select_related("mailbox__school")

    def found_by(self, number, code):
        """The letter a receipt belongs to; number and code must both be right."""
        letter = self.filter(number=number.strip().upper()).first()
        stored = letter.code_digest if letter else receipts.digest_of("")
        return letter if receipts.fits(code, stored) and letter else None

    def receive(self, mailbox, *, token="", writer=None, **text):
        """Take in a letter and return it with the code its writer must keep.

        `text` is name, contact, subject and body. The same text under the same `token` is the
        same letter, however often it arrives.
        """
        token = token or str(uuid.uuid4())
        parts = (token, str(mailbox.pk), *(text[name] for name in Letter.TEXT))
        code = receipts.code_for(*parts)
        letter = self.model(
            id=receipts.identity(*parts),
            mailbox=mailbox,
            writer=writer,
            code_digest=receipts.digest_of(code),
            **text,
        )
        return self.filter(pk=letter.pk).first() or letter.take_in(), code


class LetterCounter(YearlyCounter):
    """How many letters a school has received in a year."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="letter_counter_once")
        ]


class Letter(models.Model):
    """A named letter. Only its writer and the keepers of the box read it; it has no history."""

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到，待答复")
        ANSWERED = "answered", _("已答复")

    TEXT = ("name", "contact", "subject", "body")

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(
        Mailbox, models.PROTECT, verbose_name=_("信箱"), related_name="letters"
    )
    number = models.CharField(_("受理编号"), max_length=60, unique=True)
    writer = models.ForeignKey(
        "organisation.User",
        models.PROTECT,
        null=True,
        verbose_name=_("写信人账号"),
        related_name="+",
    )
    name = models.CharField(_("姓名"), max_length=40)
    contact = models.CharField(_("联系方式"), max_length=80)
    subject = models.CharField(_("主题"), max_length=100)
    body = models.TextField(_("内容"), max_length=5000)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    code_digest = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(_("收到时间"), default=now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("来信")
        verbose_name_plural = pgettext_lazy("plural", "来信")
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["mailbox", "-received_at"], name="letter_of_box")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("letter", args=[self.pk])

    def facts(self):
        """Only the number enters the record: who wrote what stays between writer and keeper."""
        return Facts(title=self.number, school=self.mailbox.school.slug)

    def content_digest(self):
        return ""

    @property
    def is_answered(self):
        return self.state == self.State.ANSWERED

    @property
    def due_on(self):
        """The last day of the time the box promises, in calendar days (a local custom)."""
        return local_day(self.received_at) + timedelta(days=self.mailbox.reply_days)

    def waiting_days(self, on=None):
        """How many days the letter has waited for its first answer."""
        first = next(iter(self.replies.all()), None)
        until = local_day(first.replied_at) if first else on or today()
        return (until - local_day(self.received_at)).days

    def days_left(self, on=None):
        """The days until the promised day; negative when it has passed."""
        return (self.due_on - (on or today())).days

    def take_in(self):
        """Number the letter and tell the keepers. A second click finds the first one's letter."""
        if not self.mailbox.is_open:
            raise Refused(_("这个信箱暂时不接收来信，请用页面上的电话联系学校。"))
        if not self.mailbox.keepers().exists():
            raise Refused(_("这个信箱目前没有处理人，来信无人查看，请用页面上的电话联系学校。"))
        try:
            with perform("receive_letter", self, by=None):
                self.number = self._next_number()
                self.save(force_insert=True)
                news.arrived(self)
        except IntegrityError:
            return Letter.objects.get(pk=self.pk)
        return self

    def _next_number(self):
        """The next number of the school's year, as FIRST-2026-0001."""
        school, year = self.mailbox.school, today().year
        return f"{school.slug.upper()}-{year}-{LetterCounter.objects.take(school, year):04d}"

    def answer(self, *, by, body):
        """The keeper of the box replies; writer and keeper both see it."""
        if not Letter.objects.kept_by(by).filter(pk=self.pk).exists():
            raise Refused(_("您不是这个信箱的处理人，不能答复。"))
        body = body.strip()
        if not body:
            raise Refused(_("请写下答复内容。"))
        reply = Reply(letter=self, body=body, replied_by=by)
        with perform("reply", self, by=by):
            Letter.objects.select_for_update().get(pk=self.pk)
            if self.replies.filter(body=body).exists():
                raise Refused(_("这条答复已经发出，不用再次提交。"))
            reply.save()
            self.state = self.State.ANSWERED
            self.save()
            news.answered(reply)
        return reply


class Reply(models.Model):
    """An answer to a letter."""

    letter = models.ForeignKey(
        Letter, models.PROTECT, verbose_name=_("来信"), related_name="replies"
    )
    body = models.TextField(_("答复"), max_length=5000)
    replied_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("答复人"), related_name="+"
    )
    replied_at = models.DateTimeField(_("答复时间"), default=now)

    class Meta:
        verbose_name = _("答复")
        verbose_name_plural = pgettext_lazy("plural", "答复")
        ordering = ["replied_at"]

    def __str__(self):
        return str(self.letter)
