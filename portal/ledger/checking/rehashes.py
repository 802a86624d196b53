"""What lawful removals have made of anchored hashes, against the entries that say so."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.ledger.checking.finding import Finding, named
from portal.ledger.models import Act, LedgerEntry, Rehash

PREFIX = "rehash/"


class Rehashes:
    """By act: the hash it was anchored with, and those it had since; few, so kept in memory."""

    def __init__(self):
        self.by_act = defaultdict(list)
        for row in Rehash.objects.order_by("entry_id"):
            self.by_act[row.act_id].append(row)

    def anchored(self, row, leaf: str) -> str:
        """The hash, as hex, the anchor must hold for a row whose hash is now `leaf`."""
        found = self.by_act.get(row.uuid) if isinstance(row, Act) else None
        return found[0].before if found and leaf == found[-1].after else leaf

    def check(self, row, leaf: str) -> Iterator[Finding]:
        """An act whose removal was entered must not be again what it was before."""
        found = self.by_act.get(row.uuid, ()) if isinstance(row, Act) else ()
        before = {each.before for each in found} - {each.after for each in found}
        if leaf in before:
            yield Finding(43, named(row), _("依法隐去之前的内容又回来了。"))


def check_rehashes() -> Iterator[Finding]:
    """Every changed hash is committed to by a redact entry, in turn, and none is missing."""
    committed = {
        (entry.seq, piece.name): piece.text
        for entry in LedgerEntry.objects.filter(kind="redact").select_related("opening")
        for piece in entry.opening.listed()
        if piece.name.startswith(PREFIX)
    }
    after: dict[UUID, str] = {}
    for row in Rehash.objects.order_by("entry_id"):
        name, _type, text = row.piece()
        if committed.pop((row.entry_id, name), None) != text.decode():
            yield Finding(41, named(row), _("没有依法隐去的存证，或与它不符。"))
        if after.get(row.act_id, row.before) != row.before:
            yield Finding(41, named(row), _("没有接上前一次隐去。"))
        after[row.act_id] = row.after
    for seq, name in committed:
        yield Finding(42, f"ledger.LedgerEntry {seq}", _("隐去后的摘要值不见了。"), name)
