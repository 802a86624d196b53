"""Rules between the cells of a table: what breaks them is found at its place."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.sheets import checks
from disclosures.sheets.columns import Amount, Choice, Day, Text
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Row
from portal.ledger.moments import today

COLUMNS = (
    Text("code", "编码"),
    Amount("amount", "金额", least=None),
    Amount("spent", "支出"),
    Choice("nature", "性质", choices=(("a", "甲"), ("b", "乙"))),
    Text("basis", "依据"),
    Day("from", "起"),
    Day("to", "止"),
)


def faults(check, *rows, header=None):
    kind = Kind("tried", "试", (Amount("total", "合计"),), COLUMNS, checks=(check,))
    placed = [Row(values, place=place) for place, values in enumerate(rows, start=3)]
    found = kind.faults(kind.table(header or {}, placed))
    return [(fault.row, fault.column, fault.sentence) for fault in found]


def test_an_empty_table_says_so():
    assert faults(checks.once("code")) == [(None, "", "表里没有数据，请至少填写一行。")]


def test_a_second_row_of_the_same_name_is_found():
    found = faults(checks.once("code"), {"code": "1"}, {"code": "2"}, {"code": "1"})
    assert found == [(5, "编码", "与第3行重复，请删去其中一行。")]


@pytest.mark.parametrize("codes", [("1", "1.1", "1.2"), ("205", "20501", "20502")])
def test_a_line_that_is_not_the_sum_of_those_beneath_it_is_named_with_the_difference(codes):
    rows = [
        {"code": code, "amount": amount}
        for code, amount in zip(codes, ("100", "60", "30.5"), strict=True)
    ]
    sentence = f"“{codes[0]}”与它下面各行之和不符：表里是100，各项相加是90.50，相差9.50。"
    assert faults(checks.tree("code", "amount"), *rows) == [(3, "金额", sentence)]
    rows[2]["amount"] = "40"
    assert faults(checks.tree("code", "amount"), *rows) == []


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), min_size=1, max_size=5))
def test_a_tree_that_adds_up_is_sound_and_one_changed_leaf_is_found(branches):
    rows = []
    for number, leaves in enumerate(branches, start=1):
        rows.append({"code": f"{number}", "amount": str(sum(leaves))})
        rows += [
            {"code": f"{number}.{at}", "amount": str(leaf)} for at, leaf in enumerate(leaves, 1)
        ]
    assert faults(checks.tree("code", "amount"), *rows) == []
    rows[-1]["amount"] = str(int(rows[-1]["amount"]) + 7)
    (found,) = faults(checks.tree("code", "amount"), *rows)
    assert found[2].endswith("相差7。")


def test_a_row_s_total_and_the_header_s_are_checked():
    row = {"amount": "100", "spent": "90"}
    assert faults(checks.sums("amount", "spent"), row)[0][:2] == (3, "金额")
    found = faults(checks.header_total("total", "amount"), row, header={"total": "101"})
    assert found == [(None, "合计", "合计不符：表里是101，各项相加是100，相差1。")]


def test_the_header_s_total_counts_the_uppermost_lines_once():
    rows = [{"code": "1", "amount": "5"}, {"code": "1.1", "amount": "5"}]
    check = checks.header_total("total", "amount", code="code")
    assert faults(check, *rows, header={"total": "5"}) == []


def test_days_out_of_order_and_over_are_found():
    row = {"from": "2026-09-02", "to": "2026-09-01"}
    assert faults(checks.in_order("from", "to"), row) == [(3, "止", "早于“起”，请核对。")]
    past = {"to": (today() - timedelta(days=1)).isoformat()}
    assert faults(checks.still_valid("to"), past)[0][:2] == (3, "止")
    assert faults(checks.still_valid("to"), {"to": today().isoformat()}) == []


def test_what_a_choice_demands_is_asked_for():
    check = checks.needs("basis", when="nature", among=("a",))
    found = faults(check, {"nature": "a"}, {"nature": "b"})
    assert found == [(3, "依据", "“性质”是“甲”时，这一格必须填写。")]


def test_a_part_is_not_more_than_the_whole():
    assert faults(checks.at_most("spent", "amount"), {"amount": "5", "spent": "6"})[0][:2] == (
        3,
        "支出",
    )


def test_depth_in_a_tree_follows_dots_or_digits():
    codes = {"205", "20502", "2050201", "1", "1.1"}
    assert [checks.depth(code, codes) for code in ("205", "20502", "2050201", "1.1")] == [
        0,
        1,
        2,
        1,
    ]
    assert Decimal(0) == checks.number(Row({}), "amount")
