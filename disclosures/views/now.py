"""What a board says first: what is urgent and unconfirmed, and what soon leaves the board."""

from datetime import timedelta

from django.db.models import Q

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
    closing = Q(closes_at__gt=now(), closes_at__lte=until, succeeded_by=None)
    urgent = Q(edition__unconfirmed=Edition.Unconfirmed.EMERGENCY)
    rows = newest_first(releases.filter(closing | urgent)).order_by("closes_at", "-id")[:SHOWN]
    return sorted(rows, key=lambda row: not row.edition.unconfirmed)
