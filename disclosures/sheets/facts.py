"""What a sheet says of itself around its table: the year, the unit, who filled it in."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from disclosures.sheets.columns import Column, Prose
from disclosures.sheets.heads import Words, can_read, in_brackets, plain
from disclosures.sheets.kind import Kind

# What offices write beneath a table and nobody publishes as a row of it.
BESIDES = {
    *("注", "备注", "说明", "填表说明", "填报单位", "单位", "单位名称", "学校", "编制单位"),
    *("填表人", "制表人", "制表", "审核人", "审核", "复核", "负责人", "单位负责人", "财务负责人"),
    *("经办人", "填报人", "填表日期", "填报日期", "制表日期", "联系电话", "电话", "日期"),
    *("note", "notes", "remark", "remarks", "preparedby", "checkedby", "date"),
}
_label = re.compile(r"\s*([^\s:：，。；,;][^:：，。；,;]{0,19}?)\s*[:：]\s*(.*)", re.DOTALL)
_next = re.compile(r"[\s\u3000]+[^\s:：]{1,12}[:：]")


class Told(NamedTuple):
    """A fact as it stands in the sheet: its label, its value, its row."""

    label: str
    value: Any
    row: int


def told_in(row: list[Any], number: int, known: Words) -> list[Told]:
    """The facts of a row: `年度：2026` in one cell or two, several in a cell apart by spaces."""
    cells = [cell for cell in row if cell is not None and str(cell).strip()]
    facts, at = [], 0
    while at < len(cells):
        found = list(_in_cell(cells[at], number, known))
        if found and not found[-1].value and at + 1 < len(cells):
            found[-1] = found[-1]._replace(value=cells[at + 1])
            at += 1
        elif not found and known.column(str(cells[at])) and at + 1 < len(cells):
            found = [Told(str(cells[at]), cells[at + 1], number)]
            at += 1
        facts += found
        at += 1
    return facts


def stands_beside(row: list[Any], number: int, known: Words) -> list[Told]:
    """The facts of a row that holds nothing else: then it is none of the table's."""
    cells = [cell for cell in row if cell is not None and str(cell).strip()]
    facts = told_in(row, number, known)
    words = [fact for fact in facts if plain(fact.label) in BESIDES or known.column(fact.label)]
    if not words or plain(words[0].label) != plain(_opening(cells[0])):
        return []
    return facts


def begins(cell: Any, known: Words) -> bool:
    """Whether a cell says of the whole table what only stands around it: `填表人：林小雨`."""
    found = _label.fullmatch(str(cell))
    return bool(found) and (plain(found[1]) in BESIDES or known.column(found[1]) is not None)


def column_of(kind: Kind, fact: Told, known: Words) -> Column | None:
    """The header column a fact fills: by its label, or a choice that ends like it and knows it.

    `单位：万元` is the unit of amounts, although a school is a 单位 too.
    """
    if column := known.column(fact.label):
        return column
    said = plain(fact.label)
    for column in kind.header:
        if said and plain(column.label).endswith(said) and can_read(column, fact.value):
            return column
    return None


def units_in(kind: Kind, labels: Iterable[str], row: int) -> Iterator[tuple[Column, Told]]:
    """The choices of the header told in brackets behind a heading: `预算数（万元）`."""
    for label in labels:
        unit = in_brackets(label)
        for column in kind.header if unit else ():
            if can_read(column, unit):
                yield column, Told(str(column.label), unit, row)


def _in_cell(cell: Any, number: int, known: Words) -> Iterator[Told]:
    rest = cell if isinstance(cell, str) else ""
    while found := _label.fullmatch(rest):
        label, value = found[1], found[2]
        column, rest = known.column(label), ""
        after = None if isinstance(column, Prose) else _next.search(value)
        if after:
            value, rest = value[: after.start()], value[after.start() :]
        yield Told(label, value.strip(), number)


def _opening(cell: Any) -> str:
    found = _label.fullmatch(str(cell))
    return found[1] if found else str(cell)
