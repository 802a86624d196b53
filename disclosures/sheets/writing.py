"""Typed tables as files: CSV and XLSX to read back, JSON for programs; a row in memory at a time.

Text that a spreadsheet would run is written behind an apostrophe, which `opening.as_written`
takes away again; numbers and days are real numbers and days in a workbook.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from disclosures.sheets.columns import Choice, Column, Day, Value, YesNo
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Row
from portal.text.masking import MARK
from portal.text.sheets import csv_lines, neutral

JSON = "application/json; charset=utf-8"
NUMBER_FORMATS = {"amount": "General", "count": "0", "day": "yyyy-mm-dd"}
DIGITS = 15  # beyond these a spreadsheet forgets
_not_in_titles = re.compile(r"[\[\]:*?/\\']")


def write_csv(kind: Kind, header: dict[str, Value], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines: the headings first, then a line a row, which repeats the header's values.

    So every line says by itself of which year and in which unit it is.
    """
    told = [_csv_cell(column, header.get(column.name)) for column in kind.header]

    def lines():
        yield [safe(str(column.label)) for column in (*kind.columns, *kind.header)]
        for row in rows:
            yield [*(_csv_cell(column, row[column.name]) for column in kind.columns), *told]

    return csv_lines(lines(), guard=str)


def write_xlsx(kind: Kind, header: dict[str, Value], rows: Iterable[Row], target: BinaryIO) -> None:
    """Write a workbook: the table on the first sheet, its header on the second."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(kind))
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, str(column.label)) for column in kind.columns])
    for row in rows:
        sheet.append([_cell(sheet, column, row[column.name]) for column in kind.columns])
    if kind.header:
        beside = book.create_sheet(_("表头"))
        for column in kind.header:
            value = _cell(beside, column, header.get(column.name))
            beside.append([_bold(beside, str(column.label)), value])
    book.save(target)


def write_json(
    schema: dict, header: dict[str, Value], rows: Iterable[Row], notice: dict | None
) -> Iterator[str]:
    """Yield one JSON object: `schema`, `header`, `notice`, and `rows` one at a time."""
    head = {"schema": schema, "header": header, "notice": notice}
    yield f'{_json(head)[:-1]}, "rows": ['
    comma = ""
    for row in rows:
        yield f"{comma}\n{_json(row.told())}"
        comma = ","
    yield "\n]}\n"


def typed_cell(column: Column, typed: str) -> Any:
    """What a person would type into a column, as a workbook keeps it."""
    return real(column, column.read(typed)) if typed else None


def real(column: Column, value: Value) -> Any:
    """A kept value as a workbook keeps it: a number, a day, else the text one would type."""
    if value is None or value == MARK:
        return value
    if column.is_number:
        number = Decimal(str(value))
        return number if len(number.as_tuple().digits) <= DIGITS else str(value)
    if isinstance(column, Day):
        return datetime.date.fromisoformat(str(value))
    return safe(_plain(column, value))


def safe(text: str) -> str:
    """The text as no spreadsheet runs it; one that begins with apostrophes gets one more.

    >>> safe("=1+1"), safe("'=1+1"), safe("1/2")
    ("'=1+1", "''=1+1", '1/2')
    """
    bare = text.lstrip("'")
    return f"'{text}" if neutral(bare) != bare and neutral(bare).startswith("'") else text


def sheet_title(kind: Kind) -> str:
    """The kind's name as a workbook allows it for a sheet."""
    return _not_in_titles.sub(" ", str(kind.label))[:31] or "1"


def _plain(column: Column, value: Value) -> str:
    """A value as `read` takes it from a reader of this language."""
    if value is None:
        return ""
    if isinstance(column, Choice | YesNo):
        return column.shown(value)
    return column.typed(value)


def _csv_cell(column: Column, value: Value) -> str:
    """A number is left as it is, though it begin with a minus: nothing runs a number."""
    return _plain(column, value) if column.is_number else safe(_plain(column, value))


def _cell(sheet, column, value):
    written = real(column, value)
    if isinstance(written, datetime.date):
        cell = WriteOnlyCell(sheet, written)
        cell.number_format = NUMBER_FORMATS["day"]
        return cell
    return written


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, safe(text))
    cell.font = Font(bold=True)
    return cell


def _json(value):
    return json.dumps(value, ensure_ascii=False)
