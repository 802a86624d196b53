"""Rows that add up others (合计, 小计, 总计): they are no data, but they must be right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from disclosures.sheets.cells import number_in
from disclosures.sheets.checks import number, off, uppermost
from disclosures.sheets.columns import Choice
from disclosures.sheets.heads import plain
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Row

PART = {"小计", "本页小计", "分计", "subtotal"}
WHOLE = {"合计", "总计", "共计", "总合计", "合计数", "总和", "累计", "全部合计"}
WHOLE |= {"total", "grandtotal"}


@dataclass(frozen=True)
class Total:
    """A row of totals: what it is called, its cells by column name, the rows read before it."""

    word: str
    place: int
    cells: dict[str, Any]
    before: int


def word_of(cells: Iterable[Any], *, is_whole_row: bool) -> str:
    """The word by which a row says that it adds up others, '' for a row of data.

    A row that fills all its columns is data, though it be called 收入合计.
    """
    first = next((cell for cell in cells if cell is not None and str(cell).strip()), None)
    said = plain(first) if isinstance(first, str) else ""
    if said in PART | WHOLE:
        return said
    ends = said.endswith(tuple(PART | WHOLE)) and not is_whole_row
    return said if ends else ""


def wrong(kind: Kind, rows: list[Row], totals: list[Total], unsure: set[str]) -> Iterator[Fault]:
    """The totals that are not the sum of what they may mean; `unsure` are columns with faults."""
    since = 0
    for total in totals:
        for column in kind.columns:
            told = number_in(total.cells.get(column.name)) if column.is_number else None
            if told is None or str(column.label) in unsure:
                continue
            sums = _sums(kind, rows[: total.before], rows[since : total.before], total, column)
            likeliest = next(sums)
            if told != likeliest and told not in sums:
                yield Fault(total.place, str(column.label), off(column, str(told), likeliest))
        since = total.before


def _sums(kind, before, since, total, column) -> Iterator[Decimal]:
    """The sums a total may mean, the likeliest first: of its part, of all, of uppermost lines."""
    named = [row for row in before if _is_named(kind, row, total.word)]
    part = total.word.endswith(tuple(PART))
    for rows in (named, since, before) if part or named else (before, since):
        if rows:
            yield from _added(kind, rows, column)
    yield sum((number(row, column.name) for row in before), Decimal(0))


def _added(kind, rows, column):
    if any(each.name == "code" for each in kind.columns):
        yield sum((number(row, column.name) for row in _roots(rows)), Decimal(0))
    yield sum((number(row, column.name) for row in rows), Decimal(0))


def _roots(rows):
    return uppermost(rows, "code")


def _is_named(kind, row, word):
    """Whether a total is called after the row's choice: 收入合计 adds up what is 收入."""
    return any(
        row[column.name] is not None and word.startswith(plain(column.shown(row[column.name])))
        for column in kind.columns
        if isinstance(column, Choice)
    )
