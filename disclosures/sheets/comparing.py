"""Two tables of one matter beside each other: which rows came, went and changed, cell by cell."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

from disclosures.sheets.columns import Column, Value
from disclosures.sheets.kind import Kind, kind_from
from disclosures.sheets.table import Row, Table

NAMED_BY = 2  # columns that name a row of a kind without identity


class CellChange(NamedTuple):
    """One cell: its heading, and what a reader sees before and after; '' for an empty cell."""

    column: str
    old: str
    new: str


class RowChange(NamedTuple):
    """One row that was `added`, `removed` or `changed`; `row` counts in the table it stands in."""

    how: str
    row: int
    name: str
    cells: list[CellChange]


@dataclass
class Comparison:
    """All that differs between two tables; `rows` may be the first of those that are counted."""

    header: list[CellChange] = field(default_factory=list)
    rows: list[RowChange] = field(default_factory=list)
    is_reordered: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.header or self.rows or self.is_reordered)

    def told(self, most: int) -> dict:
        """The comparison as JSON, with `most` of its rows; `comparison_from` reads it."""
        return asdict(replace(self, rows=self.rows[:most]))


def comparison_from(told: dict) -> Comparison:
    """The comparison that `Comparison.told` told."""
    rows = [
        RowChange(how, row, name, [CellChange(*cell) for cell in cells])
        for how, row, name, cells in told["rows"]
    ]
    header = [CellChange(*cell) for cell in told["header"]]
    return Comparison(header, rows, told["is_reordered"], told["counts"])


def compare(kind: Kind, old: Table | None, new: Table | None) -> Comparison:
    """Compare header, rows and their order; either table may be missing."""
    old, new = (table or kind.table({}, []) for table in (old, new))
    rows = differences(kind, old, new)
    pairs = {} if rows else _pairs(kind, old, new)
    is_reordered = not rows and [pairs[row.id] for row in new.rows] != old.rows
    kinds = Counter(change.how for change in rows)
    counts = {how: kinds[how] for how in ("added", "changed", "removed")}
    return Comparison(header_differences(kind, old, new), rows, is_reordered, counts)


def header_differences(kind: Kind, old: Table, new: Table) -> list[CellChange]:
    """The cells of the header that differ, in the order of the header."""
    columns = _columns(kind.header, kind_from(old.schema).header)
    return list(_cells(columns, old.header, new.header))


def differences(kind: Kind, old: Table, new: Table) -> list[RowChange]:
    """The rows that differ, in the order of the new table; a removed one where it stood.

    Rows are known again by their id, then by what their kind knows them by.
    """
    columns = _columns(kind.columns, kind_from(old.schema).columns)
    pairs = _pairs(kind, old, new)
    gone = _gone_after(old, {row.id for row in pairs.values()})
    found = list(_removed(kind, columns, gone.get("", ())))
    for place, row in enumerate(new.rows, start=1):
        before = pairs.get(row.id)
        cells = list(_cells(columns, before.values if before else {}, row.values))
        if before is None:
            found.append(RowChange("added", place, _name(kind, row), cells))
        elif cells:
            found.append(RowChange("changed", place, _name(kind, row), cells))
        found += _removed(kind, columns, gone.get(before.id, ()) if before else ())
    return found


def _pairs(kind: Kind, old: Table, new: Table) -> dict[str, Row]:
    """The old row of each new one that had one, by the new row's id."""
    by_id = {row.id: row for row in old.rows}
    pairs = {row.id: by_id.pop(row.id) for row in new.rows if row.id in by_id}
    if not kind.identity:
        return pairs
    by_name: dict[tuple, Row] = {}
    for row in by_id.values():
        by_name.setdefault(kind.name_of(row), row)
    for row in new.rows:
        if row.id not in pairs and (before := by_name.pop(kind.name_of(row), None)):
            pairs[row.id] = before
    return pairs


def _gone_after(old: Table, kept: set[str]) -> dict[str, list[tuple[int, Row]]]:
    """The rows that went, by the id of the last row before them that stayed ('' for none)."""
    gone: dict[str, list[tuple[int, Row]]] = {}
    last = ""
    for place, row in enumerate(old.rows, start=1):
        if row.id in kept:
            last = row.id
        else:
            gone.setdefault(last, []).append((place, row))
    return gone


def _removed(
    kind: Kind, columns: tuple[Column, ...], rows: Iterable[tuple[int, Row]]
) -> Iterator[RowChange]:
    for place, row in rows:
        yield RowChange("removed", place, _name(kind, row), list(_cells(columns, row.values, {})))


def _cells(
    columns: tuple[Column, ...], old: dict[str, Value], new: dict[str, Value]
) -> Iterator[CellChange]:
    for column in columns:
        before, after = old.get(column.name), new.get(column.name)
        if before != after:
            yield CellChange(str(column.label), column.shown(before), column.shown(after))


def _columns(own: tuple[Column, ...], remembered: tuple[Column, ...]) -> tuple[Column, ...]:
    """The kind's columns, and those that only the old table had."""
    names = {column.name for column in own}
    return own + tuple(column for column in remembered if column.name not in names)


def _name(kind: Kind, row: Row) -> str:
    """What a reader calls the row: the columns it is known by, else its first filled ones.

    Codes of accounts say nothing to most readers: what they stand for follows.
    """
    names = kind.identity or [column.name for column in kind.columns]
    if "code" in kind.identity and any(column.name == "item" for column in kind.columns):
        names = [*kind.identity, "item"]
    shown = (kind.column(name).shown(row[name]) for name in names)
    words = [word for word in shown if word]
    return " · ".join(words if kind.identity else words[:NAMED_BY])
