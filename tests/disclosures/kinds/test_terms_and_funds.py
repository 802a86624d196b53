"""Terms, expenses, meals and funds: each rule refuses with its sentence at its place."""

import pytest

from disclosures.kinds import KINDS
from tests.disclosures.kinds.tables import said

CASES = {
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
    "a month's food above the year so far": (
        "canteen",
        {"rows": {3: {"cumulative": "50,000"}}},
        ["3 本月金额：大于“本年累计”，请核对。"],
    ),
    "the year's first month of meals is the year so far": (
        "canteen",
        {
            "header": {"period": "2026年1月"},
            "rows": {
                2: {"cumulative": ""},
                3: {"cumulative": ""},
                4: {"cumulative": ""},
                5: {"cumulative": ""},
                6: {"cumulative": ""},
                7: {"cumulative": ""},
                8: {"cumulative": ""},
            },
        },
        ["1 本年累计：第一期的累计数应等于“本月金额”。"],
    ),
}


@pytest.mark.parametrize("claim", CASES)
def test_what_is_wrong_is_told_at_its_place(claim):
    kind, changes, told = CASES[claim]
    assert said(KINDS[kind], **changes) == told
