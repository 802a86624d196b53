"""Opening a file that should hold a table: its sheets as rows of cells, and what is odd in them."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from disclosures.importing.decoding import decoded
from portal.text.archives import damaged, opened
from portal.text.filenames import extension_of
from portal.text.files import examine
from portal.text.formats import MAX_BYTES, UnfitFile
from portal.text.markup import Cut, local, spoken
from portal.text.sheets import neutral
from portal.text.workbooks import Layout, layout_of, open_workbook

MAX_CELLS = 1_000_000  # 20 000 rows of 40 columns, and what stands around them
MAX_PART = 32 * 1024 * 1024  # shared texts of as many cells
MAX_COLUMNS = 200
MAX_SHEETS = 40
OLD = ("xls", "et", "ett", "xlsm", "xlsb", "ods", "wps")
DELIMITERS = (",", "\t", ";", "，")
# What spreadsheet programs keep for themselves in sheets nobody sees.
OWN_SHEETS = ("WpsReserved", "_xl")
ERRORS = {"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"}


class Place(NamedTuple):
    """A cell by row and column, both counted from one."""

    row: int
    column: int


class Plan(Layout):
    """The layout of a sheet, its merged cells, its formulas without a result, its percentages."""

    def __init__(self, percent_styles: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.percent_styles = percent_styles
        self.row_count = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.lost: set[Place] = set()
        self.percents: set[Place] = set()
        self._cell, self._column = "", 0
        self._has_formula = self._has_result = self._in_value = False

    def startElement(self, name: str, attrs) -> None:
        super().startElement(name, attrs)
        match local(name):
            case "row":
                self.row_count += 1
                self._column = 0
            case "c":
                self._begin(attrs)
            case "f":
                self._has_formula = True
            case "v":
                self._in_value = True
            case "mergeCell":
                self.merged.append(range_boundaries(attrs["ref"]))

    def _begin(self, attrs):
        self._cell = attrs.get("r", "")
        self._column += 1
        self._has_formula, self._has_result = False, attrs.get("t") == "str"
        if attrs.get("s") in self.percent_styles:
            self.percents.add(self._place())

    def _place(self):
        """Where the cell stands; one that does not say follows the one before."""
        here = Place(self.row_number, self._column)
        return Place(*coordinate_to_tuple(self._cell)) if self._cell else here

    def characters(self, content: str) -> None:
        if self._in_value and content.strip():
            self._has_result = True

    def endElement(self, name: str) -> None:
        self._in_value = False
        if local(name) == "c" and self._has_formula and not self._has_result:
            self.lost.add(self._place())


@dataclass
class Leaf:
    """One sheet of a file. `rows` begins anew each time it is asked."""

    name: str
    rows: Callable[[], Iterator[list[Any]]]
    plan: Plan = field(default_factory=Plan)
    is_hidden: bool = False


def leaves(name: str, stream: BinaryIO) -> list[Leaf]:
    """The sheets of a file, hidden ones too; a CSV is one sheet. Raises UnfitFile."""
    extension = _fit(name, stream)
    content = stream.read()
    if extension == "csv":
        return [_of_text(content)]
    try:
        return _of_workbook(content)
    except UnfitFile:
        raise
    except Exception as broken:  # noqa: BLE001  the library raises whatever its input provokes
        raise damaged() from broken


def row_count(name: str, stream: BinaryIO, *, most: int) -> int:
    """How many rows the file has, counted no further than just past `most`. Raises UnfitFile."""
    if _fit(name, stream) == "csv":
        return stream.read().count(b"\n") + 1
    count = 0
    with opened(stream) as archive:
        for entry in archive.namelist():
            if entry.startswith("xl/worksheets/") and entry.endswith(".xml"):
                with archive.open(entry) as part:
                    count += _rows_in(part, most - count)
    return count


def too_large() -> UnfitFile:
    """The refusal of a file nobody needs for a table."""
    told = _("文件超过 %(limit)s MB。请只留要公开的表，删去图片和多余的工作表后重新上传。")
    return UnfitFile(told % {"limit": MAX_BYTES // 1048576})


def _fit(name, stream):
    """The extension of a sound file; refuse any other with what to do."""
    extension = extension_of(name)
    if extension in OLD:
        raise UnfitFile(
            _("不能读取 .%(extension)s 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。")
            % {"extension": extension}
        )
    if extension not in ("xlsx", "csv"):
        raise UnfitFile(_("请上传 .xlsx 或 .csv 文件，可以先下载模板填写。"))
    if stream.seek(0, io.SEEK_END) > MAX_BYTES:
        raise too_large()
    examine(name, stream)
    return extension


def _rows_in(part, most):
    plan = Plan()
    try:
        for _piece in spoken(part, plan):
            if plan.row_count > most:
                break
    except Cut:
        return most + 1
    return plan.row_count


def _of_text(content):
    text = decoded(content, most=MAX_BYTES)
    head = text[:20_000].splitlines()[:40]
    counts = {mark: sum(line.count(mark) for line in head) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=counts.get)

    def rows():
        try:
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                yield [as_written(cell) for cell in record[:MAX_COLUMNS]]
        except csv.Error as broken:
            raise damaged() from broken

    plan = Plan()
    plan.row_count = text.count("\n") + 1
    return Leaf("", rows, plan)


def _of_workbook(content):
    book = open_workbook(content, most_bytes=MAX_PART)
    if len(book.worksheets) > MAX_SHEETS:
        told = _("工作簿有%(count)d个工作表，最多%(most)d个。请只留要公开的表后重新上传。")
        raise UnfitFile(told % {"count": len(book.worksheets), "most": MAX_SHEETS})
    percents = frozenset(
        str(at)
        for at, style in enumerate(book._cell_styles)
        if "%" in _format_of(book, style.numFmtId)
    )
    found = []
    for sheet in book.worksheets:
        is_hidden = sheet.sheet_state != "visible"
        if is_hidden and sheet.title.startswith(OWN_SHEETS):
            continue
        plan = layout_of(content, sheet, Plan(percents), most_cells=MAX_CELLS)
        found.append(Leaf(sheet.title, _rows_of(sheet), plan, is_hidden))
    return found


def _format_of(book, number):
    return {9: "0%", 10: "0.00%"}.get(number) or (
        book._number_formats[number - 164] if number >= 164 else ""
    )


def _rows_of(sheet):
    def rows():
        sheet.reset_dimensions()
        try:
            for cells in sheet.iter_rows(values_only=True):
                yield [_plain(cell) for cell in cells[:MAX_COLUMNS]]
        except Exception as broken:  # noqa: BLE001  the library raises whatever it meets
            raise damaged() from broken

    return rows


def _plain(cell: Any) -> Any:
    """A cell as columns read it: a day without its midnight, text as it was before a download."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time(0) else cell
    return as_written(cell) if isinstance(cell, str) else cell


def as_written(text: str) -> str:
    """Take away the apostrophe that keeps spreadsheets from running a text (`writing.safe`)."""
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text."""
    return neutral(text) != text and neutral(text).startswith("'")
