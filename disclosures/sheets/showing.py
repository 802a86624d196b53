"""A table as its readers see it: what is said above it, its lines as text, and its pages."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from disclosures.sheets.checks import depth
from disclosures.sheets.columns import Column, Value
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Row
from portal.text.masking import MARK

LINES = 200
CODE, UNIT = "code", "unit"
SHORT = ("choice", "yes_no", "day", "period")
DEEPEST = 4
FEW = 3


class Cell(NamedTuple):
    """One cell as text under its heading; `css` says how it is set, by type and depth."""

    label: str
    text: str
    css: str = ""
    is_name: bool = False


class Line(NamedTuple):
    """One row as readers see it: the name it goes by, and its cells in the kind's order."""

    id: str
    name: Cell
    cells: list[Cell]

    @property
    def rest(self) -> list[Cell]:
        """What the line says beside its name, empty cells left out."""
        return [cell for cell in self.cells if not cell.is_name and cell.text]


class Span(NamedTuple):
    """The lines of one page of a table, counted from 1, and how many pages there are."""

    number: int
    count: int
    first: int
    last: int
    numbers: range


def span_of(row_count: int, asked: str, size: int = LINES) -> Span:
    """Return the page asked for in an address, the first for what is no page of the table.

    >>> span_of(450, "3")[:4], span_of(450, "9")[:4], span_of(0, "x")[:4]
    ((3, 3, 401, 450), (1, 3, 1, 200), (1, 1, 1, 0))
    """
    count = max(1, -(-row_count // size))
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 6
    number = int(asked) if is_number and 1 <= int(asked) <= count else 1
    first = (number - 1) * size + 1
    return Span(number, count, first, min(number * size, row_count), range(1, count + 1))


def cell_of(column: Column, value: Value, *, css: str = "", is_name: bool = False) -> Cell:
    """A kept value as text; what was lawfully removed is its mark, whatever the column's type."""
    text = MARK if value == MARK else column.shown(value)
    kinds = [set_of(column), css, "gone" if value == MARK else ""]
    return Cell(str(column.label), text, " ".join(filter(None, kinds)), is_name)


def set_of(column: Column) -> str:
    """How a column's cells are set: `n` to the right as numbers are, `s` never broken, or ''."""
    if column.is_number:
        return "n"
    is_short = column.type in SHORT or column.name == CODE
    return "s" if is_short else ""


def facts_of(kind: Kind, header: dict[str, Value]) -> list[Cell]:
    """What the header says beside its period, unit and totals, which stand at the table itself."""
    beside = [*totals_of(kind), kind.period]
    columns = [each for each in kind.header if each not in beside and each.name != UNIT]
    cells = [cell_of(column, header.get(column.name)) for column in columns]
    return [cell for cell in cells if cell.text]


def unit_of(kind: Kind, header: dict[str, Value]) -> str:
    """The unit of money the header names, as a caption tells it; '' where it names none."""
    column = next((each for each in kind.header if each.name == UNIT), None)
    text = cell_of(column, header.get(UNIT)).text if column else ""
    return _("单位：%(unit)s") % {"unit": text} if text else ""


def totals_of(kind: Kind) -> list[Column]:
    """The columns of the header whose numbers are sums of the rows."""
    has_sum = any(column.is_number for column in kind.columns)
    named = [each for each in kind.header if each.is_number and "total" in each.name.split("_")]
    return named if has_sum else []


def total_lines(kind: Kind, header: dict[str, Value], columns: Iterable[Column]) -> list[list]:
    """The totals as rows of the foot: the label and the cells that follow it, as the table's.

    A total stands in the column it is called after (`amount_total`), else in the first of numbers.
    """
    shown = list(columns)
    at = next((n for n, column in enumerate(shown) if n and column.is_number), 1)
    lines = []
    for total in totals_of(kind):
        if header.get(total.name) is None:
            continue
        own = total.name.removesuffix("_total")
        place = next((n for n, each in enumerate(shown) if each.name == own and n >= at), at)
        cells = [Cell(str(each.label), "", set_of(each)) for each in shown[at:]]
        cells[place - at] = cell_of(total, header[total.name])
        lines.append([Cell("", str(total.label)), at, cells])
    return lines


def name_of(kind: Kind) -> Column:
    """The column a row goes by: a tree's item rather than its code, else the first of words."""
    columns = list(kind.columns)
    names = [each.name for each in columns]
    if CODE in names and names.index(CODE) + 1 < len(columns):
        return columns[names.index(CODE) + 1]
    words = [each for each in columns if each.type in ("text", "person")]
    return (words or columns)[0]


def filled(kind: Kind, rows: Iterable[Row]) -> list[Column]:
    """The columns in which at least one row says something, and the required ones."""
    rows = list(rows)
    return [
        column
        for column in kind.columns
        if column.is_required or any(row[column.name] is not None for row in rows)
    ]


def lines_of(kind: Kind, columns: list[Column], rows: list[Row], codes: set) -> list[Line]:
    """Rows as text; those of a tree are set in by how many lines of `codes` they stand beneath."""
    name = name_of(kind)
    lines = []
    for row in rows:
        level = min(depth(row[CODE], codes), DEEPEST) if codes else 0
        css = f"d{level}" if level else ""
        cells = [
            cell_of(
                column,
                row[column.name],
                css=css if column == name else "",
                is_name=column == name,
            )
            for column in columns
        ]
        own = next((cell for cell in cells if cell.is_name), cells[0])
        lines.append(Line(row.id, own, cells))
    return lines


def is_tree(kind: Kind) -> bool:
    """Whether the rows carry codes by which one stands beneath another."""
    return any(column.name == CODE for column in kind.columns)


def shape_of(kind: Kind) -> str:
    """How rows are best read: `sections` of prose, a `list` of people, or a `table`.

    A kind whose every row must have prose in it and never a number or a day is a guide.
    """
    has_prose = any(column.type == "prose" and column.is_required for column in kind.columns)
    if has_prose and not any(each.is_number or each.type == "day" for each in kind.columns):
        return "sections"
    if kind.lists_people and len(kind.columns) <= FEW:
        return "list"
    return "table"
