"""Rates of several periods: the same row in table after table, as one line. Draws nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from disclosures.sheets.charts import Figure, number, went
from disclosures.sheets.columns import Value
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import shown
from disclosures.sheets.table import Row, Table
from portal.text.masking import MARK

MOST = 6  # lines that are still told apart
POINTS = 30  # a telephone's height twice over
Key = tuple[Value, ...]
Lines = dict[Key, list[Decimal | None]]


@dataclass(frozen=True)
class Trail:
    """One drawing of the tables of several periods: a line for each row of the last, by `series`.

    A row is the same as one before it that has its identity and says the same in `each`, the
    column of the unit; `of` names its line, and `beside` tells apart those of one name. Tables
    whose headers do not say the same in the columns `alike` are of something else: of a term's two
    lists of fees one is for the lower grades.
    """

    title: Any
    of: str
    series: str
    each: str
    beside: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    def follows(self, header: dict[str, Value], other: dict[str, Value]) -> bool:
        """Whether tables with these headers are of the same thing."""
        return all(header.get(name) == other.get(name) for name in self.alike)


def trail(kind: Kind, table: Table, before: Iterable[Table]) -> Figure | None:
    """The kind's figure of a table and of those of earlier periods, each of another one.

    One unit is drawn, that in which the most rates changed; rows lawfully removed are not. None
    where no row has a rate in two periods.
    """
    tables = sorted([*before, table], key=kind.period_of)
    rows = [_known(kind, each) for each in tables]
    lines = _largest(_of_one_unit(_lines(kind, rows)))
    said = [at for at in range(len(tables)) if any(line[at] is not None for line in lines.values())]
    last = said[-max(2, POINTS // max(1, len(lines))) :]
    lines = _compared({key: [line[at] for at in last] for key, line in lines.items()})
    if not lines:
        return None
    periods = [shown(kind.period_of(tables[at])) for at in last]
    return _told(kind, periods, {key: rows[-1][key] for key in lines}, lines)


def _known(kind: Kind, table: Table) -> dict[Key, Row]:
    """The rows by their unit and what they are known by."""
    unit = kind.trail.each
    kept = [row for row in table.rows if MARK not in row.values.values()]
    return {(row[unit], *kind.name_of(row)): row for row in kept}


def _lines(kind: Kind, tables: list[dict[Key, Row]]) -> Lines:
    """What each row of the last table said in every table; what is always free is left out."""
    name = kind.trail.series
    lines = {
        key: [number(rows[key][name]) if key in rows else None for rows in tables]
        for key in tables[-1]
    }
    return _compared({key: line for key, line in lines.items() if any(line)})


def _compared(lines: Lines) -> Lines:
    return {
        key: line for key, line in lines.items() if sum(value is not None for value in line) > 1
    }


def _of_one_unit(lines: Lines) -> Lines:
    """Those of the unit in which the most changed; of as many, in which the most are."""
    every = Counter(key[0] for key in lines)
    changed = Counter(key[0] for key, line in lines.items() if _changed(line))
    unit = max(every, key=lambda unit: (changed[unit], every[unit]), default=None)
    return {key: line for key, line in lines.items() if key[0] == unit}


def _largest(lines: Lines) -> Lines:
    """As many as are told apart: what changed before what did not, then the largest."""
    ranked = sorted(lines, key=lambda key: (not _changed(lines[key]), -_most(lines[key])))
    kept = set(ranked[:MOST])
    return {key: line for key, line in lines.items() if key in kept}


def _changed(line: list[Decimal | None]) -> bool:
    return len({value for value in line if value is not None}) > 1


def _most(line: list[Decimal | None]) -> Decimal:
    return max(value for value in line if value is not None)


def _told(kind: Kind, periods: list[str], rows: dict[Key, Row], lines: Lines) -> Figure:
    """The figure with its words: each row's first and last rate."""
    column = kind.column(kind.trail.series)
    unit = kind.column(kind.trail.each).shown(next(iter(rows))[0])
    series = list(zip(_names(kind, list(rows.values())), lines.values(), strict=True))
    told = [went(column, name, periods, values, unit) for name, values in series]
    return Figure(str(kind.trail.title), "".join(told).strip(), unit, periods, series)


def _names(kind: Kind, rows: list[Row]) -> list[str]:
    """What the rows are called; those of one name with what tells them apart."""
    own = [kind.column(kind.trail.of).shown(row[kind.trail.of]) for row in rows]
    often = Counter(own)
    return [
        " ".join(filter(None, [name, *(kind.column(n).shown(row[n]) for n in kind.trail.beside)]))
        if often[name] > 1
        else name
        for name, row in zip(own, rows, strict=True)
    ]
