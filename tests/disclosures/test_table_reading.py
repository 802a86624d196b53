"""Tables are read as offices write them: titles, facts around them, totals, all sorts of cells."""

import datetime

import pytest
from openpyxl.styles import PatternFill

from disclosures.kinds import KINDS
from disclosures.sheets.opening import MAX_CELLS
from disclosures.sheets.reading import read
from tests.disclosures.spreadsheets import (
    FACTS,
    HEAD,
    SPENDING,
    WINNERS,
    csv_file,
    raw,
    rows_of,
    taken,
    told,
    workbook,
)

SALARY = {"side": "spending", "item": "工资", "amount": "60"}


def test_a_sheet_with_title_facts_blank_rows_and_signatures_is_read():
    def merge(_book, sheet):
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A2:F2")

    reading = taken(
        workbook(
            ["示范区第一小学２０２６年度经费支出表"],
            ["填报单位：示范区第一小学　　年度：２０２６年　　单位：万元"],
            ["批复日期", "2026年3月1日", None, "情况说明：", "含上年结转：12万元。 其中：教育 8"],
            [],
            ["序号", "项目名称", "收支", "金额（万元）", "备注"],
            [1, "工资", "支出", "６０", None],
            [],
            [2, "拨款", "收入", "1,234.50", "财政"],
            ["制表人：张三", None, "审核人：李四"],
            adjust=merge,
        )
    )
    assert rows_of(reading) == [
        SALARY,
        {"side": "income", "item": "拨款", "amount": "1234.5", "note": "财政"},
    ]
    assert reading.table.header == {
        "period": "2026",
        "unit": "wan",
        "approved_on": "2026-03-01",
        "explained": "含上年结转：12万元。 其中：教育 8",
    }
    assert [row.place for row in reading.table.rows] == [6, 8]
    assert reading.notes == ["这些内容不在表头里，没有导入：填报单位、制表人、审核人。"]


def test_facts_may_stand_beneath_the_table_and_the_unit_behind_a_heading():
    reading = taken(workbook(["项目", "金额（万元）"], ["工资", 60], ["年度：", 2026]))
    assert rows_of(reading) == [{"item": "工资", "amount": "60"}]
    assert (reading.table.header["period"], reading.table.header["unit"]) == ("2026", "wan")


def test_two_answers_to_the_same_question_are_told():
    reading = taken(workbook(["年度：2026", "单位：元"], ["项目", "金额（万元）"], ["工资", 60]))
    assert told(reading) == [(2, "金额单位", "“金额单位”写了两个：元、万元。请只留一个。")]


def test_a_header_that_is_missing_or_unfit_is_told_where_it_is_to_be_written():
    reading = taken(workbook(["年度：今年"], HEAD, ["支出", "工资", 60]))
    assert told(reading) == [
        (None, "金额单位", "没有写“金额单位”。请在表格上方写“金额单位：元”。"),
        (1, "年度", "要写期间，如“2026年”。"),
    ]


@pytest.mark.parametrize(
    "day",
    [
        datetime.datetime(2026, 9, 1),
        datetime.date(2026, 9, 1),
        "2026-09-01",
        "2026/9/1",
        "2026.9.1",
        "2026年9月1日",
        "２０２６年９月１日",
        "20260901",
        46266,
    ],
)
def test_a_day_is_read_in_every_style(day):
    reading = taken(workbook(FACTS, [*HEAD, "支付日期"], ["支出", "工资", 60, day]))
    assert rows_of(reading) == [SALARY | {"paid_on": "2026-09-01"}]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("１，２３４", "1234"),
        ("1,234,567.80", "1234567.8"),
        ("￥60元", "60"),
        (0.1 + 0.2, "0.3"),
        (12345678901.23, "12345678901.23"),
        ("(30)", "-30"),
        (" 60 ", "60"),
        (60, "60"),
    ],
)
def test_a_number_is_read_however_it_is_written(cell, amount):
    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", cell]))
    assert rows_of(reading) == [SALARY | {"amount": amount}]


