"""A table as its readers see it: what is said above it, its lines as text, and its pages."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from disclosures.sheets.checks import depth
from disclosures.sheets.columns import Amount, Column, Value
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Row
from portal.text.masking import MARK

LINES = 200
CODE, UNIT, ITEM, SECTION = "code", "unit", "item", "section"
TOTAL, AMOUNT = "total", "amount"
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
    place: int | None = None

    @property
    def rest(self) -> list[Cell]:
        """What the line says beside its name: no empty cells, nor the number a list counts by."""
        counts = self.cells[0].text == str(self.place)
        told = self.cells[1:] if counts else self.cells
        return [cell for cell in told if not cell.is_name and cell.text]


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
    """How a column's cells are set: `n` as numbers, `s` never broken, `p` as prose, or ''."""
    if column.is_number:
        return "n"
    if column.type in SHORT or column.name == CODE:
        return "s"
    return "p" if column.type == "prose" else ""


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


def totals_of(kind: Kind) -> dict[Column, Column]:
    """The columns of the header that are sums of the rows, each with the column it sums up.

    A total stands beneath the column it is called after (`budget_total`), beneath the amounts, or
    beneath the only numbers there are; one that could be of several columns is no line.
    """
    numbers = {each.name: each for each in kind.columns[1:] if each.is_number}
    only = next(iter(numbers.values())) if len(numbers) == 1 else None
    found = {}
    for total in kind.header:
        if total.is_number and TOTAL in total.name.split("_"):
            own = numbers.get(total.name.removesuffix(f"_{TOTAL}")) or numbers.get(AMOUNT) or only
            found |= {total: own} if own else {}
    return found


def total_lines(kind: Kind, header: dict[str, Value], columns: Iterable[Column]) -> list[list]:
    """The totals as rows of the foot: the label, how many columns it spans, the cells after it."""
    shown = list(columns)
    at = next((n for n, column in enumerate(shown) if n and column.is_number), 1)
    lines = []
    for total, own in totals_of(kind).items():
        if header.get(total.name) is None:
            continue
        cells = [Cell(str(each.label), "", set_of(each)) for each in shown[at:]]
        cells[shown.index(own) - at] = cell_of(total, header[total.name])
        lines.append([Cell("", str(total.label)), at, cells])
    return lines


def name_of(kind: Kind) -> Column:
    """The column a row goes by: whom it is about, what, or the first that says something."""
    names = {each.name: each for each in kind.columns}
    person = next((each for each in kind.columns if each.type == "person"), None)
    if kind.lists_people and person:
        return person
    if ITEM in names:
        return names[ITEM]
    rest = [each for each in kind.columns if each.name != CODE and each.is_required]
    return next((each for each in rest if each.type == "text"), (rest or list(kind.columns))[0])


def filled(kind: Kind, rows: Iterable[Row]) -> list[Column]:
    """The columns in which at least one row says something, the required and the summed ones."""
    rows, summed = list(rows), [column.name for column in totals_of(kind).values()]
    return [
        column
        for column in kind.columns
        if column.is_required
        or column.name in summed
        or any(row[column.name] is not None for row in rows)
    ]


def lines_of(kind: Kind, columns: list[Column], rows: list[Row], codes: set) -> list[Line]:
    """Rows as text; those of a tree are set in by how many lines of `codes` they stand beneath."""
    name, shown = name_of(kind).name, [evened(column, rows) for column in columns]
    lines = []
    for row in rows:
        level = min(depth(row[CODE], codes), DEEPEST) if codes else 0
        css = f"d{level}" if level else ""
        cells = [
            cell_of(
                column,
                row[column.name],
                css=css if column.name == name else "",
                is_name=column.name == name,
            )
            for column in shown
        ]
        own = next((cell for cell in cells if cell.is_name), cells[0])
        lines.append(Line(row.id, own, cells, row.place))
    return lines


def evened(column: Column, rows: list[Row]) -> Column:
    """The column as it stands in line: every amount with as many decimals as one of them needs."""
    if not isinstance(column, Amount):
        return column
    return replace(column, even=max((column.decimals(row[column.name]) for row in rows), default=0))


def is_tree(kind: Kind) -> bool:
    """Whether the rows carry codes of accounts, by which one stands beneath another."""
    names = [column.name for column in kind.columns]
    return CODE in names and any(column.type == "amount" for column in kind.columns)


def shape_of(kind: Kind) -> str:
    """How rows are best read: the `sections` of a guide, a `list` of people, or a `table`."""
    has_prose = any(column.type == "prose" for column in kind.columns)
    if has_prose and any(column.name == SECTION for column in kind.columns):
        return "sections"
    if kind.lists_people and len(kind.columns) <= FEW:
        return "list"
    return "table"


def sections_of(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of a guide under the headings they share, in the order of the first of each."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        heading = next((each.text for each in line.cells if not each.is_name), "")
        found.setdefault(heading, []).append(line)
    return list(found.items())
