"""Workbooks: every visible sheet with something in it becomes a table."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from disclosures.importing.document import Raw, paragraph, table
from portal.text.archives import damaged
from portal.text.clean import clean_line
from portal.text.formats import UnfitFile
from portal.text.reader import listed
from portal.text.workbooks import layout_of, open_workbook

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 2000, 60, 20_000
MAX_BLANK_ROWS = 100_000
LONGEST_VALUE = 2000


def read(content: bytes) -> Raw:
    """Read a workbook that `examine` has found sound, one row in memory at a time."""
    try:
        return _read(content)
    except UnfitFile:
        raise
    except Exception as broken:  # noqa: BLE001  the library raises whatever its input provokes
        raise damaged() from broken


def _read(content):
    values, written = open_workbook(content), open_workbook(content, formulas=True)
    shown = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    pieces, notes, title, left = [], [], "", MAX_CELLS
    for sheet in shown:
        layout = layout_of(content, sheet)
        rows, missing = rows_of(sheet, written[sheet.title], layout)
        left -= sum(len(row) for row in rows)
        if left < 0:
            raise too_large()
        notes += _left_out(sheet.title, layout) + _lost(sheet.title, missing)
        head, html = _sheet(sheet.title, rows, named=len(shown) > 1)
        title = title or head
        pieces.append(html)
    return Raw("".join(pieces), title, notes + _hidden(values.worksheets))


def _hidden(sheets):
    """Which sheets its author had put away."""
    names = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    told = _("隐藏的工作表没有导入：%(names)s。要公开的话，请取消隐藏后重新导入。")
    return [told % {"names": listed(names)}] if names else []


def _left_out(name, layout):
    """How much of a sheet its author had put away, by hand or by a filter."""
    counts = {"rows": len(layout.hidden_rows), "columns": len(layout.hidden_columns)}
    told = _(
        "工作表“%(name)s”隐藏的%(rows)d行、%(columns)d列没有导入。"
        "要公开的话，请取消隐藏后重新导入。"
    )
    return [told % {"name": name, **counts}] if any(counts.values()) else []


def _lost(name, count):
    told = _("工作表“%(name)s”有%(count)d个公式没有算出的结果，这些格子空着。")
    return [told % {"name": name, "count": count}] if count else []


def rows_of(sheet, written, layout) -> tuple[list[list[str]], int]:
    """The rows that say something, as text, cut to their width, and how many formulas do not.

    What is hidden in the sheet stays hidden.
    """
    rows, missing, blank = [], 0, 0
    sheet.reset_dimensions()
    written.reset_dimensions()
    both = zip(sheet.iter_rows(), written.iter_rows(), strict=False)
    for number, pair in enumerate(both, start=1):
        shown, typed = [_seen(cells, layout, number) for cells in pair]
        row = [_told(cell) for cell in shown]
        missing += sum(_is_lost(value, cell) for value, cell in zip(row, typed, strict=False))
        while row and not row[-1]:
            row.pop()
        blank += not row
        if len(row) > MAX_COLUMNS or len(rows) > MAX_ROWS or blank > MAX_BLANK_ROWS:
            raise too_large()
        if row:
            rows.append(row)
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows], missing


def _seen(cells, layout, number):
    if number in layout.hidden_rows:
        return []
    hidden = layout.hidden_columns
    return [cell for at, cell in enumerate(cells, start=1) if at not in hidden]


def too_large() -> UnfitFile:
    """The refusal of a workbook no page can show."""
    return UnfitFile(
        _("表格太大，放不进正文（最多%(rows)d行、%(columns)d列）。请作为附件上传。")
        % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
    )


def _is_lost(value, cell):
    return not value and cell.data_type == "f"


def _sheet(name, rows, *, named):
    """A first row of one cell is the sheet's heading, a first row of words the table's head."""
    pieces = [paragraph(name, "h2")] if named and rows else []
    title = ""
    if len(rows) > 1 and rows[0][0] and not any(rows[0][1:]):
        title = rows.pop(0)[0]
        pieces.append(paragraph(title, "h2"))
    if rows:
        pieces.append(table(rows, headed=len(rows) > 1 and all(rows[0])))
    return title, "".join(pieces)


def _told(cell):
    """A value as a person reads it in the sheet."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return clean_line(str(value))[:LONGEST_VALUE]


def _number(value, shown_as):
    if "%" in shown_as:
        return f"{value * 100:.10g}%"
    decimals = shown_as.partition(";")[0].partition(".")[2]
    if decimals and set(decimals[:2]) <= set("0_) "):
        return f"{value:.{decimals.count('0')}f}"
    return f"{value:.15g}"
