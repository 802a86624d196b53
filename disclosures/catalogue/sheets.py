"""The catalogue as a file: the same table for spreadsheets, safe to open."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from disclosures.catalogue.listing import Row, Section

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_FORMULA = "=+-@\t\r\n＝＋－＠"  # spreadsheets take full-width signs for the plain ones


def header() -> list[str]:
    return [
        _("序号"),
        _("类别"),
        _("编码"),
        _("公开事项"),
        _("公开内容形式"),
        _("依据"),
        _("公开时限"),
        _("时限说明"),
        _("责任部门"),
        _("公开渠道"),
        _("公开对象"),
        _("公开方式"),
        _("采用情况"),
        _("停用理由"),
        _("最新公开日期"),
        _("最新公开标题"),
        _("网址"),
    ]


def lines(sections: Iterable[Section], *, site: str) -> Iterator[list[str]]:
    """The rows of the table as text, in the order of the page; `site` begins each address."""
    for section in sections:
        for row in section.rows + section.off:
            yield [*_official(section, row), *_present(row, site)]


def _official(section: Section, row: Row) -> list[str]:
    entry, semicolon = row.entry, _("；")
    limits = [part for part in (entry.limit, row.publicity) if part]
    return [
        str(row.number),
        section.title,
        entry.code,
        entry.display_title + (_("（%s）") % row.title_mark if row.title_mark else ""),
        entry.get_kind_display(),
        semicolon.join(_cited(basis) for basis in row.bases),
        semicolon.join(limits),
        semicolon.join(_marks(row)),
        row.department,
        row.channels,
        row.audience,
        row.mode,
    ]


def _present(row: Row, site: str) -> list[str]:
    state = [_("采用") if row.is_on else _("停用"), row.reason]
    notice = row.notice
    if notice is None:
        return [*state, "", "", ""]
    return [*state, notice.on.isoformat(), notice.title, f"{site}{notice.url}"]


def _marks(row: Row) -> Iterator[str]:
    if row.timing_mark:
        yield _("公开时限：%s") % row.timing_mark
    if row.publicity_mark:
        yield _("公示期：%s") % row.publicity_mark


def _cited(basis) -> str:
    if not basis.number:
        return basis.title
    told = _("%(title)s（%(number)s）") if basis.is_certain else _("%(title)s（%(number)s，待核）")
    return told % {"title": basis.title, "number": basis.number}


def neutral(cell: str) -> str:
    """The cell as text that no spreadsheet runs as a formula, without control characters."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", cell)
    starts = clean.lstrip(" \u3000")[:1] or "x"
    return f"'{clean}" if starts in STARTS_FORMULA else clean


def as_csv(rows: Iterable[list[str]]) -> bytes:
    """UTF-8 with the mark that makes Excel read it as such."""
    out = io.StringIO()
    csv.writer(out).writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[list[str]], *, title: str) -> bytes:
    """A workbook of one sheet whose cells are all text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
