"""What the cells of a typed table are read as, and what they are refused for."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from disclosures.sheets import columns
from disclosures.sheets.cells import EXCEL_EPOCH, day_in, number_in
from disclosures.sheets.columns import Unfit
from disclosures.sheets.schema import column_from

NATURES = (("service", "服务性收费"), ("free", "免费项目"))
AMOUNT = columns.Amount("amount", "金额")
CHOICE = columns.Choice("nature", "性质", choices=NATURES, words=(("代管费", "service"),))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("1200", "1200"),
        ("１，２００．５０", "1200.5"),
        ("¥ 1,200元", "1200"),
        (0.1 + 0.2, "0.3"),
        (45, "45"),
        ("", None),
        (None, None),
        ("—", None),
    ],
)
def test_an_amount_is_read_however_it_is_written(cell, kept):
    assert AMOUNT.read(cell) == kept


@pytest.mark.parametrize("cell", ["约1200", "1.2.3", "NaN", "1e400", True, "十二"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(Unfit, match="要写数字|数字大得"):
        AMOUNT.read(cell)


def test_an_amount_less_than_nothing_is_refused_unless_the_column_allows_it():
    with pytest.raises(Unfit, match="不能小于0"):
        AMOUNT.read("(30)")
    assert columns.Amount("change", "增减", least=None).read("(30)") == "-30"


def test_an_absurd_amount_and_too_many_decimals_are_refused():
    with pytest.raises(Unfit, match="元还是万元"):
        AMOUNT.read("99999999999999")
    with pytest.raises(Unfit, match="最多2位小数"):
        AMOUNT.read("1.005")


@given(st.decimals(0, 10**9, places=2))
def test_a_kept_amount_reads_as_itself(number):
    kept = AMOUNT.read(str(number))
    assert AMOUNT.read(AMOUNT.typed(kept)) == kept
    assert Decimal(AMOUNT.shown(kept).replace(",", "")) == number


def test_amounts_are_shown_as_accounts_are_printed():
    assert [AMOUNT.shown(v) for v in ("1234567", "1200.5", None)] == ["1,234,567", "1,200.50", ""]


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-09-01", "2026/9/1", "2026.9.1", "2026年9月1日", "20260901", "２０２６－９－１"),
        *(46266, "46266", datetime.date(2026, 9, 1), datetime.datetime(2026, 9, 1, 8)),  # noqa: DTZ001
    ],
)
def test_a_day_is_read_in_every_usual_form(cell):
    assert columns.Day("on", "日期").read(cell) == "2026-09-01"


@pytest.mark.parametrize("cell", ["2026-02-30", "九月一日", "2026年9月", "1848-01-01", 12])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Unfit, match="日期"):
        columns.Day("on", "日期").read(cell)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2098, 12, 31)))
def test_a_spreadsheet_s_number_of_a_day_is_that_day(day):
    assert day_in((day - EXCEL_EPOCH).days) == day


def test_a_choice_is_known_by_label_code_and_other_words():
    assert [CHOICE.read(word) for word in ("服务性收费", "service", "代管费", " 免费項目 ")] == [
        *("service", "service", "service", "free")
    ]
    with pytest.raises(Unfit, match="只能填写：服务性收费、免费项目。"):
        CHOICE.read("杂费")


def test_yes_and_no_in_the_words_of_an_office():
    column = columns.YesNo("voluntary", "自愿")
    assert [column.read(word) for word in ("是", "√", "否", "×", "")] == [
        True,
        True,
        False,
        False,
        None,
    ]
    with pytest.raises(Unfit, match="“是”或“否”"):
        column.read("大概")


def test_a_name_with_a_number_in_it_is_refused():
    with pytest.raises(Unfit, match="只写姓名"):
        columns.Person("name", "姓名").read("王小明13800138000")


def test_telephones_are_read_one_by_one():
    column = columns.Phone("phone", "电话")
    assert column.read("0571－88001234；12315") == "0571-88001234、12315"
    with pytest.raises(Unfit, match="电话号码"):
        column.read("问门卫")


def test_a_count_is_whole_and_not_negative():
    column = columns.Count("places", "名额")
    assert (column.read(45.0), column.read("1,200")) == (45, 1200)
    for cell in ("4.5", "-1", "几个"):
        with pytest.raises(Unfit):
            column.read(cell)


@pytest.mark.parametrize(
    "column",
    [
        AMOUNT,
        CHOICE,
        columns.Amount("change", "增减", least=None, places=4),
        *(kind("x", "列") for kind in (columns.Text, columns.Prose, columns.Person, columns.Day)),
        *(kind("x", "列") for kind in (columns.Count, columns.YesNo, columns.Phone)),
    ],
)
def test_a_column_is_made_again_from_what_it_tells(column):
    assert column_from(column.told()).told() == column.told()


def test_labels_are_told_in_the_portal_s_first_language():
    with override("en"):
        assert CHOICE.told()["choices"] == dict(NATURES)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_numbers_and_days(text):
    number_in(text)
    day_in(text)
