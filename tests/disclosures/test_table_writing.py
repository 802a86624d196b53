"""Tables as files: what is written is read back, nothing in it is run, little of it is held."""

import csv
import io
import json
from datetime import datetime

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from disclosures.kinds import KINDS as OWN_KINDS
from disclosures.kinds.fees import FEES
from disclosures.sheets.columns import Unfit
from disclosures.sheets.reading import read
from disclosures.sheets.table import Row
from disclosures.sheets.template import write_template
from disclosures.sheets.totals import PART, WHOLE
from disclosures.sheets.writing import write_csv, write_json, write_xlsx
from tests.disclosures.spreadsheets import SPENDING, taken

HEADER = {"period": "2026", "unit": "wan", "approved_on": "2026-03-01", "explained": "一\n二"}
INJECTIONS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "　＝1+1",
    ' =HYPERLINK("http://x")',
    "'=1+1",
    "''=1+1",
    "＠x",
    "=",
]


def xlsx(header, rows):
    stream = io.BytesIO()
    write_xlsx(SPENDING, header, rows, stream)
    stream.seek(0)
    return stream


def text(header, rows):
    return io.BytesIO("".join(write_csv(SPENDING, header, rows)).encode())


def cell(column, typed):
    """What the column keeps of a cell; nothing where it takes none."""
    try:
        return column.read(typed)
    except Unfit:
        return None


WORDS = some.one_of(some.text(max_size=30), some.sampled_from(INJECTIONS))
TYPED = {
    "side": some.sampled_from(["收入", "支出", ""]),
    "item": WORDS,
    "amount": some.decimals(-(10**10), 10**10, places=2).map(str),
    "heads": some.one_of(some.integers(0, 10**9).map(str), some.just("")),
    "paid_on": some.one_of(some.dates().map(str), some.just("")),
    "free": some.sampled_from(["是", "否", ""]),
    "phone": some.sampled_from(["0571-88001234", "12315、110", "010 1234", ""]),
    "note": WORDS,
}
LINES = some.lists(some.fixed_dictionaries(TYPED), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(lines=LINES, explained=WORDS)
def test_any_sound_table_reads_back_the_same(lines, explained):
    rows = [
        Row({column.name: cell(column, line[column.name]) for column in SPENDING.columns})
        for line in lines
    ]
    header = HEADER | {"explained": cell(SPENDING.header[3], explained)}
    # A table a school has made: complete, no row twice, none called a total.
    assume(all(row["item"] and row["amount"] for row in rows))
    assume(not {row["item"] for row in rows} & (PART | WHOLE))
    assume(SPENDING.faults(SPENDING.table(header, rows)) == [])
    for name, stream in (("a.xlsx", xlsx(header, rows)), ("a.csv", text(header, rows))):
        reading = taken(stream, name=name)
        assert reading.faults == []
        assert [row.values for row in reading.table.rows] == [row.values for row in rows]
        assert reading.table.header == header


@pytest.mark.parametrize("injected", INJECTIONS)
def test_no_text_is_a_formula_and_every_number_is_a_number(injected):
    row = Row({"item": injected, "amount": "-1234.5", "heads": 3, "paid_on": "2026-09-01"})
    sheet = load_workbook(xlsx(HEADER, [row])).worksheets[0]
    item, amount, heads, day = (sheet.cell(2, at) for at in (2, 3, 4, 5))
    assert (item.data_type, item.value[0]) == ("s", "'")
    assert (amount.data_type, amount.value, heads.value) == ("n", -1234.5, 3)
    assert (day.value, day.number_format) == (datetime(2026, 9, 1), "yyyy-mm-dd")
    line = list(csv.reader(io.StringIO(text(HEADER, [row]).getvalue().decode("utf-8-sig"))))[1]
    assert (line[1][0], line[2:5]) == ("'", ["-1234.5", "3", "2026-09-01"])


def test_a_line_of_csv_says_by_itself_of_when_and_in_which_unit_it_is():
    lines = text(HEADER, [Row({"item": "工资", "amount": "60"})]).getvalue()
    assert lines.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(lines.decode("utf-8-sig"), newline=""))
    assert head[:3] + head[-4:] == [
        *("收支", "项目", "金额"),
        *("年度", "金额单位", "批复日期", "情况说明"),
    ]
    assert row == ["", "工资", "60", "", "", "", "", "", "2026", "万元", "2026-03-01", "一\n二"]


def test_lines_that_differ_about_the_header_are_told():
    both = "项目,金额,年度,金额单位\n工资,60,2026,元\n水电,5,2027,元\n"
    reading = taken(io.BytesIO(both.encode()), name="a.csv")
    assert [(fault.row, fault.sentence) for fault in reading.faults] == [
        (3, "“年度”写了两个：2026、2027。请只留一个。")
    ]


def test_a_number_longer_than_a_spreadsheet_remembers_stays_whole():
    row = Row({"item": "工资", "amount": "12345678901234.56789"})
    assert load_workbook(xlsx(HEADER, [row])).worksheets[0]["C2"].value == row["amount"]


def test_json_says_what_the_columns_are_and_where_the_table_was_published():
    rows = [Row({"item": "工资", "amount": "60"}, id="a"), Row({"item": "=1"}, id="b")]
    notice = {"url": "https://x/"}
    told = json.loads("".join(write_json(SPENDING.told(), HEADER, rows, notice)))
    assert told == {
        "schema": SPENDING.told(),
        "header": HEADER,
        "notice": notice,
        "rows": [
            {"id": "a", "values": {"item": "工资", "amount": "60"}},
            {"id": "b", "values": {"item": "=1"}},
        ],
    }
    assert json.loads("".join(write_json({}, {}, [], None)))["rows"] == []


