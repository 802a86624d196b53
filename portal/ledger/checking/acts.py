"""The act log and its histories against their anchors in the log."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from portal.ledger import verify
from portal.ledger.anchoring import BATCH, histories, leaves_of, loose_leaves, scope_leaf, split
from portal.ledger.checking.finding import Finding, named
from portal.ledger.checking.rehashes import Rehashes
from portal.ledger.models import Act, Anchor, LedgerEntry

SLACK = timedelta(hours=1)


def check_acts() -> Iterator[Finding]:
    """What was anchored is in the log and is still what the tables say; nothing came in late."""
    tree, last, rehashes = verify.Tree(), None, Rehashes()
    yield from _check_pairs()
    for anchor in Anchor.objects.order_by("entry_id").select_related("entry").iterator(1):
        yield from _check_leaves(anchor, tree)
        yield from _check_covered(Span(last, anchor), rehashes)
        last = anchor
    yield from _check_late(last)


class Span(NamedTuple):
    """What an anchor covers: everything after the one before it."""

    last: Anchor | None
    anchor: Anchor

    def leaves_now(self):
        """The rows it covers with the hashes they have now."""
        anchor, first = self.anchor, self.last.last_act if self.last else 0
        acts = Act.objects.filter(pk__gt=first, pk__lte=anchor.last_act).order_by("pk")
        after = self.last.loose if self.last else {}
        return chain(
            leaves_of(acts.iterator(chunk_size=BATCH), anchor.columns),
            loose_leaves(after, anchor.loose, anchor.columns),
        )


def _check_pairs():
    entered = LedgerEntry.objects.filter(pk=OuterRef("pk"))
    # In the table's own order it would be joined to the entries, and the strays left out.
    for anchor in Anchor.objects.filter(~Exists(entered)).order_by("entry_id"):
        yield Finding(40, named(anchor), _("没有相应的存证。"))
    for entry in LedgerEntry.objects.filter(kind="anchor", anchor=None):
        yield Finding(42, f"ledger.Anchor {entry.pk}", _("操作记录的存证内容不见了。"))


def _check_leaves(anchor, tree):
    if anchor.start != tree.size:
        yield Finding(40, named(anchor), _("没有接上前一次操作记录存证。"), str(anchor.start))
    leaves = split(anchor.leaves)
    for leaf in leaves:
        tree.add(leaf)
    if leaves[:1] != [scope_leaf(anchor)]:
        yield Finding(41, named(anchor), _("所存范围被改动。"))
    if anchor.entry.told["facts"] != {"acts": tree.size, "root": tree.root().hex()}:
        yield Finding(40, named(anchor), _("与存证的操作记录之根不符。"))


def _check_covered(span, rehashes):
    where = {leaf.hex(): position for position, leaf in enumerate(split(span.anchor.leaves)[1:])}
    last, seen, strange = -1, 0, 0
    try:
        for row, leaf in span.leaves_now():
            yield from rehashes.check(row, leaf.hex())
            position = where.get(rehashes.anchored(row, leaf.hex()))
            if position is None:
                strange += 1
                yield Finding(41, named(row), _("操作或它的记录在存证之后被改动。"), _rows_of(row))
                continue
            if position < last:
                yield Finding(41, named(row), _("操作的次序在存证之后被改动。"))
            last, seen = position, seen + 1
    except (KeyError, AttributeError, TypeError) as problem:
        yield Finding(40, named(span.anchor), _("存证的列名读不出来。"), repr(problem)[:200])
        return
    if (gone := len(where) - seen - strange) > 0:
        yield Finding(42, named(span.anchor), _("存证过的操作或记录不见了。"), str(gone))


def _rows_of(row, most=8):
    """The history rows that may have been changed, for whoever looks into it."""
    if not isinstance(row, Act):
        return ""
    found = (
        named(past)
        for model in histories()
        for past in model._base_manager.filter(act_id=row.uuid).order_by("pk")[:most]
    )
    return ", ".join(list(found)[:most])


def _check_late(last):
    """No act came in after an anchor that says it happened long before."""
    if last is None:
        return
    after = Act.objects.filter(pk__gt=last.last_act, at__lt=last.entry.at - SLACK)
    for act in after.order_by("pk").iterator(chunk_size=BATCH):
        yield Finding(41, named(act), _("操作的时间早于它写入之前的存证。"), str(act.at))
    for model in histories():
        rows = model._base_manager.filter(pk__gt=last.loose.get(model._meta.label, 0))
        for row in rows.filter(history_date__lt=last.entry.at - SLACK).iterator(chunk_size=BATCH):
            yield Finding(
                41, named(row), _("记录的时间早于它写入之前的存证。"), str(row.history_date)
            )
