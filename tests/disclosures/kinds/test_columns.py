"""The columns that money and purchases need beyond the common ones."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.kinds.finance.lines import CODE, money
from disclosures.kinds.procurement.parties import SUPPLIER
from disclosures.sheets.columns import Unfit
from disclosures.sheets.periods import following, span
from disclosures.sheets.schema import column_from
from disclosures.sheets.shares import Percent

RATE = Percent("rate", "执行率")
PERIODS = ("2024", "2026-autumn", "2026-spring", "2026-Q1", "2026-Q4", "2024-02", "2026-12")


def refusal(column, cell):
    with pytest.raises(Unfit) as refused:
        column.read(cell)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("45.2%", "45.2"),
        ("４５．２％", "45.2"),
        (45.2, "45.2"),
        (73.074787, "73.07"),
        ("100", "100"),
        ("0.5%", "0.5"),
    ],
)
def test_a_percentage_is_kept_without_its_sign(cell, kept):
    assert RATE.read(cell) == kept


def test_a_percentage_is_shown_with_its_sign_and_told_as_what_it_is():
    assert (RATE.shown("45.2"), RATE.shown(None), RATE.typed("45.2")) == ("45.20%", "", "45.2")
    assert column_from(RATE.told()).shown("45.2") == "45.20%"


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (0.4523, "要写百分数，如“45.2”，不写小数“0.452”。"),
        ("1200", "不能大于1000%。"),
        ("-3%", "不能小于0。"),
        ("过半", "要写数字，如“1200”或“1,200.50”，不写单位。"),
    ],
)
def test_what_is_no_percentage_is_refused(cell, sentence):
    assert refusal(RATE, cell) == sentence


@pytest.mark.parametrize(
    ("cell", "kept"),
    [(20502.0, "20502"), ("２０５０２", "20502"), ("1.1.", "1.1"), (" 2050203 ", "2050203")],
)
def test_a_code_is_kept_in_plain_figures(cell, kept):
    assert CODE.read(cell) == kept


def test_a_code_in_chinese_numerals_is_refused():
    assert refusal(CODE, "（一）") == "要写数字编码，如“205”“20502”，或“1”“1.1”“1.1.1”。"


def test_a_supplier_is_an_organisation_by_its_full_name():
    assert SUPPLIER.read("云和县城关粮油有限公司") == "云和县城关粮油有限公司"
    assert "单位全称" in refusal(SUPPLIER, "王五")
    assert "证件号码" in refusal(SUPPLIER, "王五粮油店92331125MA2E1234567890123456")


def test_ten_thousand_yuan_are_kept_to_the_cent_and_shown_no_longer_than_need_be():
    column = money("amount", "金额")
    assert column.read("1,234.567891") == "1234.567891"
    assert [column.shown(value) for value in ("1234", "1234.5", "1234.5678", "1200000")] == [
        "1,234",
        "1,234.50",
        "1,234.5678",
        "1,200,000",
    ]


@pytest.mark.parametrize("period", PERIODS)
def test_periods_follow_each_other_without_a_gap(period):
    first, last = span(period)
    assert first < last
    if "autumn" not in period and "spring" not in period:
        assert span(following(period))[0] == last + timedelta(days=1)
    assert period < following(period)  # kept as text that sorts by time


@given(part=st.integers(0, 10**7), whole=st.integers(1, 10**7))
def test_a_rate_as_a_calculator_shows_it_is_taken(part, whole):
    rate = (Decimal(100) * part / whole).quantize(Decimal("0.01"))
    if 1 < rate <= 1000:
        assert Decimal(str(RATE.read(f"{rate}%"))) == rate
