"""Rules between the cells of a table: each is a function that yields what breaks it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from disclosures.sheets.columns import Column, Value
from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.table import Fault, Row, Table
from portal.ledger.moments import today
from portal.text.masking import MARK

Where = tuple[str, str | tuple[str, ...]]


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


def tree(code: str, *amounts: str, within: str = "") -> Check:
    """The codes form a tree (1, 1.1, 1.1.2 or 205, 20502, 2050201), whose lines add up.

    A line with lines beneath it is their sum, in each of the columns `amounts`. Rows that differ
    in the column `within` are trees of their own.
    """

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for rows in grouped(table.rows, within) if table.is_whole else ():
            children = _children(rows, code)
            for row in rows:
                yield from _line(kind, row, children.get(row[code], []), code, amounts)

    return check


def _line(kind: Kind, row: Row, beneath: list[Row], code: str, amounts: tuple) -> Iterator[Fault]:
    """What is wrong in one line of a tree; a column that nobody filled there is not asked for."""
    for name in amounts:
        parts = [each for each in beneath if each[name] is not None]
        total = sum((number(each, name) for each in parts), Decimal(0))
        if parts and number(row, name) != total:
            rule = _("“%(line)s”与它下面各行之和不符：") % {"line": row[code]}
            yield fault_at(kind, row, name, off(kind.column(name), row[name], total, rule))


def sums(total: str, *parts: str) -> Check:
    """In each row the column `total` is the sum of the columns `parts`, where any is filled."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            found = sum((number(row, name) for name in parts), Decimal(0))
            is_told = any(row[name] is not None for name in parts)
            if is_told and number(row, total) != found:
                yield fault_at(kind, row, total, off(kind.column(total), row[total], found))

    return check


def header_total(name: str, column: str, *, code: str = "", where: Where | None = None) -> Check:
    """The header's total is the sum of a column; with `code` of the uppermost lines alone.

    `where` (a column, its value or values) counts only the rows that have it.
    """

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        told = table.header.get(name)
        if told is None or not table.is_whole:
            return
        found = total(table.rows, column, code=code, where=where)
        if Decimal(str(told)) != found:
            yield fault_at(kind, None, name, off(kind.column(name), told, found))

    return check


def total(rows: list[Row], column: str, *, code: str = "", where: Where | None = None) -> Decimal:
    """The sum of a column: of the rows with a value, of the uppermost lines of a tree."""
    if where:
        values = where[1] if isinstance(where[1], tuple) else where[1:]
        rows = [row for row in rows if row[where[0]] in values]
    if code:
        rows = uppermost(rows, code)
    return sum((number(row, column) for row in rows), Decimal(0))


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


def fault_at(kind: Kind, row: Row | None, name: str, sentence: str) -> Fault:
    """What is wrong in one cell of a row, or of the header (None)."""
    return Fault(row.place if row else None, str(kind.column(name).label), sentence)


def number(row: Row, name: str) -> Decimal:
    """The number in a column; an empty cell counts as nothing, and so does one removed."""
    value = row[name]
    return Decimal(0) if value is None or value == MARK else Decimal(str(value))


def uppermost(rows: list[Row], code: str) -> list[Row]:
    """The lines of a tree that stand beneath no other."""
    codes = {row[code] for row in rows}
    return [row for row in rows if _parent(row[code], codes) is None]


def depth(value, codes: set) -> int:
    """How many lines of the tree a line stands beneath."""
    parent = _parent(value, codes)
    return 0 if parent is None else 1 + depth(parent, codes)


def grouped(rows: list[Row], column: str) -> list[list[Row]]:
    """The rows by what they say in a column, in the order in which they came; '' for all."""
    groups: dict = {}
    for row in rows:
        groups.setdefault(row[column] if column else "", []).append(row)
    return list(groups.values())


def _children(rows: list[Row], code: str) -> dict:
    codes = {row[code] for row in rows}
    children: dict = {}
    for row in rows:
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


def off(column: Column, told: Value, found: Decimal, rule: str = "") -> str:
    """Say that a total is not what its parts come to, by how much, and what that looks like.

    `rule` begins the sentence with what should hold.
    """
    said = Decimal(0) if told is None else Decimal(str(told))
    numbers = {"told": said, "found": found, "difference": abs(said - found)}
    sentence = _("表里是%(told)s，各项相加是%(found)s，相差%(difference)s。")
    sentence %= {name: column.shown(str(value)) for name, value in numbers.items()}
    if said and found and max(said / found, found / said) == 10_000:
        sentence += _("看来一处写的是元，一处写的是万元。")
    return (rule or _("合计不符：")) + sentence


def _label(kind: Kind, name: str) -> str:
    return str(kind.column(name).label)


def _all(table: Table):
    yield None, table.header
    for row in table.rows:
        yield row.place, row.values
