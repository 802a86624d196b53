"""What an outsider needs to check one matter offline: entries, proofs, texts (docs/ledger.md)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from portal.ledger.merkle import EMPTY, Fetch, consistency_path, inclusion_path, root_of
from portal.ledger.models import Checkpoint, LedgerEntry, Node
from portal.ledger.moments import local_day, start_of
from portal.text.canonical import json_bytes

FORMAT = "disclosure-bundle/1"
RECENT, MONTHS = 14, 24
Answer = TypeVar("Answer")


class Proven(NamedTuple):
    """The entries about an item that a signed head covers, and that head."""

    checkpoint: Checkpoint
    entries: list[LedgerEntry]


def proven(item: str) -> Proven | None:
    """What can be proven of the item now: nothing before a signed head covers an entry of it."""
    checkpoint = Checkpoint.objects.last()
    if checkpoint is None:
        return None
    entries = LedgerEntry.objects.filter(item=item, seq__lt=checkpoint.size)
    return Proven(checkpoint, list(entries)) if entries else None


def bundle(what: Proven, *, pieces: dict[int, list[dict]], since: int | None = None) -> bytes:
    """The bundle as canonical JSON; `pieces` (by entry) are those that may be shown.

    `since` asks for the proof that the head of that size is the beginning of today's.
    """
    size = what.checkpoint.size
    newest = LedgerEntry.objects.get(seq=size - 1)
    heads = earlier_heads(size, since)

    def ask(fetch: Fetch) -> dict[str, Any]:
        return {
            "entries": [
                {"entry": _text(entry), "proof": _path(entry, size, fetch)}
                for entry in what.entries
            ],
            "newest": {"entry": _text(newest), "proof": _path(newest, size, fetch)},
            "since": [_since(head, size, fetch) for head in heads],
        }

    told = fetched(ask)
    for entry, row in zip(what.entries, told["entries"], strict=True):
        row["pieces"] = pieces.get(entry.seq)
    told |= {"format": FORMAT, "item": what.entries[0].item, "checkpoint": what.checkpoint.note}
    return json_bytes(told)


def earlier_heads(size: int, since: int | None) -> list[int]:
    """The heads most people will have kept: the newest, the last of each month, the one asked."""
    heads = Checkpoint.objects.filter(size__lt=size).order_by("-size")
    newest = list(heads[:RECENT])
    months = islice(_ends_of_months(newest[0]), MONTHS) if newest else ()
    asked = [since] if since and 0 < since < size else []
    return sorted({*(head.size for head in (*newest, *months)), *asked})


def _ends_of_months(head: Checkpoint | None) -> Iterator[Checkpoint]:
    """The last head of each month that has any, from `head` back: each found by index."""
    while head:
        yield head
        month = start_of(local_day(head.at).replace(day=1))
        head = Checkpoint.objects.filter(at__lt=month).order_by("-at").first()


def fetched(ask: Callable[[Fetch], Answer]) -> Answer:
    """Answer `ask` with one query: the first time round it only says which nodes it needs."""
    wanted: set = set()

    def note(nodes):
        wanted.update(nodes)
        return defaultdict(lambda: EMPTY)

    ask(note)
    nodes = Node.objects.fetch(wanted)
    return ask(lambda _wanted: nodes)


def _text(entry):
    return bytes(entry.raw).decode()


def _path(entry, size, fetch):
    return [value.hex() for value in inclusion_path(entry.seq, size, fetch)]


def _since(head, size, fetch):
    proof = [value.hex() for value in consistency_path(head, size, fetch)]
    return {"size": head, "root": root_of(head, fetch).hex(), "proof": proof}
