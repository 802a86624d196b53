"""A page of a table as it is being typed: every cell as text, with what is wrong beside it."""

from dataclasses import dataclass, field
from itertools import takewhile

from django.conf import settings
from django.utils.translation import gettext as _

from disclosures.sheets.columns import Amount, Choice, Column, Count, Prose, YesNo
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Row, Table
from disclosures.sheets.template import asked

MOST_LINES = 200
BLANK = 5
OTHER_FIELDS = 100  # of the form: its header and what it carries unseen


@dataclass
class Cell:
    """One input: its name in the form, what stands in it, and what is wrong there."""

    name: str
    column: Column
    text: str
    label: str
    faults: list[str] = field(default_factory=list)

    @property
    def control(self) -> str:
        """How it is typed: chosen from a few words, on several lines, as a number, on one line."""
        match self.column:
            case Choice() | YesNo():
                return "choice"
            case Prose():
                return "prose"
            case Amount() | Count():
                return "number"
        return "line"

    @property
    def hint(self) -> str:
        """What to write; of a choice its words say that."""
        return str(self.column.help or "") if self.control == "choice" else asked(self.column)

    def options(self) -> list[tuple[str, str]]:
        """What may be chosen; a word that is not among it stays, so that nothing typed is lost."""
        choices = [("", "—")]
        if isinstance(self.column, Choice):
            choices += [(code, str(label)) for code, label in self.column.choices]
        else:
            choices += [("yes", _("是")), ("no", _("否"))]
        known = {code for code, _label in choices}
        return choices if self.text in known else [*choices, (self.text, self.text)]


@dataclass
class Line:
    """One row of the grid: its number, its id if it was there before, its cells."""

    number: int
    id: str
    cells: list[Cell]
    is_dropped: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.cells)

    @property
    def texts(self) -> dict[str, str]:
        return {cell.column.name: cell.text for cell in self.cells}


@dataclass
class Grid:
    """The header and some rows of a table, in place of those of the stored one it `shows`."""

    kind: Kind
    header: list[Cell]
    lines: list[Line]
    shows: list[str]
    first: int = 1
    faults: list[tuple[str, str]] = field(default_factory=list)  # sentence, id of its cell or ""

    @classmethod
    def of(cls, kind: Kind, table: Table | None, page: int | None = 1) -> "Grid":
        """The grid of one page of a stored table, with blank lines after its last row.

        Without a page it is the whole table.
        """
        header, rows = (table.header, table.rows) if table else ({}, [])
        size, page = (lines_per_page(kind), page) if page else (len(rows), 1)
        first = (page - 1) * size
        shown = rows[first : first + size]
        grid = cls(kind, _header(kind, header), [], [row.id for row in shown], first + 1)
        for row in shown:
            grid.add({c.name: _typed(c, row[c.name]) for c in kind.columns}, id=row.id)
        if first + size >= len(rows):
            grid.add_blank()
        return grid

    @classmethod
    def sent(cls, kind: Kind, post, *, known: set[str], first: int = 1) -> "Grid":
        """The grid as a form sent it: `post` is its QueryDict, `known` the ids rows may have."""
        header = [
            Cell(f"head-{c.name}", c, _sent(post, f"head-{c.name}"), str(c.label))
            for c in kind.header
        ]
        shows, dropped = post.get("shows", "").split(), set(post.getlist("drop"))
        grid, left = cls(kind, header, [], shows, first), known & set(shows)
        for place, each in enumerate(post.getlist("id")):
            texts = {c.name: _sent(post, f"row-{place}-{c.name}") for c in kind.columns}
            grid.add(texts, id=each if each in left else "", is_dropped=str(place) in dropped)
            left.discard(each)
        return grid

    def add(self, texts: dict[str, str], *, id: str = "", is_dropped: bool = False) -> None:
        place, number = len(self.lines), self.first + len(self.lines)
        cells = [
            Cell(f"row-{place}-{c.name}", c, texts.get(c.name, ""), _place(number, c))
            for c in self.kind.columns
        ]
        self.lines.append(Line(number, id, cells, is_dropped))

    def add_blank(self) -> None:
        """Some lines more to be typed in, as many as a page holds."""
        room = lines_per_page(self.kind) + BLANK - len(self.lines)
        for _each in range(min(BLANK, room)):
            self.add({})

    def read(self) -> tuple[dict, list[Row]]:
        """The header and the rows that say something; what is unfit is put down at its cell."""
        header, faults = self.kind.read_header({c.column.name: c.text for c in self.header})
        rows = []
        for line in self.lines:
            if line.is_dropped or line.is_blank:
                continue
            row, unfit = self.kind.read_row(line.texts, line.number)
            row.id = line.id or row.id
            rows.append(row)
            faults += unfit
        self.tell(faults)
        return header, rows

    def merged(self, rows: list[Row], stored: list[Row]) -> list[Row]:
        """The stored rows with those this grid shows replaced by what was typed.

        Each row gets the number by which a page after this one would count it.
        """
        shown = set(self.shows)
        before = list(takewhile(lambda row: row.id not in shown, stored)) if shown else stored
        after = [row for row in stored[len(before) :] if row.id not in shown]
        for number, row in enumerate(after, start=self.first + len(self.lines)):
            row.place = number
        return [*before, *rows, *after]

    def tell(self, faults: list[Fault]) -> None:
        """Put every fault down at its cell, and in the list above the table."""
        lines = {line.number: line.cells for line in self.lines}
        for fault in faults:
            cells = self.header if fault.row is None else lines.get(fault.row, [])
            named = [cell for cell in cells if str(cell.column.label) == fault.column]
            cell = next(iter(named or (cells if fault.row else [])), None)
            if cell:
                cell.faults.append(fault.sentence)
            self.faults.append((_where(fault) + fault.sentence, cell.name if cell else ""))


def lines_per_page(kind: Kind) -> int:
    """How many rows one form may hold, so that a wide table does not send too many fields."""
    fields = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - OTHER_FIELDS
    return min(MOST_LINES, fields // (len(kind.columns) + 2) - BLANK)


def _sent(post, name: str) -> str:
    """What stands in an input; browsers end lines their own way."""
    return post.get(name, "").replace("\r\n", "\n")


def _header(kind: Kind, values: dict) -> list[Cell]:
    return [
        Cell(f"head-{c.name}", c, _typed(c, values.get(c.name)), str(c.label)) for c in kind.header
    ]


def _typed(column: Column, value) -> str:
    """A kept value as the form sends it: the code of a choice, else what a person would type."""
    if isinstance(column, YesNo):
        return "" if value is None else "yes" if value else "no"
    if isinstance(column, Choice):
        return "" if value is None else str(value)
    return column.typed(value)


def _place(number: int, column: Column) -> str:
    return _("第%(row)d行 %(column)s") % {"row": number, "column": column.label}


def _where(fault: Fault) -> str:
    """The words before a fault in the list: its row and column."""
    place = fault.column
    if fault.row is not None:
        place = _("第%(row)d行 %(column)s") % {"row": fault.row, "column": fault.column}
    return _("%(place)s：") % {"place": place.strip()} if place else ""
