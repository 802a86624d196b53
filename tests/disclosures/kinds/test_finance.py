"""Budgets, accounts, balances: each rule refuses at its place; [] is what only looks wrong."""

import pytest

from disclosures.kinds import KINDS
from tests.disclosures.kinds.tables import said

CASES = {
    "a line differs from the lines beneath it": (
        "budget",
        {"rows": {3: {"amount": "1,990"}}},
        [
            "3 本年预算数：合计不符：表里是1,990，各项相加是1,985.50，相差4.50。",
            (
                "3 本年预算数：“205”与它下面各行之和不符：表里是1,990，各项相加是1,985.50，"
                "相差4.50。"
            ),
            "表头 支出合计：合计不符：表里是2,468.50，各项相加是2,473，相差4.50。",
        ],
    ),
    "a line in the middle differs upward and downward": (
        "budget",
        {"rows": {4: {"amount": "1,975.5", "basic": "1,640"}, 5: {}}},
        [
            (
                "3 本年预算数：“205”与它下面各行之和不符：表里是1,985.50，各项相加是1,975.50，"
                "相差10。"
            ),
            "3 基本支出：“205”与它下面各行之和不符：表里是1,650，各项相加是1,640，相差10。",
            (
                "4 本年预算数：“20502”与它下面各行之和不符：表里是1,975.50，各项相加是1,985.50，"
                "相差10。"
            ),
            "4 基本支出：“20502”与它下面各行之和不符：表里是1,640，各项相加是1,650，相差10。",
        ],
    ),
    "basic and project come to less than the amount": (
        "budget",
        {"rows": {6: {"basic": "300"}}},
        ["6 本年预算数：合计不符：表里是310，各项相加是300，相差10。"],
    ),
    "a header total differs from its lines": (
        "budget",
        {"header": {"income_total": "2,468"}},
        ["表头 收入合计：合计不符：表里是2,468，各项相加是2,468.50，相差0.50。"],
    ),
    "yuan and wan are mixed": (
        "budget",
        {"header": {"income_total": "24,685,000"}},
        [
            (
                "表头 收入合计：合计不符：表里是24,685,000，各项相加是2,468.50，"
                "相差24,682,531.50。看来一处写的是元，一处写的是万元。"
            ),
        ],
    ),
    "a budget was approved two years before": (
        "budget",
        {"header": {"approved_on": "2024-02-12"}},
        ["表头 批复日期：2024年2月12日与这张表所属的“2026年”不相称，请核对。"],
    ),
    "a budget was approved in the future": (
        "budget",
        {"header": {"approved_on": "2099-02-12"}},
        [
            "表头 批复日期：2099年2月12日与这张表所属的“2026年”不相称，请核对。",
            "表头 批复日期：日期还没有到，请核对。",
        ],
    ),
    "the day of approval is missing": (
        "budget",
        {"header": {"approved_on": ""}},
        ["表头 批复日期：这一格必须填写。"],
    ),
    "the header is told before sums": (
        "budget",
        {"header": {"approved_on": "二月"}, "rows": {3: {"amount": "1,990"}}},
        ["表头 批复日期：要写日期，如“2026-09-01”或“2026年9月1日”。"],
    ),
    "an amount is negative": (
        "budget",
        {"rows": {6: {"amount": "-310"}}},
        ["6 本年预算数：不能小于0。"],
    ),
    "an amount is no number": (
        "budget",
        {"rows": {6: {"amount": "三百一十"}}},
        ["6 本年预算数：要写数字，如“1200”或“1,200.50”，不写单位。"],
    ),
    "a code is a Chinese numeral": (
        "budget",
        {"rows": {6: {"code": "二"}}},
        ["6 科目编码：要写数字编码，如“205”“20502”，或“1”“1.1”“1.1.1”。"],
    ),
    "a side is unknown": (
        "budget",
        {"rows": {6: {"side": "往来"}}},
        ["6 收支：只能填写：收入、支出。"],
    ),
    "a code comes twice": (
        "budget",
        {"rows": {7: {"code": "208"}}},
        ["7 科目编码：与第6行重复，请删去其中一行。"],
    ),
    "the figures were typed in another unit": (
        "budget",
        {"rows": {1: {"amount": "23,100,000"}}, "header": {"income_total": "23,100,158.5"}},
        [
            "1 本年预算数：按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。",
            "表头 上年预算数：与“本年预算数”相差一千倍以上，请核对两列是不是用同一个金额单位。",
        ],
    ),
    "the earlier year was typed in another unit": (
        "budget",
        {"rows": {1: {"earlier": "21,900,000"}, 2: {"earlier": "1,500,000"}}},
        [
            "1 上年预算数：按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。",
            "表头 上年预算数：与“本年预算数”相差一千倍以上，请核对两列是不是用同一个金额单位。",
        ],
    ),
    "an account was approved before its year": (
        "account",
        {"header": {"approved_on": "2024-12-30"}},
        ["表头 批复日期：2024年12月30日与这张表所属的“2025年”不相称，请核对。"],
    ),
    "a rate rounded to fewer decimals": ("account", {"rows": {3: {"rate": "99.8"}}}, []),
    "a rate typed as a fraction": (
        "account",
        {"rows": {3: {"rate": "0.9981"}}},
        ["3 完成率：要写百分数，如“45.2”，不写小数“0.452”。"],
    ),
    "more was spent than planned and nobody says why": (
        "account",
        {"rows": {5: {"note": ""}}},
        ["5 决算数：大于“预算数”。请核对；确实超出的，在“备注”里写明原因。"],
    ),
    "an account's line differs from the line beneath it": (
        "account",
        {"rows": {4: {"amount": "1,880.4", "rate": ""}}},
        ["3 决算数：“205”与它下面各行之和不符：表里是1,886.40，各项相加是1,880.40，相差6。"],
    ),
    "a rate of execution typed as a fraction": (
        "execution",
        {"rows": {4: {"rate": "0.7486"}}},
        ["4 执行率：要写百分数，如“45.2”，不写小数“0.452”。"],
    ),
    "a quarter is more than the year so far": (
        "execution",
        {"rows": {4: {"quarter": "143.5"}}, "header": {"quarter_total": "702.3"}},
        ["4 本季支出：大于“累计支出”，请核对。"],
    ),
    "the year so far is more than the budget": (
        "execution",
        {
            "rows": {4: {"cumulative": "180", "rate": "104.05"}},
            "header": {"cumulative_total": "1,863.4"},
        },
        ["4 累计支出：大于“全年预算数”。请核对；确实超出的，在“备注”里写明原因。"],
    ),
    "in the first quarter the year so far is the quarter": (
        "execution",
        {"header": {"period": "2026年第1季度"}},
        [
            "1 累计支出：第一期的累计数应等于“本季支出”。",
            "2 累计支出：第一期的累计数应等于“本季支出”。",
            "3 累计支出：第一期的累计数应等于“本季支出”。",
            "4 累计支出：第一期的累计数应等于“本季支出”。",
        ],
    ),
    "the rate is missing": (
        "execution",
        {"rows": {4: {"rate": ""}}},
        ["4 执行率：这一格必须填写。"],
    ),
    "assets are not liabilities and net assets": (
        "balance_sheet",
        {"header": {"net_total": "4,640"}},
        [
            (
                "表头 资产总计：应为“负债合计 + 净资产合计”：表里是4,862.30，各项相加是4,854.80，"
                "相差7.50。"
            ),
            "表头 净资产合计：合计不符：表里是4,640，各项相加是4,647.50，相差7.50。",
        ],
    ),
    "the opening figures do not balance": (
        "balance_sheet",
        {"rows": {7: {"opening": "61.4"}}},
        [
            (
                "表头 年初数：“资产”应等于“负债”与“净资产”之和：表里是4,882.60，"
                "各项相加是4,883.60，相差1。"
            ),
        ],
    ),
    "depreciation was changed alone": (
        "balance_sheet",
        {"rows": {4: {"closing": "6,268"}}},
        ["3 期末数：“16”与它下面各行之和不符：表里是4,760，各项相加是4,770，相差10。"],
    ),
    "a rate with two digits exchanged": (
        "account",
        {"rows": {3: {"rate": "99.18%"}}},
        ["3 完成率：按“决算数”和“预算数”算，应为99.81%。"],
    ),
    "a total of the year so far that does not add up": (
        "execution",
        {"rows": {1: {"cumulative": "1,450"}}, "header": {"cumulative_total": "1,812"}},
        [
            "1 执行率：按“累计支出”和“全年预算数”算，应为73.03%。",
            "1 累计支出：“205”与它下面各行之和不符：表里是1,450，各项相加是1,450.90，相差0.90。",
        ],
    ),
    "a rate that does not follow": (
        "execution",
        {"rows": {4: {"rate": "80%"}}},
        ["4 执行率：按“累计支出”和“全年预算数”算，应为74.86%。"],
    ),
    "an enterprise whose assets are not debts and equity": (
        "enterprises",
        {"rows": {1: {"liabilities": "1,800"}}},
        ["1 资产总额：合计不符：表里是6,800，各项相加是6,700，相差100。"],
    ),
    "an enterprise's rate that does not follow": (
        "enterprises",
        {"rows": {2: {"rate": "103.05"}}},
        ["2 保值增值率：按“所有者权益”和“年初所有者权益”算，应为97.04%。"],
    ),
    "a rate of one hundred percent typed as one": (
        "account",
        {"rows": {6: {"rate": "1"}}},
        ["6 完成率：按“决算数”和“预算数”算，应为100%。要写百分数，如“45.2”，不写小数“0.452”。"],
    ),
    "the income was planned in another unit": (
        "account",
        {"rows": {1: {"budget": "21,900,000"}}},
        [
            "1 预算数：按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。",
            "表头 预算数：与“决算数”相差一千倍以上，请核对两列是不是用同一个金额单位。",
        ],
    ),
    "the spending was planned in another unit": (
        "account",
        {"rows": {6: {"budget": "16,000,000", "rate": "0"}}},
        [
            "6 预算数：按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。",
            "表头 预算数：与“决算数”相差一千倍以上，请核对两列是不是用同一个金额单位。",
        ],
    ),
    "the opening figures are in another unit": (
        "balance_sheet",
        {"rows": {2: {"opening": "8,200,000"}}},
        [
            "2 年初数：按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。",
            (
                "表头 年初数：“资产”应等于“负债”与“净资产”之和：表里是8,204,874.40，"
                "各项相加是4,882.60，相差8,199,991.80。"
            ),
            "表头 年初数：与“期末数”相差一千倍以上，请核对两列是不是用同一个金额单位。",
        ],
    ),
    "a budget approved in the last days of the year before": (
        "budget",
        {"header": {"approved_on": "2025-12-28"}},
        [],
    ),
    "the same codes on both sides are two trees": ("budget", {"rows": {2: {"code": "20502"}}}, []),
}


@pytest.mark.parametrize("claim", CASES)
def test_what_is_wrong_is_told_at_its_place(claim):
    kind, changes, told = CASES[claim]
    assert said(KINDS[kind], **changes) == told
