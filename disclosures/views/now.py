"""What a board says first: what is urgent and unconfirmed, and what soon leaves the board."""

from datetime import timedelta

from disclosures.models import Edition
from disclosures.views.pages import newest_first
from portal.ledger.moments import now, start_of, today

SOON = 7
SHOWN = 8


def happening(releases):
    """Emergencies no second person has confirmed, then what closes within a week, soonest first.

    A notice that only makes room for its own newer edition is not about to close.
    """
    until = start_of(today() + timedelta(days=SOON + 1))
    ending = releases.filter(closes_at__gt=now(), closes_at__lte=until, succeeded_by=None)
    # Asked for apart: each has an index of its own, both together read the whole board.
    urgent = releases.filter(edition__unconfirmed=Edition.Unconfirmed.EMERGENCY)
    first = list(newest_first(urgent)[:SHOWN])
    soonest = newest_first(ending).order_by("closes_at", "-id")[:SHOWN]
    rows = {row.pk: row for row in [*first, *soonest]}
    return list(rows.values())[:SHOWN]
