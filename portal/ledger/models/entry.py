"""The log itself: entries as bytes, the salts of what they commit to, the nodes of their tree."""

import json
from collections import defaultdict
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.merkle import grown, leaf_hash
from portal.ledger.pieces import Piece


class Kept(models.QuerySet):
    """Rows that are written once. The triggers of the database say the same."""

    def update(self, **kwargs):
        raise TypeError("What the ledger holds is never changed.")

    def delete(self):
        raise TypeError("What the ledger holds is never deleted.")


class Written(models.Model):
    """A row of the ledger: inserted once, then only read."""

    objects = Kept.as_manager()

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        raise TypeError("What the ledger holds is never deleted.")


class LedgerEntry(Written):
    """One entry, stored as the bytes that are hashed; the columns beside them only find it."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("公开")
        CORRECT = "correct", pgettext_lazy("entry", "更正")
        EMERGENCY = "emergency", _("紧急公开")
        CANCEL = "cancel", _("取消公开")
        WITHDRAW = "withdraw", _("撤回")
        TAKE_DOWN = "take_down", _("紧急撤下")
        CONFIRM = "confirm", _("确认")
        RESTORE = "restore", _("恢复公开")
        PLAN = "plan", _("调整公开安排")
        REDACT = "redact", _("依法隐去")
        ANCHOR = "anchor", _("操作记录存证")

    seq = models.PositiveBigIntegerField(_("存证编号"), primary_key=True)
    kind = models.CharField(_("种类"), max_length=20, choices=Kind.choices)
    item = models.CharField(_("事项编号"), max_length=36, blank=True)
    edition = models.PositiveSmallIntegerField(_("版次"), default=0)
    at = models.DateTimeField(_("时间"))
    raw = models.BinaryField()

    class Meta:
        verbose_name = _("存证")
        verbose_name_plural = pgettext_lazy("plural", "存证")
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["item", "seq"], name="entry_of_item"),
            models.Index(fields=["kind", "seq"], name="entry_of_kind"),
        ]

    def __str__(self):
        return f"{self.seq} {self.get_kind_display()}"

    @property
    def told(self):
        """The entry as it reads: what its bytes say, not what the columns say."""
        return json.loads(bytes(self.raw))


class Opening(models.Model):
    """The pieces of an entry with texts and salts: what it takes to show what was published.

    Changed by a lawful removal alone, which destroys text and salt of a piece.
    """

    entry = models.OneToOneField(LedgerEntry, models.PROTECT, primary_key=True)
    pieces = models.JSONField()

    objects = Kept.as_manager()

    class Meta:
        verbose_name = _("存证内容")
        verbose_name_plural = pgettext_lazy("plural", "存证内容")

    def __str__(self):
        return str(self.entry_id)

    def delete(self, *args, **kwargs):
        raise TypeError("What the ledger holds is never deleted.")

    def listed(self):
        return [Piece(*piece) for piece in self.pieces]

    def erase(self, names):
        """Destroy text and salt of these pieces; their commitments stay and tell nothing more."""
        self.pieces = [
            piece._replace(salt=None, text=None) if piece.name in names else piece
            for piece in self.listed()
        ]
        self.save()


class NodeQuerySet(Kept):
    def grow(self, seq, raw):
        """Add the leaf of entry `seq` and every subtree it completes."""
        for (level, position), value in grown(seq, leaf_hash(raw), self.fetch).items():
            self.model(level=level, position=position, hash=value).save(force_insert=True)

    def fetch(self, wanted):
        """The hashes of these complete subtrees, {(level, position): hash}, in one query."""
        positions = defaultdict(set)
        for level, position in wanted:
            positions[level].add(position)
        if not positions:
            return {}
        # Nothing but these: one more alternative without an index, and SQLite reads the table.
        rows = reduce(or_, (Q(level=at, position__in=named) for at, named in positions.items()))
        return {(node.level, node.position): bytes(node.hash) for node in self.filter(rows)}


class Node(Written):
    """The hash of a complete subtree: 2**level entries from position * 2**level on (RFC 6962)."""

    level = models.PositiveSmallIntegerField()
    position = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("存证节点")
        verbose_name_plural = pgettext_lazy("plural", "存证节点")
        constraints = [
            models.UniqueConstraint(fields=["level", "position"], name="node_once"),
        ]

    def __str__(self):
        return f"{self.level}/{self.position}"


class TailQuerySet(models.QuerySet):
    def locked(self):
        """The end of the log, nobody else's until the act commits: so there are no gaps."""
        return self.select_for_update().get_or_create(pk=1)[0]


class Tail(models.Model):
    """Where the next entry goes: one row, whose lock makes the writers stand in line."""

    size = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    objects = TailQuerySet.as_manager()

    class Meta:
        verbose_name = _("存证末尾")
        verbose_name_plural = pgettext_lazy("plural", "存证末尾")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="tail_is_one"),
        ]

    def __str__(self):
        return str(self.size)


class Lift(models.Model):
    """The mark under which a lawful removal may erase values; gone when its act ends."""

    class Meta:
        verbose_name = _("依法隐去标记")
        verbose_name_plural = pgettext_lazy("plural", "依法隐去标记")

    def __str__(self):
        return str(self.pk)
