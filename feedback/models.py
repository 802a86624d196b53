"""Mailboxes and letters: what readers write to a school, and the answer they get."""

import hashlib
import hmac
import secrets
import uuid

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded
from portal.ledger.moments import now, today
from portal.organisation.models import Authority, Office, School

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20


class Mailbox(Recorded):
    """A school's box for letters, opened by the holders of one office."""

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    name = models.CharField(_("信箱名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    slug = models.SlugField(_("网址名"), max_length=40, default="principal")
    office = models.CharField(
        _("由谁处理"), max_length=20, choices=Office.choices, default=Office.PRINCIPAL
    )
    guidance = models.TextField(_("写信须知"), blank=True)
    reply_days = models.PositiveSmallIntegerField(_("答复天数"), default=5)
    is_open = models.BooleanField(_("接收来信"), default=True)

    class Meta:
        verbose_name = _("信箱")
        verbose_name_plural = _("信箱")
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="mailbox_slug"),
        ]

    def __str__(self):
        return f"{self.school.short_name} {self.name}"

    def get_absolute_url(self):
        return reverse("mailbox", args=[self.school.slug, self.slug])

    def facts(self):
        return Facts(title=str(self), school=self.school.slug)

    def keepers(self):
        return Authority.objects.at(self.school, self.office).holders()


class LetterQuerySet(models.QuerySet):
    def kept_by(self, user):
        """The letters in boxes whose office the person holds."""
        held = Authority.objects.held_by(user)
        pairs = models.Q(pk=None)
        for school, office in held.values_list("school", "office"):
            pairs |= models.Q(mailbox__school=school, mailbox__office=office)
        return self.filter(pairs)

    def written_by(self, user):
        return self.filter(writer=user) if user.is_authenticated else self.none()

    def found_by(self, number, code):
        """The letter a receipt belongs to; number and code must both be right."""
        return self.filter(number=number.strip(), code_digest=digest_of(code)).first()

    def receive(self, mailbox, *, writer=None, name, contact, subject, body):
        """Take in a letter, number it, and return it with the code its writer must keep."""
        if not mailbox.is_open:
            raise Refused(_("这个信箱暂时不接收来信，请用页面上的电话联系学校。"))
        code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
        letter = self.model(
            mailbox=mailbox,
            writer=writer,
            name=name,
            contact=contact,
            subject=subject,
            body=body,
            code_digest=digest_of(code),
        )
        with perform("receive_letter", letter, by=None):
            letter.number = LetterCounter.objects.take(mailbox.school)
            letter.save()
        return letter, "-".join(code[n : n + 5] for n in range(0, CODE_LENGTH, 5))


def digest_of(code):
    """The keyed digest under which a receipt code is stored; separators and case are ignored."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hmac.new(
        settings.SECRET_KEY.encode(), b"letter:" + plain.encode(), hashlib.sha256
    ).hexdigest()


class LetterCounterQuerySet(models.QuerySet):
    def take(self, school):
        """The next letter number of the school's year, as XF-2026-0001."""
        year = today().year
        with transaction.atomic():
            self.get_or_create(school=school, year=year)
            counter = self.select_for_update().get(school=school, year=year)
            counter.last += 1
            counter.save()
        return f"{school.slug.upper()}-{year}-{counter.last:04d}"


class LetterCounter(models.Model):
    """How many letters a school has received in a year."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = LetterCounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="letter_counter_once")
        ]

    def __str__(self):
        return f"{self.school} {self.year}: {self.last}"


class Letter(models.Model):
    """A named letter. Only its writer and the keepers of the box read it; it has no history."""

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到，待答复")
        ANSWERED = "answered", _("已答复")

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
        verbose_name_plural = _("来信")
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["mailbox", "-received_at"], name="letter_of_box")]

    def __str__(self):
        return self.number

    def facts(self):
        """Only the number enters the record: who wrote what stays between writer and keeper."""
        return Facts(title=self.number, school=self.mailbox.school.slug)

    def content_digest(self):
        return ""

    def answer(self, *, by, body):
        """The keeper of the box replies; writer and keeper both see it."""
        if not Letter.objects.kept_by(by).filter(pk=self.pk).exists():
            raise Refused(_("您不是这个信箱的处理人，不能答复。"))
        if not body.strip():
            raise Refused(_("请写下答复内容。"))
        with perform("reply", self, by=by):
            Letter.objects.select_for_update().get(pk=self.pk)
            reply = Reply(letter=self, body=body.strip(), replied_by=by)
            reply.save()
            self.state = self.State.ANSWERED
            self.save()
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
        verbose_name_plural = _("答复")
        ordering = ["replied_at"]

    def __str__(self):
        return str(self.letter)
