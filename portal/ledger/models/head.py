"""Heads of the log: those signed for everybody, and those of the act log kept in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.models.entry import LedgerEntry, Written

SHORT = 16


class Checkpoint(Written):
    """A head that has left the house: size and root of the log with the signer's signature."""

    size = models.PositiveBigIntegerField(_("条数"), primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    key = models.CharField(max_length=300)
    at = models.DateTimeField(_("签发时间"))

    class Meta:
        verbose_name = _("存证签发")
        verbose_name_plural = pgettext_lazy("plural", "存证签发")
        ordering = ["size"]
        indexes = [models.Index(fields=["at"], name="head_by_time")]

    def __str__(self):
        return self.line

    @property
    def line(self):
        """What somebody outside keeps: `SIZE ROOT`, the root in hex."""
        return f"{self.size} {bytes(self.root).hex()}"

    @property
    def short(self):
        """As much of it as is written down by hand: sixteen digits of the root, 64 bits."""
        return f"{self.size} {bytes(self.root).hex()[:SHORT]}"


class Anchor(Written):
    """The acts since the last anchor, one hash each, whose root over all acts is in the log.

    After them stands what no act wrote (history rows of the first day or of a post that turned,
    signed heads), up to the keys that `loose` names ({model label: key}). `columns` names what
    was hashed ({model label: [attname …]}), so that a column added later changes no hash.
    """

    entry = models.OneToOneField(LedgerEntry, models.PROTECT, primary_key=True)
    start = models.PositiveBigIntegerField()
    last_act = models.PositiveBigIntegerField()
    columns = models.JSONField()
    loose = models.JSONField(default=dict)
    leaves = models.BinaryField()

    class Meta:
        verbose_name = _("操作记录存证")
        verbose_name_plural = pgettext_lazy("plural", "操作记录存证")
        ordering = ["entry"]

    def __str__(self):
        return str(self.entry_id)


class Rehash(Written):
    """An anchored act's hash that a lawful removal changed: what it was, and what it is now.

    Its redact entry commits to it in the piece `rehash/<act>`. The hashes are hex.
    """

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="rehashes")
    act_id = models.UUIDField(_("操作记录"))
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("操作记录依法隐去")
        verbose_name_plural = pgettext_lazy("plural", "操作记录依法隐去")
        ordering = ["entry", "act_id"]
        constraints = [
            models.UniqueConstraint(fields=["act_id", "entry"], name="rehash_once"),
        ]

    def __str__(self):
        return f"{self.act_id} {self.entry_id}"

    def piece(self):
        """What the redact entry commits to, as (name, media type, bytes)."""
        return f"rehash/{self.act_id}", "text/plain", f"{self.before} {self.after}".encode()
