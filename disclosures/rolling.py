"""A published notice as the beginning of the next period's: what is taken over, what is moved."""

from typing import NamedTuple

from disclosures.sheets.kind import Kind
from disclosures.sheets.rolling import period_in, retold, rolled
from disclosures.sheets.table import Table
from portal.ledger.moments import today

KEPT = ("body", "genre", "keywords", "source", "language", "audiences", "named_authority")


class Plan(NamedTuple):
    """What the new draft will say; `period` is the one the notice is about, '' for none."""

    period: str
    content: dict
    kind: Kind | None = None
    table: Table | None = None


def plan(edition) -> Plan:
    """What follows from a notice for the next period.

    The number of the document, the day the notice closes, the review for secrets and the files
    are of the old notice alone and are not taken over.
    """
    sheet = edition.sheet
    kind, table = (sheet.as_kind, sheet.table()) if sheet else (None, None)
    period = (kind.period_of(table) if sheet else "") or period_in(edition.title)
    content = {name: getattr(edition, name) for name in (*KEPT, "inner_reason")}
    content |= {
        "title": retold(edition.title, period),
        "summary": retold(edition.summary, period),
        "written_on": today(),
        "is_cleared": False,
        "document_number": "",
        "closes_on": None,
    }
    return Plan(period, content, kind, rolled(kind, table) if sheet else None)
