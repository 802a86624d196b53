"""Last period's table as the next one's: what moves, and what stays."""

import pytest

from disclosures.kinds import KINDS
from disclosures.kinds.fees import FEES
from disclosures.kinds.finance.budgets import BUDGET
from disclosures.sheets.rolling import period_in, retold, rolled, words
from disclosures.sheets.table import Row
from tests.disclosures.typed_tables import fee, fees


@pytest.mark.parametrize(
    ("text", "period", "then"),
    [
        ("2026年秋季学期收费公示", "2026-autumn", "2027年春季学期收费公示"),
        ("2026—2027学年第一学期收费", "2026-autumn", "2026—2027学年第二学期收费"),
        ("2025-2026学年度第二学期收费", "2025-spring", "2026-2027学年度第一学期收费"),
        ("2026学年第2学期（2027年春季）", "2026-spring", "2027学年第1学期（2027年秋季）"),
        ("2026年度预算", "2026", "2027年度预算"),
        ("2026年第三季度、2026年3季度", "2026-Q3", "2026年第四季度、2026年4季度"),
        ("2026年12月食堂收支", "2026-12", "2027年1月食堂收支"),
        ("2026年1月、2026年11月", "2026-01", "2026年2月、2026年11月"),
        ("2026年08月", "2026-08", "2026年09月"),
        ("12026年度", "2026", "12026年度"),
        ("校历", "", "校历"),
    ],
)
def test_every_way_of_saying_the_period_is_moved(text, period, then):
    assert retold(text, period) == then


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2027年春季学期收费公示", "2026-spring"),
        ("2026~2027学年第2学期收费公示", "2026-spring"),
        ("2026年三季度执行情况", "2026-Q3"),
        ("2026年第3季度执行情况", "2026-Q3"),
        ("2026年9月食堂收支", "2026-09"),
        ("2026年13月", "2026"),
        ("2026年度预算", "2026"),
        ("校历", ""),
    ],
)
def test_a_title_says_its_period(title, period):
    assert period_in(title) == period


def test_all_periods_of_a_kind_are_said_in_the_same_ways():
    for some in (("2026-autumn", "2026-spring"), ("2026-Q1", "2026-Q4"), ("2026", "2027")):
        first, second = ([len(words(each)) for each in some], len(words(some[0])))
        assert set(first) == {second}


@pytest.mark.parametrize(
    ("period", "day", "then"),
    [
        ("2026-autumn", "2026-09-01", "2027-03-01"),
        ("2026-autumn", "2027-01-31", "2027-07-31"),
        ("2026-autumn", "2026-08-31", "2027-02-28"),
        ("2026-autumn", "2027-02-01", "2027-02-01"),
        ("2026-autumn", "2026-07-31", "2026-07-31"),
        ("2026-spring", "2027-02-28", "2027-08-31"),
        ("2026-spring", "2027-07-15", "2028-01-15"),
    ],
)
def test_days_of_the_old_term_move_by_half_a_year_and_others_stay(period, day, then):
    table = FEES.table({"period": period}, [Row(fee("校服费", "1", valid_from=day))])
    assert rolled(FEES, table).rows[0]["valid_from"] == then


def test_a_year_moves_by_a_year_in_the_header_too():
    table = BUDGET.table({"period": "2024", "approved_on": "2024-02-29"}, [])
    assert rolled(BUDGET, table).header == {"period": "2025", "approved_on": "2025-02-28"}


def test_the_earlier_amounts_are_those_of_the_period_before():
    kind = BUDGET
    table = kind.table({"period": "2026"}, [Row({"code": "1", "amount": "12", "earlier": "10"})])
    row = rolled(kind, table).rows[0]
    assert (row["amount"], row["earlier"], row.id) == ("12", "12", table.rows[0].id)
    assert table.rows[0]["earlier"] == "10"


def test_a_table_taken_afresh_has_rows_of_its_own():
    table = fees(("校服费", "1"))
    other = table.afresh()
    assert [row.values for row in other.rows] == [row.values for row in table.rows]
    assert other.rows[0].id != table.rows[0].id


@pytest.mark.parametrize("key", KINDS)
def test_what_a_kind_rolls_are_columns_of_its_own_of_one_type(key):
    kind = KINDS[key]
    for to, source in kind.rolls:
        [columns] = [
            {column.name: column for column in columns}
            for columns in (kind.header, kind.columns)
            if to in {column.name for column in columns}
        ]
        assert columns[to].type == columns[source].type


def test_this_month_s_balance_is_what_the_next_begins_with():
    kind = KINDS["canteen"]
    table = kind.table({"period": "2026-12", "opening": "1", "closing": "7"}, [])
    header = rolled(kind, table).header
    assert (header["period"], header["opening"], header["closing"]) == ("2027-01", "7", "7")
