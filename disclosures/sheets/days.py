"""Rules of days: what is past, what belongs to the table's period, how long a notice stays up."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from disclosures.sheets.checks import fault_at
from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.periods import shown, span
from disclosures.sheets.table import Fault, Table
from portal.ledger.moments import today


def happened(*names: str) -> Check:
    """Days of what has been done: none of them is still to come."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in (None, *table.rows):
            values = row.values if row else table.header
            for name in names:
                if str(values.get(name) or "") > today().isoformat():
                    yield fault_at(kind, row, name, _("日期还没有到，请核对。"))

    return check


def approved_in(name: str, *, first: int, last: int) -> Check:
    """The header's day lies in the table's year or so many years before (-1) or after it (+1)."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        period, day = kind.period_of(table), table.header.get(name)
        if period and day and not first <= int(str(day)[:4]) - int(period[:4]) <= last:
            told = _("%(day)s与这张表所属的“%(period)s”不相称，请核对。") % {
                "day": kind.column(name).shown(day),
                "period": shown(period),
            }
            yield fault_at(kind, None, name, told)

    return check


def in_period(*names: str, later: int = 0) -> Check:
    """Days of the rows and the header lie within the table's period, or so many days after it."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        period = kind.period_of(table)
        if not period:
            return
        first, last = span(period)
        for row in (None, *table.rows):
            values = row.values if row else table.header
            for name in names:
                day = values.get(name)
                if day and not first <= _day(day) <= last + timedelta(days=later):
                    told = _("日期不在“%(period)s”之内，请核对。") % {"period": shown(period)}
                    yield fault_at(kind, row, name, told)

    return check


def lasts(first: str, last: str, *, days: int, told: str) -> Check:
    """From the header's first day to its last are at least so many days, the first not counted."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        start, end = (table.header.get(name) for name in (first, last))
        if start and end and (_day(end) - _day(start)).days < days:
            yield fault_at(kind, None, last, str(told))

    return check


def soon(first: str, last: str, *, days: int, told: str) -> Check:
    """In the header the second day is at most so many days after the first."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        start, end = (table.header.get(name) for name in (first, last))
        if start and end and (_day(end) - _day(start)).days > days:
            yield fault_at(kind, None, last, str(told))

    return check


def no_longer(first: str, last: str, *, years: int, note: str = "note") -> Check:
    """In each row the days are at most so many years apart, unless the note says why."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            start, end = row[first], row[last]
            if start and end and not row[note] and _years(_day(start), _day(end)) > years:
                told = _("期限超过%(years)d年。请核对；确经批准的，在备注里写明依据。")
                yield fault_at(kind, row, last, told % {"years": years})

    return check


def _years(first: date, last: date) -> int:
    """The years from one day to another, a year that has begun counted whole."""
    return last.year - first.year + ((last.month, last.day) > (first.month, first.day))


def _day(value) -> date:
    return date.fromisoformat(str(value))