def test_headings_are_known_in_three_languages_by_other_words_and_in_any_order():
    reading = taken(workbook(FACTS, ["支出金额(元)*", "項 目：", "side"], [60, "工资", "支出"]))
    assert rows_of(reading) == [SALARY]


def test_a_head_of_two_rows_is_read():
    def merge(_book, sheet):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:C2")

    head = (["收支", "经费", None], [None, "项目", "金额"])
    reading = taken(workbook(FACTS, *head, ["支出", "工资", 60], adjust=merge))
    assert rows_of(reading) == [SALARY]
    assert reading.table.rows[0].place == 4


def test_what_is_merged_downwards_is_said_of_each_row():
    def merge(_book, sheet):
        sheet.merge_cells("A3:A4")

    rows = (["支出", "工资", 60], [None, "水电", 5])
    reading = taken(workbook(FACTS, HEAD, *rows, adjust=merge))
    assert rows_of(reading) == [SALARY, {"side": "spending", "item": "水电", "amount": "5"}]


def test_cells_merged_across_are_told():
    def merge(_book, sheet):
        sheet.merge_cells("A3:B3")

    reading = taken(workbook(FACTS, HEAD, ["支出", None, 60], adjust=merge))
    assert told(reading) == [
        (3, "项目", "这一格必须填写。"),
        (3, "收支", "A3与右边的格子合并了。请取消合并，逐格填写。"),
    ]


def test_rows_of_totals_are_checked_and_are_no_data():
    reading = taken(
        workbook(
            FACTS,
            HEAD,
            ["支出", "工资", 60],
            ["支出", "水电", 5],
            ["小 计", None, 65],
            ["收入", "拨款", 70],
            ["小计", None, 70],
            ["支出合计", None, 65],
            ["总计", None, 135],
        )
    )
    assert [row["item"] for row in reading.table.rows] == ["工资", "水电", "拨款"]


@pytest.mark.parametrize("word", ["合计", "总 计", "小计", "共计：", "支出合计", "Total"])
def test_a_total_that_is_wrong_is_told_with_the_difference(word):
    rows = (["支出", "工资", 60], ["支出", "水电", 5.5], [word, None, "1,065.00"])
    reading = taken(workbook(FACTS, HEAD, *rows))
    sentence = "合计不符：表里是1,065，各项相加是65.50，相差999.50。"
    assert told(reading) == [(5, "金额", sentence)]


def test_a_total_is_not_checked_against_cells_that_could_not_be_read():
    rows = (["支出", "工资", "六十"], ["合计", None, 60])
    reading = taken(workbook(FACTS, HEAD, *rows))
    assert told(reading) == [(3, "金额", "要写数字，如“1200”或“1,200.50”，不写单位。")]


def test_a_line_of_data_may_be_called_a_total():
    reading = taken(workbook(FACTS, HEAD, ["支出", "人员经费合计", 60]))
    assert rows_of(reading) == [SALARY | {"item": "人员经费合计"}]


def test_a_formula_counts_by_its_result():
    texts = ["年度：2026", "单位：元", "项目", "金额", "工资", "合计"]
    sheet = (
        "<sheetData>"
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="s"><v>3</v></c></row>'
        '<row r="4"><c r="A4" t="s"><v>4</v></c><c r="B4"><f>30*2</f><v>60</v></c></row>'
        '<row r="5"><c r="A5" t="s"><v>5</v></c><c r="B5"><f>SUM(B4)</f><v>60</v></c></row>'
        "</sheetData>"
    )
    assert rows_of(taken(raw(sheet, shared=texts))) == [{"item": "工资", "amount": "60"}]


def test_a_formula_without_a_result_is_told_by_its_cell():
    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", "=30*2"]))
    sentence = "C3是公式，还没有结果。请用 Excel 或 WPS 打开，保存一次再上传。"
    assert told(reading) == [(3, "金额", sentence)]


