"""Two tables beside each other: rows that came, went and changed, in the order of the new one."""

from disclosures.kinds.fees import FEES
from disclosures.kinds.finance.budgets import BUDGET
from disclosures.sheets.comparing import CellChange, RowChange, compare, differences
from disclosures.sheets.table import Row
from tests.disclosures.typed_tables import fee, fees


def told(changes):
    return [(change.how, change.row, change.name) for change in changes]


def test_equal_tables_do_not_differ():
    old, new = (fees(("作业本费", "12.5"), ("校服费", "180")) for _each in range(2))
    assert differences(FEES, old, new) == [] and not compare(FEES, old, new)


def test_a_row_is_known_by_its_name_though_its_id_is_new():
    old, new = fees(("校服费", "1180")), fees(("餐费", "9"), ("校服费", "1200.5"))
    assert differences(FEES, old, new)[1] == RowChange(
        "changed", 2, "校服费 · 全体学生", [CellChange("收费标准", "1,180", "1,200.50")]
    )


def test_a_row_is_known_by_its_id_though_it_has_another_name():
    old = fees(("作业本费", "12.5"), ("校服费", "180"))
    new = FEES.table(old.header, [Row(fee("校服费", "12.5"), id=old.rows[0].id)])
    assert told(differences(FEES, old, new)) == [
        ("changed", 1, "校服费 · 全体学生"),
        ("removed", 2, "校服费 · 全体学生"),
    ]


def test_changes_come_in_the_order_of_the_new_table_and_removed_rows_where_they_stood():
    old = fees(("甲", "1"), ("乙", "1"), ("丙", "1"), ("丁", "1"))
    new = fees(("丙", "2"), ("新", "1"), ("乙", "1"))
    assert [(change.how, change.name[0]) for change in differences(FEES, old, new)] == [
        ("removed", "甲"),
        ("changed", "丙"),
        ("removed", "丁"),
        ("added", "新"),
    ]


def test_only_another_order_is_said_and_no_row():
    old, new = fees(("甲", "1"), ("乙", "2")), fees(("乙", "2"), ("甲", "1"))
    found = compare(FEES, old, new)
    assert (found.header, found.rows, found.is_reordered) == ([], [], True) and found


def test_the_header_is_compared_as_readers_see_it():
    old, new = fees(("甲", "1")), fees(("甲", "1"), period="2026-spring")
    assert compare(FEES, old, new).header == [
        CellChange("学期", "2026—2027学年第一学期", "2026—2027学年第二学期")
    ]


def test_a_table_that_came_or_went_differs_in_every_row():
    table = fees(("甲", "1"), ("乙", "2"))
    assert compare(FEES, None, table).counts == {"added": 2, "changed": 0, "removed": 0}
    assert compare(FEES, table, None).counts == {"added": 0, "changed": 0, "removed": 2}


def test_columns_the_kind_has_given_up_are_still_told():
    old = BUDGET.table({"period": "2025"}, [Row({"side": "income", "code": "1", "item": "拨款"})])
    new = FEES.table({}, [])
    assert [cell.column for cell in differences(FEES, old, new)[0].cells] == [
        "收费项目",
        "收支",
        "科目编码",
    ]


def test_ten_thousand_rows_are_compared_without_looking_at_each_pair():
    old = fees(*((f"项目{n}", "1") for n in range(10_000)))
    new = fees(*((f"项目{n}", "2") for n in reversed(range(10_000))))
    assert compare(FEES, old, new).counts == {"added": 0, "changed": 10_000, "removed": 0}


def test_a_line_of_accounts_is_called_by_its_code_and_what_it_stands_for():
    old, new = BUDGET.example(), BUDGET.example()
    new.rows[1].values["amount"] = "160"
    assert told(differences(BUDGET, old, new)) == [("changed", 2, "收入 · 2 · 事业收入")]
