"""What of a table is drawn: categories, numbers, and the same said in words. Draws nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from disclosures.sheets.checks import uppermost
from disclosures.sheets.columns import Column, Value
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import shown
from disclosures.sheets.table import Row, Table
from portal.text.masking import MARK

MOST = 12
COMPARED = 2  # a lone fee is compared with nothing


@dataclass(frozen=True)
class Chart:
    """One drawing of a table: a bar for each row, in each of the columns `series`.

    `of` is the column that names the bars, `beside` one that tells apart those of one name, or
    says what they are measured by. `where` keeps the rows with a value in a column;
    `uppermost`, the column of codes, keeps the lines of a tree that stand beneath no other. The
    unit is what the header's `unit` says, unless the chart says its own, or each row says it in the
    column `each`: then only the rows of the commonest are drawn, for a fee a meal is no part of a
    fee a term. Not everything `adds` up: bids are compared, not summed.
    """

    title: Any
    of: str
    series: tuple[str, ...]
    where: tuple[str, Value] | None = None
    uppermost: str = ""
    unit: Any = ""
    each: str = ""
    adds: bool = True
    beside: str = ""


@dataclass(frozen=True)
class Course:
    """One drawing of the tables of several periods: what their headers say, period by period."""

    title: Any
    series: tuple[str, ...]
    unit: Any = ""


@dataclass(frozen=True)
class Figure:
    """Numbers ready to be drawn; `series` are (label, a number or None for each category).

    `description` says in words what the drawing shows, for who does not see it.
    """

    title: str
    description: str
    unit: str
    categories: list[str]
    series: list[tuple[str, list[Decimal | None]]]

    @property
    def heading(self) -> str:
        """The title with the unit, which no number repeats."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


def figures(kind: Kind, table: Table) -> list[Figure]:
    """The figures of a table, in the kind's order; one that would be empty is left out."""
    drawn = [_figure(chart, kind, table) for chart in kind.charts]
    return [figure for figure in drawn if figure]


def courses(kind: Kind, headers: Iterable[dict[str, Value]]) -> list[Figure]:
    """The figures over the periods of several tables; none from fewer than two in one unit."""
    if not kind.period:
        return []
    name = kind.period.name
    known = {str(header[name]): header for header in headers if header.get(name)}
    told = [known[period] for period in sorted(known)]
    if len(told) < 2 or len({header.get("unit") for header in told}) > 1:
        return []
    return [_course(course, kind, told) for course in kind.courses]


def _figure(chart: Chart, kind: Kind, table: Table) -> Figure | None:
    rows = [row for row in _rows(chart, table) if any(number(row[n]) for n in chart.series)]
    if chart.each and rows:
        units = Counter(row[chart.each] for row in rows)
        unit = units.most_common(1)[0][0]
        rows = [row for row in rows if row[chart.each] == unit]
        chart = replace(chart, unit=unit)
    if not rows or (chart.each and len(rows) < COMPARED):
        return None
    names = [_name(chart, kind, row) for row in rows]
    series = [(name, [number(row[name]) for row in rows]) for name in chart.series]
    fold = _folded if chart.adds else _largest
    return _told(chart, kind, table.header, fold(names, series))


def _name(chart: Chart, kind: Kind, row: Row) -> str:
    told = (kind.column(name).shown(row[name]) for name in (chart.of, chart.beside) if name)
    return " ".join(filter(None, told))


def _rows(chart: Chart, table: Table) -> list[Row]:
    rows = table.rows
    if chart.where:
        column, value = chart.where
        rows = [row for row in rows if row[column] == value]
    return uppermost(rows, chart.uppermost) if chart.uppermost else rows


def _course(course: Course, kind: Kind, headers: list[dict]) -> Figure:
    names = [shown(str(header[kind.period.name])) for header in headers]
    series = [(name, [number(header.get(name)) for header in headers]) for name in course.series]
    return _told(course, kind, headers[-1], (names, series))


