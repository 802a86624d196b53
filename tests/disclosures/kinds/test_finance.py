"""Money: each rule refuses with its sentence at its place; [] is what only looks wrong."""

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
    "the term's accounts were closed in another term": (
        "term_statement",
        {"header": {"closed_on": "2026-01-10"}},
        ["表头 结账日期：日期不在“2025—2026学年第二学期”之内，请核对。"],
    ),
    "what is left does not follow": (
        "term_statement",
        {"header": {"closing": "118,000"}},
        [
            (
                "表头 期末结余：应为“期初结余 + 收入合计 - 支出合计”：表里是118,000，"
                "各项相加是118,025.50，相差25.50。"
            ),
        ],
    ),
    "a category of spending among the income": (
        "term_statement",
        {"rows": {1: {"category": "公用经费"}}},
        ["1 类别：“收入”的类别只能是：财政拨款、收费收入、代收费、捐赠收入、其他收入。"],
    ),
    "an item comes twice": (
        "term_statement",
        {"rows": {2: {"item": "人员经费拨款"}}},
        ["2 项目：与第1行重复，请删去其中一行。"],
    ),
    "the lowest is more than the highest": (
        "performance_pay",
        {"rows": {3: {"lowest": "5,000"}}},
        ["3 最低：大于“最高”，请核对。", "3 金额：人均4,000，不在“最低”和“最高”之间，请核对。"],
    ),
    "what each gets is beyond the highest": (
        "performance_pay",
        {"rows": {3: {"highest": "3,900", "lowest": "3,000"}}},
        ["3 金额：人均4,000，不在“最低”和“最高”之间，请核对。"],
    ),
    "pay differs from its total by one": (
        "performance_pay",
        {"header": {"total": "1,216,001"}},
        ["表头 分配总额：合计不符：表里是1,216,001，各项相加是1,216,000，相差1。"],
    ),
    "pay was voted in another term": (
        "performance_pay",
        {"header": {"voted_on": "2025-06-18"}},
        ["表头 教代会表决日期：日期不在“2025—2026学年第二学期”之内，请核对。"],
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
    "a reception without the number of occasions": (
        "public_expenses",
        {"rows": {2: {"times": ""}}},
        ["2 批次：有“公务接待费”支出时，这一格必须填写。"],
    ),
    "all expenses were taken for public ones": (
        "public_expenses",
        {"header": {"public_total": "105,286"}},
        ["表头 三公经费累计：合计不符：表里是105,286，各项相加是32,370，相差72,916。"],
    ),
    "travel over its budget": (
        "public_expenses",
        {"rows": {4: {"cumulative": "31,000"}}, "header": {"total": "115,286"}},
        ["4 累计支出：大于“全年预算数”。请核对；确实超出的，在“备注”里写明原因。"],
    ),
    "an unknown kind of expense": (
        "public_expenses",
        {"rows": {4: {"category": "差旅报销"}}},
        [
            (
                "4 经费类别：只能填写：因公出国（境）费、公务用车购置费、公务用车运行维护费、"
                "公务接待费、会议费、培训费、差旅费。"
            ),
        ],
    ),
    "what is left has the wrong sign": (
        "canteen",
        {"header": {"closing": "-16,962.4"}},
        [
            (
                "表头 期末结余：应为“期初结余 + 收入合计 - 支出合计”：表里是-16,962.40，"
                "各项相加是16,962.40，相差33,924.80。"
            ),
        ],
    ),
    "a cent too much": (
        "canteen",
        {"rows": {3: {"amount": "52,310.6"}}},
        ["表头 支出合计：合计不符：表里是328,270，各项相加是328,270.10，相差0.10。"],
    ),
    "meals are not pupils by standard by days": (
        "nutrition",
        {"rows": {1: {"amount": "114,100"}}, "header": {"spent": "269,400", "closing": "13,800"}},
        ["1 支出金额：应为114,000（受益人数 × 补助标准（元/人·天） × 供餐天数）。"],
    ),
    "nutrition is told in wan": (
        "nutrition",
        {"header": {"unit": "万元"}},
        ["表头 金额单位：只能填写：元。"],
    ),
    "the union's accounts were reviewed too early": (
        "union_fund",
        {"header": {"reviewed_on": "2024-01-16"}},
        ["表头 经审日期：2024年1月16日与这张表所属的“2025年”不相称，请核对。"],
    ),
    "a fund is overdrawn": (
        "union_fund",
        {"header": {"opening": "-10,000", "closing": "-7,284"}},
        ["表头 期末结余：结余不能小于0：支出超过了全部可用的钱，请核对。"],
    ),
    "the number of members in words": (
        "party_dues",
        {"header": {"members": "三十八人"}},
        ["表头 党员人数：要写整数，如“45”，不写单位。"],
    ),
    "dues handed up among the income": (
        "party_dues",
        {"rows": {3: {"side": "收入"}}},
        [
            "3 类别：“收入”的类别只能是：党费收缴、上级下拨或返还、利息与其他收入。",
            "表头 收入合计：合计不符：表里是24,934，各项相加是39,534，相差14,600。",
            "表头 支出合计：合计不符：表里是24,100，各项相加是9,500，相差14,600。",
        ],
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
    "training in the quarter above the year so far": (
        "public_expenses",
        {"rows": {3: {"quarter": "61,916"}}},
        ["3 本季支出：大于“累计支出”，请核对。"],
    ),
    "the first quarter of travel alone": (
        "public_expenses",
        {"header": {"period": "2026年第1季度"}, "without": {1, 2, 3}},
        [
            "1 累计支出：第一期的累计数应等于“本季支出”。",
            "表头 三公经费累计：合计不符：表里是32,370，各项相加是0，相差32,370。",
            "表头 累计支出合计：合计不符：表里是105,286，各项相加是21,000，相差84,286。",
        ],
    ),
    "food among the canteen's income": (
        "canteen",
        {"rows": {1: {"category": "食材采购"}}},
        ["1 类别：“收入”的类别只能是：学生伙食费、教职工伙食费、财政补助、其他伙食收入。"],
    ),
    "members' fees among the spending": (
        "union_fund",
        {"rows": {5: {"category": "会费"}}},
        [
            (
                "5 类别：“支出”的类别只能是：职工活动支出、职工慰问支出、维权支出、"
                "业务支出、资本性支出、其他工会支出。"
            ),
        ],
    ),
    "a fund of dues is overdrawn": (
        "party_dues",
        {"header": {"opening": "-1,420", "closing": "-586"}},
        ["表头 期末结余：结余不能小于0：支出超过了全部可用的钱，请核对。"],
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
}


@pytest.mark.parametrize("claim", CASES)
def test_what_is_wrong_is_told_at_its_place(claim):
    kind, changes, told = CASES[claim]
    assert said(KINDS[kind], **changes) == told