def test_a_formula_that_went_wrong_is_told_by_its_cell():
    reading = taken(workbook(FACTS, HEAD, ["支出", "#REF!", 60]))
    assert told(reading) == [(3, "项目", "B3的公式出错（#REF!）。请改正，或直接写数值。")]


def test_a_percentage_is_not_taken_for_its_hundredth():
    def as_percent(_book, sheet):
        sheet["C3"].number_format = "0.00%"

    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", 0.85], adjust=as_percent))
    assert told(reading) == [
        (3, "金额", "C3是百分比格式。请改成常规格式，写“85”这样的数。"),
    ]


def test_hidden_rows_columns_and_sheets_are_told():
    def hide(book, sheet):
        for number in (3, 4, 6):
            sheet.row_dimensions[number].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = book.create_sheet("旧数据")
        other["A1"], other.sheet_state = "x", "hidden"

    rows = [["支出", f"项目{number}", 60] for number in range(4)]
    reading = taken(workbook(FACTS, HEAD, *rows, adjust=hide))
    assert [tuple(fault) for fault in reading.faults] == [
        (2, "金额", "C列是隐藏的。请取消隐藏，或删除它。", "Sheet"),
        (3, "", "第3至4行是隐藏的。请取消隐藏，或删除它们。", "Sheet"),
        (6, "", "这一行是隐藏的。请取消隐藏，或删除它。", "Sheet"),
        (None, "", "这个工作表是隐藏的。请取消隐藏看清内容，或删除它。", "旧数据"),
    ]


def test_hidden_rows_and_sheets_without_anything_in_them_do_not_matter():
    def hide(book, sheet):
        sheet.row_dimensions[9].hidden = True
        sheet["A9"].fill = PatternFill("solid", fgColor="FFFF00")
        book.create_sheet("空").sheet_state = "hidden"

    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", 60], adjust=hide))
    assert rows_of(reading) == [SALARY]


def test_columns_the_kind_does_not_know_are_left_out_and_told():
    reading = taken(workbook(FACTS, [*HEAD, "经办人", "附件"], ["支出", "工资", 60, "张三", "a"]))
    assert rows_of(reading) == [SALARY]
    assert reading.notes == ["这些列不在表里，没有导入：经办人、附件。"]


def test_a_list_of_people_takes_no_column_but_its_own():
    rows = (["序号", "姓名", "奖项", "身份证号", "家长电话"], [1, "张三", "一等奖", "3", "1"])
    assert told(taken(workbook(*rows), WINNERS)) == [
        (1, "身份证号", "名单只公开模板里的列。请删去“身份证号”整列后重新上传。"),
        (1, "家长电话", "名单只公开模板里的列。请删去“家长电话”整列后重新上传。"),
    ]


def test_a_column_that_is_missing_is_told_once():
    reading = taken(workbook(FACTS, ["收支", "项目"], ["支出", "工资"], ["支出", "水电"]))
    assert told(reading) == [(2, "金额", "缺少“金额”这一列。请补上，或用模板填写。")]


def test_a_column_that_stands_there_twice_is_told():
    reading = taken(workbook(FACTS, [*HEAD, "支出金额"], ["支出", "工资", 60, 70]))
    sentence = "“支出金额”和另一列都是“金额”，请只留一列。"
    assert told(reading) == [(2, "支出金额", sentence)]


def test_a_head_printed_on_every_page_is_read_over():
    rows = (["支出", "工资", 60], HEAD, ["支出", "水电", 5])
    reading = taken(workbook(FACTS, HEAD, *rows))
    assert [row["item"] for row in reading.table.rows] == ["工资", "水电"]


def test_everything_wrong_is_told_at_once_by_row_and_column():
    reading = taken(
        workbook(
            FACTS,
            HEAD,
            ["别的", "工资", 60],
            ["支出", None, "六十"],
            ["支出", "水电", 5],
            ["支出", "水电", 5],
        )
    )
    assert told(reading) == [
        (3, "收支", "只能填写：收入、支出。"),
        (4, "项目", "这一格必须填写。"),
        (4, "金额", "要写数字，如“1200”或“1,200.50”，不写单位。"),
        (6, "项目", "与第5行重复，请删去其中一行。"),
    ]


