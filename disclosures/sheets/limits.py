"""How large an amount may be: against the unit, the earlier period, the plan, the limit."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from disclosures.sheets.checks import Where, fault_at, number, total
from disclosures.sheets.columns import Amount
from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.table import Fault, Row, Table

MOST_YUAN = Decimal(50_000_000_000)  # no school's budget comes to 50 billion yuan
TIMES = 1000


def plausible(*, unit: str = "unit") -> Check:
    """No amount is beyond any school's: the unit says 万元, the figures were typed in 元."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        worth = 10_000 if table.header.get(unit) == "wan" else 1
        columns = [each for each in kind.columns if type(each) is Amount]
        for row in table.rows:
            for column in columns:
                if abs(number(row, column.name)) * worth > MOST_YUAN:
                    told = _("按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。")
                    yield Fault(row.place, str(column.label), told)

    return check


def comparable(name: str, earlier: str, *, code: str = "", where: Where | None = None) -> Check:
    """A column comes to less than a thousand times the earlier period's, and the reverse."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        here = total(table.rows, name, code=code, where=where)
        before = total(table.rows, earlier, code=code, where=where)
        if here and before and not 1 / TIMES < abs(here / before) < TIMES:
            told = _("与“%(other)s”相差一千倍以上，请核对两列是不是用同一个金额单位。")
            yield fault_at(kind, None, earlier, told % {"other": kind.column(name).label})

    return check


def not_overdrawn(name: str) -> Check:
    """A fund that is only what was paid in cannot have less than nothing left."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        if number(Row(table.header), name) < 0:
            yield fault_at(kind, None, name, _("结余不能小于0：支出超过了全部可用的钱，请核对。"))

    return check


def positive(*names: str) -> Check:
    """An amount that was paid, bid or given is more than nothing."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            for name in names:
                if row[name] is not None and not number(row, name):
                    yield fault_at(kind, row, name, _("要大于0，请核对。"))

    return check


def under(name: str, limit: str) -> Check:
    """In each row an amount is not more than the limit in the header, if it has one."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        most = Row(table.header)
        for row in table.rows:
            if most[limit] is not None and number(row, name) > number(most, limit):
                told = _("大于“%(most)s”，请核对。") % {"most": kind.column(limit).label}
                yield fault_at(kind, row, name, told)

    return check


def within(name: str, most: str, *, where: Where | None = None, note: str = "note") -> Check:
    """What was spent is not more than was planned, unless the row's note says why."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            counts = where is None or row[where[0]] == where[1]
            filled = row[most] is not None and row[note] is None
            if counts and filled and number(row, name) > number(row, most):
                told = _("大于“%(most)s”。请核对；确实超出的，在“%(note)s”里写明原因。") % {
                    "most": kind.column(most).label,
                    "note": kind.column(note).label,
                }
                yield fault_at(kind, row, name, told)

    return check


def between(whole: str, count: str, *, lowest: str, highest: str) -> Check:
    """What each gets on average lies between the lowest and the highest that was told."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if number(row, count) and None not in (row[lowest], row[highest]):
                each = number(row, whole) / number(row, count)
                if not number(row, lowest) <= each <= number(row, highest):
                    told = _("人均%(each)s，不在“%(lowest)s”和“%(highest)s”之间，请核对。") % {
                        "each": kind.column(whole).shown(str(round(each, 2))),
                        "lowest": kind.column(lowest).label,
                        "highest": kind.column(highest).label,
                    }
                    yield fault_at(kind, row, whole, told)

    return check
