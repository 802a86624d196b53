"""After a restored backup: the entries that the copy outside has and the database has lost."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from portal.ledger import verify
from portal.ledger.models import LedgerEntry, Node, Tail


class NotRestored(Exception):
    """The copy is not of this log, or not whole; the message says which."""


def copied_entries(folder: Path, *, origin: str, key: str) -> list[bytes]:
    """The entries in a copy of `/ledger/`, as far as its signed checkpoint covers them.

    The copy is checked as anybody would check it; origin and key are those the operator knows.
    """
    told = ["--mirror", str(folder), "--origin", origin, "--key", key, "--at", _end(folder)]
    code = verify.main(told)
    if code not in (0, 10):
        raise NotRestored(f"The copy does not verify: verdict {code}.")
    size = int((folder / "checkpoint").read_text().split("\n")[1])
    return _lines(folder)[:size]


@transaction.atomic
def append_missing(entries: list[bytes]) -> list[LedgerEntry]:
    """Append what the database lacks, byte for byte; refuses a copy of another past."""
    tail = Tail.objects.locked()
    held = [bytes(raw) for raw in LedgerEntry.objects.values_list("raw", flat=True)]
    if held != entries[: len(held)]:
        raise NotRestored("The database and the copy tell different pasts: nothing was changed.")
    added = []
    for raw in entries[len(held) :]:
        told = verify.read_entry(raw)
        entry = LedgerEntry(
            seq=told["seq"],
            kind=told["kind"],
            item=told["item"],
            edition=told["edition"],
            at=datetime.fromisoformat(told["at"]),
            raw=raw,
        )
        entry.save(force_insert=True)
        Node.objects.grow(entry.seq, raw)
        added.append(entry)
        tail.size, tail.at = entry.seq + 1, entry.at
    tail.save()
    return added


def _lines(folder):
    tiles = sorted((folder / "entries").glob("*.jsonl"), key=lambda path: int(path.stem))
    return [line for tile in tiles for line in tile.read_bytes().splitlines()]


def _end(folder):
    """The copy is judged as of its last entry: it is old on purpose."""
    lines = _lines(folder)
    if not lines:
        raise NotRestored("There are no entries in the copy.")
    return verify.read_entry(lines[-1])["at"]