def _told(drawing: Chart | Course, kind: Kind, header: dict, numbers: tuple) -> Figure:
    """The figure with its words: totals of a table's rows, first and last of periods."""
    names, series = numbers
    is_course = isinstance(drawing, Course)
    say = _course_went if is_course else _sentence if drawing.adds else _range
    unit = str(drawing.unit) or _unit(kind, header)
    series = [each for each in series if any(value is not None for value in each[1])]
    labelled = [(str(kind.column(name).label), values) for name, values in series]
    sentences = [say(kind.column(name), names, values, unit) for name, values in series]
    return Figure(str(drawing.title), "".join(sentences).strip(), unit, names, labelled)


def _folded(names: list[str], series: list) -> tuple[list[str], list]:
    """No more categories than can be read: what comes after the largest is drawn as one."""
    if len(names) <= MOST:
        return names, series
    size = [sum(abs(values[at] or 0) for _name, values in series) for at in range(len(names))]
    largest = sorted(range(len(names)), key=lambda at: -size[at])[: MOST - 1]
    kept = sorted(largest)
    rest = [at for at in range(len(names)) if at not in set(kept)]
    folded = [
        (name, [*(values[at] for at in kept), sum((values[at] or Decimal(0)) for at in rest)])
        for name, values in series
    ]
    other = _("其余%(count)d项") % {"count": len(rest)}
    return [*(names[at] for at in kept), other], folded


def _largest(names: list[str], series: list) -> tuple[list[str], list]:
    """The largest of what is not to be summed; the table beneath tells the rest."""
    size = [max(abs(values[at] or 0) for _name, values in series) for at in range(len(names))]
    kept = sorted(sorted(range(len(names)), key=lambda at: -size[at])[:MOST])
    return [names[at] for at in kept], [(name, [v[at] for at in kept]) for name, v in series]


def _sentence(column: Column, names: list[str], values: list, unit: str) -> str:
    """What a series comes to, and where it is largest."""
    told = [(value, name) for value, name in zip(values, names, strict=True) if value is not None]
    most, name = max(told, key=lambda each: each[0])
    numbers = {
        "series": column.label,
        "total": column.shown(str(sum(value for value, _name in told))),
        "name": name,
        "most": column.shown(str(most)),
        "unit": unit,
    }
    return _("%(series)s合计%(total)s%(unit)s，最多的是“%(name)s”：%(most)s%(unit)s。") % numbers


def _range(column: Column, names: list[str], values: list, unit: str) -> str:
    """Where a series that is not to be summed is largest, and where smallest."""
    told = [(value, name) for value, name in zip(values, names, strict=True) if value is not None]
    (least, last), (most, first) = (pick(told, key=lambda each: each[0]) for pick in (min, max))
    numbers = {
        "series": column.label,
        "first": first,
        "most": column.shown(str(most)),
        "last": last,
        "least": column.shown(str(least)),
        "unit": unit,
    }
    return (
        _(
            "%(series)s最高的是“%(first)s”：%(most)s%(unit)s，最低的是“%(last)s”：%(least)s%(unit)s。"
        )
        % numbers
    )


def _course_went(column: Column, names: list[str], values: list, unit: str) -> str:
    return went(column, column.label, names, values, unit)


def went(column: Column, label: Any, names: list[str], values: list, unit: str) -> str:
    """How a series went from its first period to its last: what adds up nowhere has no total."""
    told = [(value, name) for value, name in zip(values, names, strict=True) if value is not None]
    numbers = {
        "series": label,
        "first": told[0][1],
        "from": column.shown(str(told[0][0])),
        "last": told[-1][1],
        "to": column.shown(str(told[-1][0])),
        "unit": unit,
    }
    return _("%(series)s：%(first)s %(from)s%(unit)s，%(last)s %(to)s%(unit)s。") % numbers


def _unit(kind: Kind, header: dict) -> str:
    """The unit of money the header names."""
    column = next((each for each in kind.header if each.name == "unit"), None)
    return column.shown(header.get("unit")) if column else ""


def number(value: Value) -> Decimal | None:
    """A kept number; None for what is removed, empty, or none, as a table of long ago may say."""
    try:
        return None if value is None or value == MARK else Decimal(str(value))
    except InvalidOperation:
        return None