def test_two_hundred_faults_are_told_and_how_many_there_are_more():
    rows = [["支出", f"项目{number}", "无"] for number in range(1000)]
    reading = taken(workbook(FACTS, HEAD, *rows))
    assert (len(reading.faults), reading.more_count, reading.table) == (200, 800, None)


def test_of_several_sheets_the_one_that_fits_is_read():
    def beside(book, _sheet):
        book.create_sheet("封面", 0)["A1"] = "预算公开"

    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", 60], adjust=beside))
    assert rows_of(reading) == [SALARY]
    assert reading.notes == ["只读取了工作表“Sheet”，没有读取：封面。"]


def test_two_sheets_that_fit_are_one_too_many():
    def twice(book, sheet):
        book.copy_worksheet(sheet).title = "副本"

    reading = taken(workbook(FACTS, HEAD, ["支出", "工资", 60], adjust=twice))
    assert told(reading) == [
        (None, "", "有几个工作表都是这种表：Sheet、副本。请只留要公开的一个。")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_files_are_read_in_the_encodings_of_offices(encoding, mark):
    lines = (["年度：2026", "单位：元", ""], HEAD, ["支出", "工资", '"6,0"'], ["", "", ""])
    text = "\r\n".join(mark.join(line) for line in lines)
    assert rows_of(taken(csv_file(text, encoding), name="表.CSV")) == [SALARY]


def test_a_cell_of_several_lines_counts_as_one_row():
    text = '年度：2026,单位：元\n项目,金额,备注\n工资,60,"一\n二"\n水电,五,\n'
    assert told(taken(csv_file(text), name="a.csv")) == [
        (4, "金额", "要写数字，如“1200”或“1,200.50”，不写单位。")
    ]


def test_ten_thousand_rows_of_thirty_columns_are_within_the_limits():
    assert MAX_CELLS > 10_000 * 31 * 2


def test_reading_tells_how_far_it_is_and_can_be_stopped():
    class Enough(Exception):
        pass

    seen = []

    def report(done, total):
        seen.append((done, total))
        if done >= 1000:
            raise Enough

    rows = [["支出", f"项目{number}", 1] for number in range(1500)]
    with pytest.raises(Enough):
        taken(workbook(FACTS, HEAD, *rows), report=report)
    assert seen == [(500, 1502), (1000, 1502)]


def test_nothing_is_read_of_a_kind_the_sheet_is_not():
    stream = workbook(FACTS, HEAD, ["支出", "工资", 60])
    assert told(taken(stream, WINNERS)) == [
        (None, "", "这是“经费支出表”的表，不是“获奖名单”的。请换一份文件，或改选表的种类。")
    ]
    assert SPENDING.lists_people is False


def test_who_filled_in_a_list_and_who_approved_it_are_no_people_of_the_list():
    signed = ["填表人：林小雨", "审核人：陈明远", "日期：2026-09-01"]
    reading = read(KINDS["admission-list"], "a.csv", csv_file(admitted(signed)))
    assert [row["name"] for row in reading.table.rows] == ["王*明"]


def test_facts_beneath_a_list_may_stand_in_several_cells():
    told = ["意见受理部门：教务处", "受理电话：0599-8000200", ""]
    reading = read(KINDS["admission-list"], "a.csv", csv_file(admitted(told, facts="")))
    assert reading.table.header["objections_to"] == "教务处"


def admitted(last, facts="意见受理部门：教务处,受理电话：0599-8000200"):
    """A list of one admitted pupil, with what stands in the last line."""
    lines = ["年度：2026,姓名写法：隐去一字", facts, "序号,学生姓名,录取类别", "1,王*明,学区内"]
    return "\n".join([*lines, ",".join(last)])
