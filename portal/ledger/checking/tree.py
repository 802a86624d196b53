"""The stored nodes of the log's tree, compared with those its entries come to."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.checking.finding import Finding, named
from portal.ledger.merkle import grown, leaf_hash, nodes_of_root
from portal.ledger.models import Node

BATCH = 512


class StoredTree:
    """Grows entry by entry as the log did; compares in batches and remembers only the peaks."""

    def __init__(self):
        self.size, self.is_whole = 0, True
        self.peaks, self.expected = {}, {}

    def add(self, seq: int, raw: bytes) -> Iterator[Finding]:
        """Take the next entry. After a gap nothing can be said of the nodes."""
        self.is_whole = self.is_whole and seq == self.size
        self.size = seq + 1
        if not self.is_whole:
            return
        new = grown(seq, leaf_hash(raw), lambda _wanted: self.peaks)
        self.expected |= new
        self.peaks = {name: (self.peaks | new)[name] for name in nodes_of_root(self.size)}
        if len(self.expected) >= BATCH:
            yield from self._compare()

    def finish(self) -> Iterator[Finding]:
        """Compare the rest, and find the nodes of which the log knows nothing."""
        yield from self._compare()
        beyond = Q(level__gt=self.size.bit_length())
        for level in range(self.size.bit_length() + 1):
            beyond |= Q(level=level, position__gte=self.size >> level)
        for node in Node.objects.filter(beyond).iterator():
            yield Finding(40, named(node), _("存证里没有这个节点。"), str(node))
        twice = Node.objects.values_list("level", "position").annotate(count=Count("pk"))
        for level, position, _count in twice.filter(count__gt=1).iterator():
            yield Finding(40, f"ledger.Node {level}/{position}", _("节点重复。"))

    def _compare(self):
        stored = Node.objects.fetch(self.expected) if self.expected else {}
        for (level, position), value in self.expected.items():
            if stored.get((level, position)) != value:
                sentence = _("节点不见了或被改动。")
                yield Finding(40, f"ledger.Node {level}/{position}", sentence)
        self.expected = {}
