"""Rules between the cells of a table: each is a function that yields what breaks it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.table import Fault, Row, Table
from portal.ledger.moments import today
from portal.text.masking import MARK


def once(*names: str) -> Check:
    """No two rows say the same in these columns."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        seen: dict[tuple, Row] = {}
        for row in table.rows:
            key = tuple(row[name] for name in names)
            first = seen.setdefault(key, row)
            if first is not row:
                told = _("与第%(row)s行重复，请删去其中一行。") % {"row": first.place}
                yield Fault(row.place, _label(kind, names[0]), told)

    return check


def tree(code: str, *amounts: str) -> Check:
    """The codes form a tree (1, 1.1, 1.1.2 or 205, 20502, 2050201), whose lines add up.

    A line with lines beneath it is their sum, in each of the columns `amounts`.
    """

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        children = _children(table, code)
        for row in table.rows if table.is_whole else ():
            beneath = children.get(row[code], [])
            for name in amounts if beneath else ():
                total = sum(number(each, name) for each in beneath)
                if row[name] is not None and number(row, name) != total:
                    yield _differs(kind, row, name, total)

    return check


def sums(total: str, *parts: str) -> Check:
    """In each row the column `total` is the sum of the columns `parts`."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            found = sum(number(row, name) for name in parts)
            if row[total] is not None and number(row, total) != found:
                yield _differs(kind, row, total, found)

    return check


def header_total(name: str, column: str, *, code: str = "") -> Check:
    """The header's total is the sum of a column; with `code` of the uppermost lines alone."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        told = table.header.get(name)
        if told is None or not table.is_whole:
            return
        rows = uppermost(table, code) if code else table.rows
        found = sum((number(row, column) for row in rows), Decimal(0))
        if Decimal(str(told)) != found:
            yield Fault(None, _label(kind, name), _off(Decimal(str(told)), found))

    return check


def in_order(first: str, last: str) -> Check:
    """In each row, and in the header, the day `first` is not after the day `last`."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for place, values in _all(table):
            if values.get(first) and values.get(last) and values[first] > values[last]:
                told = _("早于“%(first)s”，请核对。") % {"first": _label(kind, first)}
                yield Fault(place, _label(kind, last), told)

    return check


def still_valid(name: str) -> Check:
    """An approval or a standard whose last day has passed cannot be put up as valid."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for place, values in _all(table):
            if values.get(name) and values[name] < today().isoformat():
                told = _("有效期已过，请换成现行的批准文件，或删去这一项。")
                yield Fault(place, _label(kind, name), told)

    return check


def needs(name: str, *, when: str, among: tuple) -> Check:
    """The column `name` is filled wherever `when` holds one of the values."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if row[when] in among and row[name] is None:
                shown = kind.column(when).shown(row[when])
                told = _("“%(column)s”是“%(value)s”时，这一格必须填写。")
                told %= {"column": _label(kind, when), "value": shown}
                yield Fault(row.place, _label(kind, name), told)

    return check


def at_most(name: str, most: str) -> Check:
    """In each row the number `name` is not greater than the number `most`."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if None not in (row[name], row[most]) and number(row, name) > number(row, most):
                told = _("大于“%(most)s”，请核对。") % {"most": _label(kind, most)}
                yield Fault(row.place, _label(kind, name), told)

    return check


def number(row: Row, name: str) -> Decimal:
    """The number in a column; an empty cell counts as nothing, and so does one removed."""
    value = row[name]
    return Decimal(0) if value is None or value == MARK else Decimal(str(value))


def uppermost(table: Table, code: str) -> list[Row]:
    """The lines of a tree that stand beneath no other."""
    codes = {row[code] for row in table.rows}
    return [row for row in table.rows if _parent(row[code], codes) is None]


def depth(value, codes: set) -> int:
    """How many lines of the tree a line stands beneath."""
    parent = _parent(value, codes)
    return 0 if parent is None else 1 + depth(parent, codes)


def _children(table: Table, code: str) -> dict:
    codes = {row[code] for row in table.rows}
    children: dict = {}
    for row in table.rows:
        parent = _parent(row[code], codes)
        if parent is not None:
            children.setdefault(parent, []).append(row)
    return children


def _parent(code, codes: set):
    """The longest other code that this one continues: by a dot, or by two more digits."""
    text = str(code or "")
    while text:
        text = text.rpartition(".")[0] if "." in text else text[:-2] if len(text) > 3 else ""
        if text and text in codes:
            return text
    return None


def _differs(kind: Kind, row: Row, name: str, found: Decimal) -> Fault:
    return Fault(row.place, _label(kind, name), _off(number(row, name), found))


def _off(told: Decimal, found: Decimal) -> str:
    sentence = _("合计不符：表里是%(told)s，各项相加是%(found)s，相差%(difference)s。")
    numbers = {"told": told, "found": found, "difference": abs(told - found)}
    return sentence % {name: f"{value:,f}" for name, value in numbers.items()}


def _label(kind: Kind, name: str) -> str:
    return str(kind.column(name).label)


def _all(table: Table):
    yield None, table.header
    for row in table.rows:
        yield row.place, row.values
