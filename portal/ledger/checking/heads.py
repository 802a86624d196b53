"""Signed heads against the log, and the guards of the tables that are written once."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.ledger import verify
from portal.ledger.checking.finding import Finding, named
from portal.ledger.guards import missing
from portal.ledger.merkle import leaf_hash
from portal.ledger.models import Checkpoint, LedgerEntry
from portal.ledger.moments import now

BATCH = 256


def check_heads(key: str = "") -> Iterator[Finding]:
    """Every head that left the house is the root of the log of its size, under the pinned key.

    `key` is the public key as text; without one the first head's counts, and must stay.
    """
    entries = LedgerEntry.objects.order_by("seq").values_list("raw", "at")
    log, tree, at = entries.iterator(chunk_size=BATCH), verify.Tree(), None
    for head in Checkpoint.objects.order_by("size").iterator(chunk_size=BATCH):
        key = key or head.key
        while tree.size < head.size and (entry := next(log, None)):
            tree.add(leaf_hash(bytes(entry[0])))
            at = entry[1]
        if tree.size < head.size:
            yield Finding(30, named(head), _("签发过的存证比现在的长。"), str(tree.size))
            return
        if tree.root() != bytes(head.root):
            yield Finding(30, named(head), _("签发时的存证不是现在的存证。"), tree.root().hex())
        yield from _check_note(head, key)
        if at is None or not at <= head.at <= now():
            yield Finding(40, named(head), _("签发时间不在最后一条存证和现在之间。"), str(head.at))


def _check_note(head, key):
    if head.key != key:
        yield Finding(40, named(head), _("不是指定的公钥签发的。"), head.key)
    try:
        told = verify.opened(head.note, verify.pinned(key.partition("+")[0], key), alone=True)
    except verify.Found as problem:
        yield Finding(40, named(head), _("签发的账头无效。"), str(problem.args[1]))
        return
    if told != (head.size, bytes(head.root)):
        yield Finding(40, named(head), _("签发的账头与旁边的列不同。"))


def check_guards() -> Iterator[Finding]:
    """Every trigger that refuses to change what is written once is in place."""
    for name in missing():
        yield Finding(40, name, _("保护触发器不在。"))
