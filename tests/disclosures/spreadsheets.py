"""Workbooks and CSV as offices write them, and two kinds of table to read them as."""

import io
import zipfile

from openpyxl import Workbook

from disclosures.sheets import checks
from disclosures.sheets.columns import (
    Amount,
    Choice,
    Count,
    Day,
    Person,
    Phone,
    Prose,
    Text,
    YesNo,
)
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import Period
from disclosures.sheets.reading import read

SPENDING = Kind(
    "test-spending",
    "经费支出表",
    header=(
        Period("period", "年度", is_required=True, of="year"),
        Choice("unit", "金额单位", is_required=True, choices=(("yuan", "元"), ("wan", "万元"))),
        Day("approved_on", "批复日期"),
        Prose("explained", "情况说明"),
    ),
    columns=(
        Choice("side", "收支", choices=(("income", "收入"), ("spending", "支出"))),
        Text("item", "项目", is_required=True, aliases=("项目名称",)),
        Amount("amount", "金额", is_required=True, aliases=("支出金额",), least=None),
        Count("heads", "人数"),
        Day("paid_on", "支付日期"),
        YesNo("free", "是否免费"),
        Phone("phone", "联系电话"),
        Prose("note", "备注"),
    ),
    checks=(checks.once("item"),),
)
WINNERS = Kind(
    "test-winners",
    "获奖名单",
    header=(),
    columns=(
        Person("name", "姓名", is_required=True),
        Text("award", "奖项", is_required=True),
        Text("of_class", "班级"),
    ),
    lists_people=True,
)
KINDS = (SPENDING, WINNERS)
FACTS = ["年度：2026", "金额单位：元"]
HEAD = ["收支", "项目", "金额"]


def workbook(*rows, adjust=None):
    """A workbook of one sheet with these rows; `adjust(book, sheet)` does the rest to it."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if adjust:
        adjust(book, book.active)
    return packed(book)


def packed(book):
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def csv_file(text, encoding="utf-8"):
    return io.BytesIO(text.encode(encoding))


def taken(stream, kind=SPENDING, name="表.xlsx", **options):
    """The reading of a file that may be of either kind."""
    return read(kind, name, stream, others=KINDS, **options)


def rows_of(reading):
    """The rows of a sound reading, without their empty cells."""
    assert reading.faults == []
    return [{k: v for k, v in row.values.items() if v is not None} for row in reading.table.rows]


def told(reading):
    """What is wrong: (row, column, sentence) each; there is no table then."""
    assert reading.table is None
    return [(fault.row, fault.column, fault.sentence) for fault in reading.faults]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELS = "application/vnd.openxmlformats-package.relationships+xml"


def raw(sheet, *, shared=(), hidden=""):
    """A workbook from the XML of its sheet, as WPS writes it: shared texts, no core parts.

    `hidden` names a second sheet, very hidden, like the one in which WPS keeps pictures.
    """
    names = ["Sheet1", hidden] if hidden else ["Sheet1"]
    texts = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in shared)
    files = {
        "[Content_Types].xml": _types(names),
        "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _relationships(
            [("worksheet", f"worksheets/sheet{at}.xml") for at, _name in enumerate(names, 1)]
            + [("sharedStrings", "sharedStrings.xml")]
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    if hidden:
        files["xl/worksheets/sheet2.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    stream.seek(0)
    return stream


def _types(names):
    parts = [("workbook", "sheet.main"), ("sharedStrings", "sharedStrings")]
    parts += [(f"worksheets/sheet{at}", "worksheet") for at, _name in enumerate(names, 1)]
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for part, kind in parts
    )
    defaults = f'<Default Extension="rels" ContentType="{RELS}"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relationships(parts):
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _book(names):
    hidden = 'state="veryHidden"'
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}" {hidden if at > 1 else ""}/>'
        for at, name in enumerate(names, start=1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><workbookPr/><bookViews><workbookView/>'
        f'</bookViews><sheets>{sheets}</sheets><calcPr calcId="144525"/></workbook>'
    )
