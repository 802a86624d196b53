import io

import pytest
from openpyxl import load_workbook

from portal.text.sheets import csv_lines, neutral, write_xlsx

ROWS = [["名称", "理由"], ["收费", "=1+1"]]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "\n1", " \t1", "＝1", "＋1", "－1", "＠1"]
    + [" =1", "　＝1", "\t=1+1", "\u200b=1"],
)
def test_no_cell_begins_a_formula(text):
    assert neutral(text) == "'" + text.replace("\u200b", "")


def test_other_cells_stay_and_control_characters_go():
    assert [neutral(value) for value in ("20个工作日", "", "甲\x0b乙", 7)] == [
        "20个工作日",
        "",
        "甲乙",
        "7",
    ]


def test_csv_begins_with_the_mark_of_utf_8_and_comes_line_by_line():
    assert list(csv_lines(ROWS)) == ["\ufeff名称,理由\r\n", "收费,'=1+1\r\n"]


def test_the_workbook_holds_text_only_under_a_row_that_stays():
    target = io.BytesIO()
    write_xlsx(ROWS, target, title="操作记录")
    sheet = load_workbook(target)["操作记录"]
    assert [[cell.value for cell in row] for row in sheet] == [["名称", "理由"], ["收费", "'=1+1"]]
    assert (sheet["B2"].data_type, sheet.freeze_panes) == ("s", "A2")
