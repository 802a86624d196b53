"""Writing the log: one entry, in the transaction of the act it tells of."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from portal.ledger.models import LedgerEntry, Node, Opening, Tail
from portal.ledger.moments import now
from portal.ledger.pieces import commit, content_root
from portal.text.canonical import json_bytes

logger = logging.getLogger(__name__)
VERSION = 1
SET_BACK = timedelta(seconds=5)


@transaction.atomic
def append(  # noqa: PLR0913  what an entry holds
    kind: str,
    *,
    item: str = "",
    edition: int = 0,
    public: dict | None = None,
    parts: Iterable[tuple[str, str, bytes]] = (),
    keep: bool = False,
    facts: dict | None = None,
) -> LedgerEntry:
    """Append an entry about `item` that commits to `parts` (name, media type, bytes).

    `keep` keeps their texts here, for what no row of the house says. `public` tells in clear
    where and from when to when everybody may read; `facts` what the kind asks for. Whoever
    appends holds the end of the log until the transaction ends, so entries have no gaps, and
    their moments never go back, whatever the server's clock does.
    """
    tail = Tail.objects.locked()
    pieces = commit(parts, keep=keep)
    last = LedgerEntry.objects.filter(item=item).order_by("-seq").first() if item else None
    entry = LedgerEntry(
        seq=tail.size, kind=LedgerEntry.Kind(kind), item=item, edition=edition, at=_moment(tail)
    )
    entry.raw = json_bytes(
        {
            "v": VERSION,
            "seq": entry.seq,
            "kind": kind,
            "at": entry.at,
            "item": item,
            "edition": edition,
            "prev": last.seq if last else None,
            "public": public,
            "pieces": len(pieces),
            "content": content_root(pieces),
            "facts": facts or {},
        }
    )
    entry.save(force_insert=True)
    Opening(entry=entry, pieces=pieces).save(force_insert=True)
    Node.objects.grow(entry.seq, entry.raw)
    tail.size, tail.at = tail.size + 1, entry.at
    tail.save()
    return entry


def _moment(tail):
    """Now, or the last entry's moment if the clock has been set back."""
    moment = now()
    if tail.at is None or tail.at <= moment:
        return moment
    if tail.at - moment > SET_BACK:
        logger.error("The clock says %s, the ledger is already at %s.", moment, tail.at)
    return tail.at
