"""The workbook an office fills in: headings, choices, an example, and what is to be written."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from disclosures.sheets.columns import Amount, Choice, Column, Count, Day, YesNo
from disclosures.sheets.kind import MOST_ROWS, Kind
from disclosures.sheets.periods import EXAMPLES, Period
from disclosures.sheets.writing import NUMBER_FORMATS, sheet_title, typed_cell
from portal.text.reader import listed, together

# The sheets beside the table, as each language calls them: reading knows them all.
HEADER_SHEETS = ("表头", "Header")
HELP_SHEETS = ("填写说明", "How to fill in")
HEAD_ROW = 2
LONGEST_LIST = 250
_grey = Font(color="FF8A8A8A", italic=True)
_bold, _red = Font(bold=True), Font(bold=True, color="FFB3261E")
_fill = PatternFill("solid", fgColor="FFF2EFE8")
_line = Border(bottom=Side(style="thin", color="FF8A8A8A"))
_wrapped = Alignment(wrap_text=True, vertical="top")


def examples(kind: Kind) -> list[dict[str, str]]:
    """Rows to go by, as a person would type them; left unchanged they are not read."""
    given = getattr(kind, "examples", ())
    if given:
        return [{each.name: str(row.get(each.name, "")) for each in kind.columns} for row in given]
    return [{column.name: example(column) for column in kind.columns}]


TYPICAL = {"day": "2026-09-01", "count": "45", "amount": "1200", "phone": "0571-88001234"}


def example(column: Column) -> str:
    """What might stand in a column."""
    if column.example:
        return str(column.example)
    if isinstance(column, Choice):
        return str(column.choices[0][1]) if column.choices else ""
    if isinstance(column, Period):
        return EXAMPLES[column.of]
    if isinstance(column, YesNo):
        return _("是")
    return TYPICAL.get(column.type) or (_("示例") if column.is_required else "")


def write_template(kind: Kind, target: BinaryIO) -> None:
    """Write the workbook to fill in for a kind; `reading.read` reads it back."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_title(kind)
    _head(kind, sheet)
    _examples(kind, sheet)
    if kind.header:
        _header(kind, book.create_sheet(_("表头")))
    lists = _help(kind, book.create_sheet(_("填写说明")))
    for at, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(at)
        area = f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + MOST_ROWS}"
        _validate(sheet, area, column, lists)
    book.save(target)


def is_template(rows: Iterable[list[Any]]) -> bool:
    """Whether a sheet was begun from a template: only there are examples no rows of its own."""
    first = next(iter(rows), None) or [None]
    for language, _name in settings.LANGUAGES:
        with override(language):
            if first[0] == _asked_of_rows():
                return True
    return False


def _asked_of_rows():
    return together(
        [
            _("灰色斜体的行是示例，请换成自己的内容，或删去。"),
            _("带*的列必须填写。列的先后可以换，列名不要改。"),
        ]
    )


def _head(kind, sheet):
    sheet.append([_asked_of_rows()])
    sheet["A1"].font = _grey
    sheet.append([f"{column.label}{'*' if column.is_required else ''}" for column in kind.columns])
    for at, column in enumerate(kind.columns, start=1):
        cell = sheet.cell(HEAD_ROW, at)
        cell.font, cell.fill, cell.border = _red if column.is_required else _bold, _fill, _line
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        cell.comment = Comment(asked(column), "")
        letter = sheet.column_dimensions[get_column_letter(at)]
        letter.width = width(column)
        letter.number_format = NUMBER_FORMATS.get(column.type, "@")
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 1)


def _examples(kind, sheet):
    for number, row in enumerate(examples(kind), start=HEAD_ROW + 1):
        for at, column in enumerate(kind.columns, start=1):
            cell = sheet.cell(number, at, typed_cell(column, row[column.name]))
            cell.font = _grey
            cell.number_format = NUMBER_FORMATS.get(column.type, "@")


