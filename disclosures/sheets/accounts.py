"""Rules of accounts: what comes in, goes out and is left, what is a share or a product of what."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from disclosures.sheets.checks import fault_at, number, off, total
from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.table import Fault, Row, Table
from portal.text.reader import listed


def adds_up(whole: str, plus: tuple[str, ...], minus: tuple[str, ...] = ()) -> Check:
    """In the header: the whole is what is added, less what is taken away; empty counts as 0."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        header = Row(table.header)
        if header[whole] is None:
            return
        found = sum((number(header, name) for name in plus), Decimal(0))
        found -= sum((number(header, name) for name in minus), Decimal(0))
        if number(header, whole) != found:
            rule = _rule(kind, plus, minus)
            told = off(kind.column(whole), header[whole], found, rule)
            yield fault_at(kind, None, whole, told)

    return check


def sides_equal(column: str, by: str, one: str, others: tuple[str, ...], *, code: str) -> Check:
    """In a column, the lines of one side come to what those of the other sides do together."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        if not table.is_whole:
            return
        here = total(table.rows, column, code=code, where=(by, one))
        found = sum(
            (total(table.rows, column, code=code, where=(by, other)) for other in others),
            Decimal(0),
        )
        if here != found:
            names = kind.column(by)
            rule = _("“%(one)s”应等于“%(others)s”之和：") % {
                "one": names.shown(one),
                "others": "”与“".join(names.shown(other) for other in others),
            }
            told = off(kind.column(column), str(here), found, rule)
            yield fault_at(kind, None, column, told)

    return check


def share(rate: str, part: str, whole: str) -> Check:
    """A percentage that was typed is the one that follows, to as many decimals as were typed."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if row[rate] is not None and number(row, whole):
                told, exact = number(row, rate), 100 * number(row, part) / number(row, whole)
                if told != exact.quantize(told, ROUND_HALF_UP):
                    yield fault_at(kind, row, rate, _share(kind, (rate, part, whole), told, exact))

    return check


def product(whole: str, *factors: str, note: str = "") -> Check:
    """In each row the amount is its factors multiplied, to the cent; where all are filled.

    A row whose column `note` says something is not asked.
    """

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if (note and row[note]) or any(row[name] is None for name in (whole, *factors)):
                continue
            found = Decimal(1)
            for name in factors:
                found *= number(row, name)
            if abs(found - number(row, whole)) > Decimal("0.01"):
                told = _("应为%(found)s（%(factors)s）。") % {
                    "found": kind.column(whole).shown(str(found.quantize(Decimal("0.01")))),
                    "factors": " × ".join(str(kind.column(name).label) for name in factors),
                }
                yield fault_at(kind, row, whole, told)

    return check


def from_start(part: str, whole: str) -> Check:
    """In the first quarter or month of a year what came so far is what came in it."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        is_first = kind.period_of(table).endswith(("-Q1", "-01"))
        for row in table.rows if is_first else ():
            if row[whole] is not None and number(row, part) != number(row, whole):
                told = _("第一期的累计数应等于“%(part)s”。") % {"part": kind.column(part).label}
                yield fault_at(kind, row, whole, told)

    return check


def belongs(name: str, by: str, **choices: tuple[tuple[str, object], ...]) -> Check:
    """A row's category is one of those of its side: no wages among the income."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            own = dict(choices.get(str(row[by]), ()))
            if row[name] not in own:
                told = _("“%(side)s”的类别只能是：%(known)s。") % {
                    "side": kind.column(by).shown(row[by]),
                    "known": listed(own.values()),
                }
                yield fault_at(kind, row, name, told)

    return check


def counted(amount: str, *counts: str, by: str, among: tuple[str, ...]) -> Check:
    """Where money went to certain matters, how many times and for how many people is told."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if row[by] in among and number(row, amount):
                for name in counts:
                    if not row[name]:
                        told = _("有“%(matter)s”支出时，这一格必须填写。")
                        told %= {"matter": kind.column(by).shown(row[by])}
                        yield fault_at(kind, row, name, told)

    return check


def explained(name: str, amount: str) -> Check:
    """Where there is an amount, it is told what for."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if number(row, amount) and row[name] is None:
                told = _("填了“%(amount)s”，这一格必须填写。") % {
                    "amount": kind.column(amount).label
                }
                yield fault_at(kind, row, name, told)

    return check


def complete(name: str, *, when: str, among: tuple[str, ...]) -> Check:
    """What has come to its end is done to a hundred percent."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if row[when] in among and row[name] is not None and number(row, name) != 100:
                told = _("“%(column)s”是“%(value)s”时，应为100%%。") % {
                    "column": kind.column(when).label,
                    "value": kind.column(when).shown(row[when]),
                }
                yield fault_at(kind, row, name, told)

    return check


def _share(kind: Kind, names: tuple[str, str, str], told: Decimal, exact: Decimal) -> str:
    rate, part, whole = (kind.column(name) for name in names)
    sentence = _("按“%(part)s”和“%(whole)s”算，应为%(found)s。") % {
        "part": part.label,
        "whole": whole.label,
        "found": rate.shown(str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))),
    }
    if abs(told) <= 1:
        sentence += _("要写百分数，如“45.2”，不写小数“0.452”。")
    return sentence


def _rule(kind: Kind, plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    """The rule of a header's total in words: 应为“期初结余 + 收入合计 - 支出合计”."""
    label = {name: str(kind.column(name).label) for name in (*plus, *minus)}
    parts = " + ".join(label[name] for name in plus)
    parts += "".join(f" - {label[name]}" for name in minus)
    return _("应为“%(parts)s”：") % {"parts": parts}
