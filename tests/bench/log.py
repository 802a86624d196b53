"""The log of made-up notices: entries, pieces, nodes and heads, as `append` and the signer write.

An entry commits to the pieces of the notice that is copied, and every entry is dated today, as
`enter_ledger` dates what stands.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from portal.ledger.merkle import grown, leaf_hash, nodes_of_root, root_of
from portal.ledger.models import Checkpoint, LedgerEntry, Node, Opening, Tail
from portal.text.canonical import json_bytes
from tests.bench.bulk import Copier
from tests.bench.notices import Notice
from tests.ledger.forging import Key

# Offices publish in the same hours, and the signer looks every 20 seconds.
ENTRIES_OF_A_HEAD = 10
TICK = timedelta(microseconds=1)


class Log:
    """Goes on from the one entry there is, that of the notice which is copied."""

    def __init__(self):
        entry, self.tail = LedgerEntry.objects.get(), Tail.objects.get()
        self.told, self.at = entry.told, entry.at
        self.nodes = Node.objects.fetch(nodes_of_root(self.tail.size))
        self.key = Key(origin=settings.LEDGER_ORIGIN)
        rows = [entry, entry.opening, Node(hash=b""), Checkpoint(key=self.key.text, root=b"")]
        self.copiers = [Copier(row) for row in rows]

    @property
    def tables(self) -> list[str]:
        return [model._meta.db_table for model in (LedgerEntry, Opening, Node, Checkpoint)]

    def write(self, notices: Iterable[Notice]) -> None:
        """An entry a notice, in their order; the last is signed like every tenth."""
        entries = [self._entry(notice) for notice in notices]
        openings = [{"entry_id": entry["seq"]} for entry in entries]
        nodes, heads = [], []
        for entry in entries:
            nodes += self._grow(entry["raw"])
            if self.tail.size % ENTRIES_OF_A_HEAD == 0 or entry is entries[-1]:
                heads.append(self._head(entry["at"]))
        for copier, rows in zip(self.copiers, (entries, openings, nodes, heads), strict=True):
            copier.copy(rows)
        self.tail.at = self.at
        self.tail.save()

    def _entry(self, notice):
        self.at += TICK
        seq = self.told["seq"] = self.told["seq"] + 1
        item = str(notice.disclosure_id)
        public = {"address": notice.address, "opens": notice.opens_at, "closes": None}
        raw = json_bytes(self.told | {"at": self.at, "item": item, "public": public})
        return {"seq": seq, "item": item, "at": self.at, "raw": raw}

    def _grow(self, raw):
        """The nodes that the next entry adds; of all of them only those of the root are kept."""
        size = self.tail.size
        new = grown(size, leaf_hash(raw), lambda _wanted: self.nodes)
        self.nodes = {name: (self.nodes | new)[name] for name in nodes_of_root(size + 1)}
        self.tail.size = size + 1
        for (level, position), value in new.items():
            yield {"level": level, "position": position, "hash": value}

    def _head(self, at):
        size = self.tail.size
        root = root_of(size, lambda _wanted: self.nodes)
        return {"size": size, "root": root, "note": self.key.sign(size, root), "at": at}
