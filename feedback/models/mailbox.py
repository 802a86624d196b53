"""The box a school opens for letters, and the office that reads them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.organisation.models import OF_DEPARTMENTS, Authority, Office, School
from portal.text.reader import named


class MailboxQuerySet(RecordedQuerySet):
    def open_at(self, school):
        """The boxes that take letters at the school, with what their addresses need."""
        rows = self.filter(school=school, is_open=True)
        return rows.select_related("school").order_by("name")

    def kept_by(self, user):
        """The boxes whose office the person holds: no other post opens them."""
        held = Authority.objects.held_by(user)
        pairs = models.Q(pk=None)
        for school, office in held.values_list("school", "office"):
            pairs |= models.Q(school=school, office=office)
        return self.filter(pairs)


class Mailbox(Recorded):
    """A school's box for letters, opened by the holders of one office.

    Once a letter lies in it the box stays with its school, its office and its address: people
    wrote to that office in confidence, and whoever sets up boxes must not become its reader.
    """

    FIXED_BY_LETTERS = ("school", "slug", "office")

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

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("信箱")
        verbose_name_plural = pgettext_lazy("plural", "信箱")
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="mailbox_slug"),
        ]

    def __str__(self):
        return f"{self.school.short_name} {self.name}"

    def get_absolute_url(self):
        return reverse("mailbox", args=[self.school.slug, self.slug])

    @property
    def display_name(self):
        """The name in the reader's language, as far as the school has given one."""
        return named(self.name, self.name_en)

    def facts(self):
        return Facts(title=str(self), school=self.school.slug)

    def clean(self):
        if self.office in OF_DEPARTMENTS:
            raise ValidationError({"office": _("信箱要由全校性的职务处理，请不要选部门职务。")})
        stored = Mailbox.objects.filter(pk=self.pk).first()
        if stored and stored.has_letters():
            for name in self.FIXED_BY_LETTERS:
                if getattr(stored, name) != getattr(self, name):
                    raise ValidationError(
                        _("信箱已收到来信，学校、网址名和处理人不能再改；需要变更请另设信箱。")
                    )

    def has_letters(self):
        return self.letters.exists()

    def keepers(self):
        """The people who open the box now."""
        return Authority.objects.at(self.school, self.office).holders()

    def is_accepting(self):
        """Open, and somebody is there to read what comes in."""
        return self.is_open and self.keepers().exists()