def _header(kind, sheet):
    """What is said once of the whole table: its name, a place for it, what is asked."""
    for number, column in enumerate(kind.header, start=1):
        sheet.append([f"{column.label}{'*' if column.is_required else ''}", None, asked(column)])
        label, value, told = (sheet.cell(number, at) for at in (1, 2, 3))
        label.font, label.fill = _red if column.is_required else _bold, _fill
        value.number_format = NUMBER_FORMATS.get(column.type, "@")
        value.alignment = told.alignment = _wrapped
        told.font = _grey
        _validate(sheet, f"B{number}", column, {})
    for letter, wide in (("A", 20), ("B", 40), ("C", 60)):
        sheet.column_dimensions[letter].width = wide


def _help(kind, sheet) -> dict[str, str]:
    """Explain every column; the words of long choices stand here too: column name to its area."""
    rows = [*kind.header, *kind.columns]
    sheet.append([_("列名"), _("必填"), _("写什么")])
    for column in rows:
        sheet.append([str(column.label), _("是") if column.is_required else "", asked(column)])
    areas = {}
    for at, column in enumerate(_with_long_lists(rows), start=5):
        words = [str(label) for _code, label in column.choices]
        for number, word in enumerate([str(column.label), *words], start=1):
            sheet.cell(number, at, word)
        letter = get_column_letter(at)
        areas[column.name] = f"'{sheet.title}'!${letter}$2:${letter}${len(words) + 1}"
    for letter, wide in (("A", 24), ("B", 8), ("C", 80)):
        sheet.column_dimensions[letter].width = wide
    for cells in sheet.iter_rows(max_col=3):
        for cell in cells:
            cell.alignment = _wrapped
    return areas


def asked(column: Column) -> str:
    """What a column asks for, in a sentence or two."""
    return " ".join(filter(None, [str(column.help or ""), *_asked(column)]))


def _asked(column) -> Iterator[str]:
    match column:
        case Choice():
            words = listed(label for _code, label in column.choices)
            yield _("只能填写：%(known)s。") % {"known": words}
        case YesNo():
            yield _("只能填写“是”或“否”。")
        case Day():
            yield _("写日期，如2026-09-01。")
        case Amount():
            yield _("写数字，不写单位，最多%(places)d位小数。") % {"places": column.places}
        case Count():
            yield _("写整数，不写单位。")
        case Period():
            yield _("写期间，如“%(example)s”。") % {"example": column.shown(EXAMPLES[column.of])}
        case _ if column.example:
            yield _("如：%(example)s") % {"example": column.example}


def width(column: Column) -> int:
    """How wide a column stands in a workbook, in characters."""
    wide = {"prose": 48, "text": 22, "amount": 16, "count": 12, "day": 14, "yes_no": 10}
    return max(wide.get(column.type, 18), 2 * len(str(column.label)) + 4)


def _with_long_lists(columns) -> list[Any]:
    return [each for each in columns if isinstance(each, Choice) and _list_of(each) is None]


def _list_of(column) -> str | None:
    """The words of a choice as a list in the cell's own rule; none if they do not go in."""
    words = [str(label) for _code, label in column.choices]
    joined = ",".join(words)
    fits = len(joined) <= LONGEST_LIST and not any("," in word or '"' in word for word in words)
    return f'"{joined}"' if fits else None


def _validate(sheet, area, column, lists):
    """Let the spreadsheet itself refuse what could not be read anyway."""
    match column:
        case Choice() | YesNo():
            words = f'"{_("是")},{_("否")}"' if isinstance(column, YesNo) else _list_of(column)
            source = words or lists.get(column.name)
            rule = source and DataValidation(type="list", formula1=source)
        case Day():
            rule = DataValidation(
                type="date", operator="between", formula1="17899", formula2="73050"
            )
            rule.errorStyle = "warning"
        case Amount() if column.least is not None:
            rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
        case Count():
            rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        case _:
            rule = None
    if rule:
        rule.showErrorMessage, rule.error, rule.allow_blank = True, asked(column)[:220], True
        sheet.add_data_validation(rule)
        rule.add(area)
