"""Tables as files for spreadsheet programs: every cell is text that nothing runs."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from openpyxl import Workbook

from portal.text.clean import without_invisible

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet runs what begins like this, in full width too; a leading apostrophe makes it text.
_formula = re.compile(r"\s*[=+\-@＝＋－＠]|[ \u3000]*[\t\r\n]")


class _Echo:
    """Something csv can write to that hands the line back."""

    def write(self, line: str) -> str:
        return line


def neutral(value: object) -> str:
    """Return `value` as text that no spreadsheet runs, without invisible characters.

    >>> neutral(" =1+1"), neutral("20个工作日")
    ("' =1+1", '20个工作日')
    """
    text = without_invisible(str(value))
    return f"'{text}" if _formula.match(text) else text


def csv_lines(
    rows: Iterable[Iterable[object]], guard: Callable[[object], str] = neutral
) -> Iterator[str]:
    """Yield the rows as lines of CSV, the first behind the mark that makes Excel read UTF-8.

    `guard` makes every cell a text nothing runs.
    """
    writer = csv.writer(_Echo())
    mark = "\ufeff"
    for row in rows:
        yield mark + writer.writerow([guard(value) for value in row])
        mark = ""


def write_xlsx(rows: Iterable[Iterable[object]], target: BinaryIO, *, title: str) -> None:
    """Write a workbook of one sheet of text cells to `target`, holding one row at a time."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([neutral(value) for value in row])
    book.save(target)
