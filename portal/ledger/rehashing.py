"""Acts whose anchored hash a lawful removal changes: what it was and what it is now."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from portal.ledger.anchoring import leaves_of
from portal.ledger.models import Act, Anchor, LedgerEntry, Rehash


class Hashed(NamedTuple):
    """An anchored act and its hash in hex, by the columns of its anchor."""

    act_id: Any
    leaf: str


def anchored_hashes(subject: str) -> list[Hashed]:
    """The hashes of the anchored acts about a matter as their rows are now."""
    found, last = [], 0
    for anchor in Anchor.objects.all():
        acts = Act.objects.about(subject).filter(pk__gt=last, pk__lte=anchor.last_act)
        rows = leaves_of(acts.order_by("pk"), anchor.columns)
        found += [Hashed(act.uuid, leaf.hex()) for act, leaf in rows]
        last = anchor.last_act
    return found


def changed(before: Iterable[Hashed], after: Iterable[Hashed]) -> list[Rehash]:
    """What has to be entered, not yet saved."""
    return [
        Rehash(act_id=old.act_id, before=old.leaf, after=new.leaf)
        for old, new in zip(before, after, strict=True)
        if old.leaf != new.leaf
    ]


def keep(rehashes: Iterable[Rehash], entry: LedgerEntry) -> None:
    """Save them under the entry that commits to them."""
    for row in rehashes:
        row.entry = entry
        row.save(force_insert=True)
