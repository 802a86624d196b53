"""A file that is no table at all is refused with one sentence that says what to do."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from disclosures.sheets import heads, opening, reading
from portal.text.formats import MAX_BYTES
from tests.disclosures.spreadsheets import (
    FACTS,
    HEAD,
    SPENDING,
    csv_file,
    packed,
    raw,
    rows_of,
    taken,
    told,
    workbook,
)

OLD = "不能读取 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"
LOCKED = "文件设有打开密码，或者是旧版格式。请取消密码，另存为 xlsx 格式后重新上传。"
LARGE = "文件超过 20 MB。请只留要公开的表，删去图片和多余的工作表后重新上传。"
BOMB = "文件展开后过大或内部条目过多，不能上传。请压缩图片、精简内容或拆分后重新上传。"
TOO_MUCH = "工作簿内容太多，无法读取。请删去不用的行列和格式，或拆分成几个文件。"
OTHER = "请上传 .xlsx 或 .csv 文件，可以先下载模板填写。"
NO_HEAD = "没有找到“经费支出表”的列名。要有一行写着：项目、金额。可以先下载模板填写。"
MISNAMED = "文件内容不是 xlsx 格式，与扩展名不符。请用原来的软件打开，另存为 xlsx 格式后重新上传。"
NOT_CSV = "文件内容不是 csv 格式，与扩展名不符。请用原来的软件打开，另存为 csv 格式后重新上传。"
ENCODING = "无法识别文本的编码。请另存为 UTF-8 编码后重新上传。"


def bomb():
    """A workbook of a few kilobytes that unpacks to a hundred megabytes."""
    stream = raw("<sheetData/>")
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 110_000_000)
    stream.seek(0)
    return stream


def varied(count):
    """So many rows of one cell that do not pack away to nothing."""
    rows = (f"<row><c><v>{n * n * 7919 % 999_983}</v></c></row>" for n in range(count))
    return raw(f"<sheetData>{''.join(rows)}</sheetData>")


class Long(io.BytesIO):
    """200 MB that nobody need hold."""

    def seek(self, place, whence=0):
        return 200 * 1024 * 1024 if whence == io.SEEK_END else super().seek(place, whence)


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("a.xls", lambda: io.BytesIO(b"x"), OLD),
        ("a.et", lambda: io.BytesIO(b"x"), OLD.replace(".xls ", ".et ")),
        ("a.xlsm", lambda: workbook([1]), OLD.replace(".xls ", ".xlsm ")),
        ("a.pdf", lambda: io.BytesIO(b"%PDF-"), OTHER),
        ("a", lambda: io.BytesIO(b"x"), OTHER),
        ("a.xlsx", lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900), LOCKED),
        ("a.xlsx", lambda: Long(b"PK"), LARGE),
        ("a.csv", lambda: Long(b"a,b"), LARGE),
        ("a.xlsx", bomb, BOMB),
        ("a.xlsx", lambda: csv_file("项目,金额"), MISNAMED),
        ("a.csv", lambda: workbook(["项目", "金额"]), NOT_CSV),
        ("a.csv", lambda: csv_file("项目,金额", "utf-16"), ENCODING),
        ("a.csv", lambda: io.BytesIO(b""), "文件是空的。请检查原文件后重新上传。"),
        (
            "a.csv",
            lambda: csv_file("<html><table>"),
            "文件里是网页代码，不是纯文本。请只保留文字后重新上传。",
        ),
        ("a.csv", lambda: csv_file("第一段话\n第二段话"), NO_HEAD),
        ("a.xlsx", lambda: packed(Workbook()), NO_HEAD),
        ("a.xlsx", lambda: workbook(["甲", "乙"], [1, 2]), NO_HEAD),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(name, make, sentence):
    assert told(taken(make(), name=name)) == [(None, "", sentence)]


def test_a_broken_workbook_is_refused_wherever_it_breaks():
    whole = workbook(FACTS, HEAD, ["支出", "工资", 60]).getvalue()
    sentences = set()
    for length in range(len(whole) // 2, len(whole), 97):
        sentences |= {tuple(told(taken(io.BytesIO(whole[:length]))))}
    damaged = "文件已损坏或不完整，无法读取。请用原来的软件打开，重新保存后上传。"
    assert sentences == {((None, "", damaged),)}


def test_a_quote_that_never_ends_is_refused():
    text = '年度：2026,单位：元\n项目,金额\n"工资,60\n' + "水电,5\n" * 30_000
    damaged = "文件已损坏或不完整，无法读取。请用原来的软件打开，重新保存后上传。"
    assert told(taken(csv_file(text), name="a.csv")) == [(None, "", damaged)]


def test_a_table_without_rows_says_so():
    reading = taken(workbook(FACTS, HEAD))
    assert told(reading) == [(None, "", "表里没有数据，请至少填写一行。")]


def test_more_rows_than_a_notice_holds_are_refused_by_their_number(monkeypatch):
    for module in ("body", "kind"):
        monkeypatch.setattr(f"disclosures.sheets.{module}.MOST_ROWS", 50)
    reading = taken(workbook(FACTS, HEAD, *(["支出", f"项目{n}", 1] for n in range(60))))
    assert told(reading) == [(None, "", "一张表最多50行，请分成几份公开。")]


def test_more_cells_than_can_be_read_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(opening, "MAX_CELLS", 20_000)
    assert told(taken(varied(20_000))) == [(None, "", TOO_MUCH)]


def test_rows_are_counted_no_further_than_needed():
    assert 9 < opening.row_count("a.xlsx", varied(90_000), most=9) < 9_000
    assert opening.row_count("a.xlsx", varied(8), most=9) == 8
    assert opening.row_count("a.csv", csv_file("a,b\n" * 30), most=9) == 31
    assert MAX_BYTES == 20 * 1024 * 1024


def test_a_stray_cell_far_below_does_not_matter():
    def far(_book, sheet):
        sheet["A90000"] = "x"

    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", 60], adjust=far))
    assert [row["item"] for row in rows_of(reading)] == ["工资"]


def test_a_workbook_of_very_many_sheets_is_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(opening, "MAX_SHEETS", 2)
    more = workbook(
        FACTS, HEAD, adjust=lambda book, _sheet: [book.create_sheet(), book.create_sheet()]
    )
    sentence = "工作簿有3个工作表，最多2个。请只留要公开的表后重新上传。"
    assert told(taken(more)) == [(None, "", sentence)]


def test_a_sheet_is_held_only_against_kinds_whose_words_it_has(monkeypatch):
    asked = []

    def find(kind, leaf):
        asked.append(kind.key)
        return heads.find_head(kind, leaf)

    monkeypatch.setattr(reading, "find_head", find)
    assert told(taken(workbook(["甲", "乙"], ["丙", "丁"]))) == [(None, "", NO_HEAD)]
    assert asked == [SPENDING.key]
