"""Workbooks as WPS writes them, where it differs from what the library here would write."""

from tests.disclosures.spreadsheets import raw, rows_of, taken, told

TEXTS = [
    "经费支出表",
    "年度：2026 ",
    "单位：元",
    "收支",
    "项目",
    "金额",
    "支付日期",
    "支出",
    "工资",
]
HEAD = (
    '<row r="1" spans="1:4" ht="27" customHeight="1"><c r="A1" s="0" t="s"><v>0</v></c>'
    '<c r="B1" s="0"/><c r="C1" s="0"/><c r="D1" s="0"/></row>'
    '<row r="2" spans="1:4"><c r="A2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c></row>'
    '<row r="4" spans="1:4"><c r="A4" t="s"><v>3</v></c><c r="B4" t="s"><v>4</v></c>'
    '<c r="C4" t="s"><v>5</v></c><c r="D4" t="s"><v>6</v></c></row>'
)
ROW = (
    '<row r="5" spans="1:4"><c r="A5" t="s"><v>7</v></c><c r="B5" t="s"><v>8</v></c>'
    '<c r="C5" t="str"><f>TEXT(60,"0.00")</f><v>60.00</v></c><c r="D5"><v>46266</v></c></row>'
)
MERGED = '<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>'
SALARY = {"side": "spending", "item": "工资", "amount": "60", "paid_on": "2026-09-01"}


def sheet(*rows, after=MERGED, before=""):
    return (
        f'<sheetPr/><dimension ref="A1:D5"/>{before}<sheetData>{"".join(rows)}</sheetData>{after}'
    )


def test_shared_texts_formulas_as_text_and_days_as_numbers_are_read():
    reading = taken(raw(sheet(HEAD, ROW), shared=TEXTS))
    assert rows_of(reading) == [SALARY]
    assert reading.table.header["period"] == "2026"


def test_the_sheet_in_which_wps_keeps_pictures_is_nobodys_hidden_sheet():
    reading = taken(raw(sheet(HEAD, ROW), shared=TEXTS, hidden="WpsReserved_CellImgList"))
    assert rows_of(reading) == [SALARY]
    reading = taken(raw(sheet(HEAD, ROW), shared=TEXTS, hidden="旧表"))
    assert told(reading) == [(None, "", "这个工作表是隐藏的。请取消隐藏看清内容，或删除它。")]


def test_rows_a_filter_has_put_away_are_told():
    hidden = ROW.replace('<row r="5"', '<row r="5" hidden="1"')
    reading = taken(raw(sheet(HEAD, hidden), shared=TEXTS))
    assert told(reading) == [(5, "", "这一行是隐藏的。请取消隐藏，或删除它。")]


def test_a_dimension_that_says_too_little_hides_no_row():
    text = sheet(HEAD, ROW).replace('ref="A1:D5"', 'ref="A1"')
    assert rows_of(taken(raw(text, shared=TEXTS))) == [SALARY]


def test_a_formula_saved_before_it_was_reckoned_is_told():
    waiting = ROW.replace('t="str"><f>TEXT(60,"0.00")</f><v>60.00</v>', "><f>30*2</f><v></v>")
    reading = taken(raw(sheet(HEAD, waiting), shared=TEXTS))
    sentence = "C5是公式，还没有结果。请用 Excel 或 WPS 打开，保存一次再上传。"
    assert told(reading) == [(5, "金额", sentence)]


def test_columns_put_away_to_the_last_are_told_only_where_they_say_something():
    columns = '<cols><col min="4" max="16384" width="9" hidden="1"/></cols>'
    reading = taken(raw(sheet(HEAD, ROW, before=columns), shared=TEXTS))
    assert told(reading) == [(4, "支付日期", "D列是隐藏的。请取消隐藏，或删除它。")]