@pytest.mark.parametrize("make", [write_csv, write_json])
def test_lines_are_written_as_rows_come(make):
    taken_rows = []

    def rows():
        for number in range(10_000):
            taken_rows.append(number)
            yield Row({"item": str(number), "amount": "1"})

    given = (SPENDING, HEADER, rows()) if make is write_csv else ({}, HEADER, rows(), None)
    lines = make(*given)
    for expected in range(3, 9):
        while len(taken_rows) < expected:
            next(lines)
        assert len(taken_rows) == expected


def left_out(*rows):
    """What is said of rows that say the same as the template's examples."""
    return (
        f"第{'、'.join(map(str, rows))}行和模板的示例一样，没有导入。"
        "确实要公开的，导入后在草稿里补上。"
    )


@pytest.mark.parametrize("kind", OWN_KINDS.values(), ids=OWN_KINDS.keys())
def test_every_template_is_read_back_and_its_example_left_alone(kind):
    stream = io.BytesIO()
    write_template(kind, stream)
    stream.seek(0)
    reading = read(kind, "a.xlsx", stream, others=tuple(OWN_KINDS.values()))
    missing = [str(column.label) for column in kind.header if column.is_required]
    assert [fault.column for fault in reading.faults] == ["", *missing]
    assert reading.notes == [left_out(*range(3, 3 + len(kind.examples)))]


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_a_template_in_one_language_is_read_in_another(language):
    with translation.override(language):
        stream = io.BytesIO()
        write_template(FEES, stream)
    stream.seek(0)
    reading = read(FEES, "a.xlsx", stream, others=tuple(OWN_KINDS.values()))
    assert reading.faults[0].sentence == "表里没有数据，请至少填写一行。"
    assert reading.notes == [left_out(*range(3, 3 + len(FEES.examples)))]


@pytest.mark.parametrize("kind", OWN_KINDS.values(), ids=OWN_KINDS.keys())
def test_a_table_of_every_kind_reads_back_the_same_examples_or_not(kind):
    table, others = kind.example(), tuple(OWN_KINDS.values())
    book = io.BytesIO()
    write_xlsx(kind, table.header, table.rows, book)
    book.seek(0)
    lines = io.BytesIO("".join(write_csv(kind, table.header, table.rows)).encode())
    for name, stream in (("a.xlsx", book), ("a.csv", lines)):
        reading = read(kind, name, stream, others=others)
        assert reading.faults == []
        assert reading.table.header == table.header
        assert [row.values for row in reading.table.rows] == [row.values for row in table.rows]


def test_a_template_offers_its_choices_and_refuses_what_cannot_be_read():
    stream = io.BytesIO()
    write_template(SPENDING, stream)
    book = load_workbook(stream)
    rules = {
        str(rule.sqref): (rule.type, rule.formula1)
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert rules == {
        "A3:A20002": ("list", '"收入,支出"'),
        "D3:D20002": ("whole", "0"),
        "E3:E20002": ("date", "17899"),
        "F3:F20002": ("list", '"是,否"'),
    }
    assert [sheet.title for sheet in book.worksheets] == ["经费支出表", "表头", "填写说明"]
    assert book.worksheets[0]["B2"].value == "项目*"
    assert book.worksheets[0]["C2"].comment.text == "写数字，不写单位，最多2位小数。"
    assert [cell.value for cell in book.worksheets[1]["A"]] == [
        *("年度*", "金额单位*", "批复日期", "情况说明")
    ]


def test_a_template_that_was_filled_in_is_read():
    stream = io.BytesIO()
    write_template(SPENDING, stream)
    book = load_workbook(stream)
    for at, value in enumerate(["支出", "工资", 60], start=1):
        book.worksheets[0].cell(4, at, value)
    for row, value in enumerate([2026, "元"], start=1):
        book.worksheets[1].cell(row, 2, value)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    reading = taken(stream)
    assert reading.faults == []
    assert [row["item"] for row in reading.table.rows] == ["工资"]
    assert reading.table.header == {
        **{"period": "2026", "unit": "yuan", "approved_on": None, "explained": None}
    }
    assert reading.notes == [left_out(3)]


def test_a_header_left_empty_in_the_template_is_told_on_its_sheet():
    stream = io.BytesIO()
    write_template(SPENDING, stream)
    stream.seek(0)
    reading = taken(stream)
    assert [tuple(fault) for fault in reading.faults] == [
        (None, "", "表里没有数据，请至少填写一行。", "经费支出表"),
        (None, "年度", "没有填写“年度”。请在工作表“表头”里填写。", "表头"),
        (None, "金额单位", "没有填写“金额单位”。请在工作表“表头”里填写。", "表头"),
    ]


@pytest.mark.parametrize("key", ["contracts", "aid-policies"])
def test_what_readers_call_a_column_goes_before_what_programs_call_another(key):
    kind = OWN_KINDS[key]
    table = kind.example()
    with translation.override("en"):
        lines = "".join(write_csv(kind, table.header, table.rows)).encode()
        reading = read(kind, "a.csv", io.BytesIO(lines))
    assert [row.values for row in reading.table.rows] == [row.values for row in table.rows]


def test_a_template_asks_for_a_term_as_schools_say_it():
    stream = io.BytesIO()
    write_template(FEES, stream)
    asked = [row[2].value for row in load_workbook(stream)["表头"]]
    assert asked[0] == "写期间，如“2026—2027学年第一学期”。"
