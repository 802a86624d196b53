"""The log against itself: entries, what they commit to, and the nodes of their tree."""

from collections.abc import Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from portal.ledger import verify
from portal.ledger.checking.finding import Finding, named
from portal.ledger.checking.tree import StoredTree
from portal.ledger.models import LedgerEntry, Opening, Tail
from portal.ledger.pieces import content_root
from portal.text.canonical import moment_bytes

BATCH = 256


def check_log() -> Iterator[Finding]:
    """Every entry is whole, in its place and committed to what is kept; nothing follows the end."""
    tree, erased, last = StoredTree(), _erased(), None
    for entry in _entries().iterator(chunk_size=BATCH):
        if entry.seq != tree.size:
            yield Finding(40, named(entry), _("存证编号不连续，前面少了一条。"), f"{tree.size}")
        yield from _check_entry(entry, last)
        yield from _check_opening(entry, erased.get(entry.seq, set()))
        yield from tree.add(entry.seq, bytes(entry.raw))
        last = entry
    yield from tree.finish()
    yield from _check_end(last)


def _entries():
    """The entries in order, each with the number of the last one before it about its item."""
    earlier = LedgerEntry.objects.filter(item=OuterRef("item"), seq__lt=OuterRef("seq"))
    before = Subquery(earlier.order_by("-seq").values("seq")[:1])
    rows = LedgerEntry.objects.order_by("seq").select_related("opening")
    return rows.annotate(before=before)


def _erased() -> dict[int, set[str]]:
    """What lawful removals have named, by the number of the entry."""
    found: dict[int, set[str]] = {}
    for entry in LedgerEntry.objects.filter(kind="redact").iterator(chunk_size=BATCH):
        for seq, name in _erased_by(entry):
            found.setdefault(seq, set()).add(name)
    return found


def _erased_by(entry):
    """What the entry has erased; of one that is spoiled, nothing (it is a finding itself)."""
    try:
        return [(seq, name) for seq, name in entry.told["facts"]["erased"]]
    except (ValueError, TypeError, KeyError):
        return []


def _check_entry(entry, last):
    try:
        told = verify.read_entry(bytes(entry.raw))
    except verify.Found as problem:
        yield Finding(40, named(entry), _("存证的字节不合规定。"), str(problem.args[1]))
        return
    columns = {name: getattr(entry, name) for name in ("seq", "kind", "item", "edition")}
    columns["at"] = moment_bytes(entry.at).decode()
    if other := [name for name, value in columns.items() if told[name] != value]:
        yield Finding(40, named(entry), _("旁边的列与存证的字节不同。"), ", ".join(other))
    if told["prev"] != (entry.before if told["item"] else None):
        yield Finding(40, named(entry), _("没有接上同一事项的前一条。"), str(told["prev"]))
    if last and entry.at < last.at:
        yield Finding(40, named(entry), _("时间早于前一条。"), told["at"])


def _check_opening(entry, erased):
    try:
        pieces = entry.opening.listed()
        same = content_root(pieces) == entry.told["content"]
    except ObjectDoesNotExist:
        yield Finding(42, f"ledger.Opening {entry.pk}", _("存证内容不见了。"))
        return
    except (TypeError, ValueError, AttributeError, KeyError) as problem:
        yield Finding(
            41, f"ledger.Opening {entry.pk}", _("存证内容读不出来。"), repr(problem)[:200]
        )
        return
    if not same or len(pieces) != entry.told["pieces"]:
        yield Finding(41, named(entry.opening), _("存证内容与存证的承诺不符。"))
    if strange := erased - {piece.name for piece in pieces}:
        yield Finding(40, named(entry), _("依法隐去指向没有的内容。"), ", ".join(sorted(strange)))
    for piece in pieces:
        yield from _check_piece(entry, piece, erased)


def _check_piece(entry, piece, erased):
    row = named(entry.opening)
    if piece.name in erased:
        if (piece.salt, piece.text) != (None, None):
            yield Finding(43, row, _("已依法隐去，值或盐还在。"), piece.name)
    elif piece.salt is None:
        yield Finding(42, row, _("盐不在，没有依法隐去的存证。"), piece.name)
    elif not verify.fits(piece.salt, verify.HASH):
        yield Finding(41, row, _("盐被改动。"), piece.name)
    elif piece.text is not None and not piece.says(piece.text):
        yield Finding(41, row, _("留存的文字不是存证时的文字。"), piece.name)


def _check_end(last):
    size, at = (last.seq + 1, last.at) if last else (0, None)
    tails = list(Tail.objects.all()) or [Tail(pk=1)]
    if [(tail.pk, tail.size, tail.at) for tail in tails] != [(1, size, at)]:
        told = ", ".join(f"{tail.size} {tail.at}" for tail in tails)
        yield Finding(40, "ledger.Tail", _("末尾与最后一条存证不符。"), told)
    for opening in Opening.objects.exclude(entry__in=LedgerEntry.objects.all()).iterator():
        yield Finding(40, named(opening), _("存证内容没有它的存证。"))
