"""Purchases, tenders and contracts: each rule refuses with its sentence at its place."""

import pytest

from disclosures.kinds import KINDS
from tests.disclosures.kinds.tables import said

CASES = {
    "a price above the budget": (
        "purchases",
        {"rows": {1: {"amount": "218,000"}}, "header": {"total": "632,880"}},
        ["1 成交金额：大于“预算金额”，请核对。"],
    ),
    "a supplier's short name": (
        "purchases",
        {"rows": {1: {"supplier": "张三"}}},
        ["1 供应商：要写单位全称，与营业执照一致，不写简称和个人姓名。"],
    ),
    "a supplier with an identity number": (
        "purchases",
        {"rows": {1: {"supplier": "王某 330101199001011234"}}},
        ["1 供应商：只写单位名称，不写证件号码和账号。"],
    ),
    "an award in the future": (
        "purchases",
        {"rows": {1: {"awarded_on": "2099-01-01"}}},
        ["1 成交日期：日期还没有到，请核对。"],
    ),
    "an amount of nothing": (
        "purchases",
        {"rows": {1: {"amount": "0"}}, "header": {"total": "414,880"}},
        ["1 成交金额：要大于0，请核对。"],
    ),
    "an unknown method": (
        "purchases",
        {"rows": {1: {"method": "直接买"}}},
        [
            (
                "1 采购方式：只能填写：公开招标、邀请招标、竞争性谈判、竞争性磋商、"
                "询价、单一来源、框架协议采购、电子卖场采购、自行采购。"
            ),
        ],
    ),
    "no telephone for complaints": (
        "purchases",
        {"header": {"supervision_phone": ""}},
        ["表头 监督电话：这一格必须填写。"],
    ),
    "a purchase comes twice": (
        "purchases",
        {"rows": {2: {"number": "YHCG-2026-018", "item": "学生课桌椅"}}},
        ["2 采购内容：与第1行重复，请删去其中一行。"],
    ),
    "an amount that is not quantity by price": (
        "food_purchases",
        {"rows": {1: {"price": "5.7"}}},
        ["1 金额：应为18,240（数量 × 单价）。"],
    ),
    "a price above the market's": (
        "food_purchases",
        {"rows": {3: {"price": "2.8", "amount": "7,000"}}, "header": {"total": "48,920"}},
        ["3 单价：大于“同期市场价”。请核对；确实超出的，在“备注”里写明原因。"],
    ),
    "a quantity of nothing": (
        "food_purchases",
        {"rows": {3: {"quantity": "0", "amount": "0"}}, "header": {"total": "41,920"}},
        ["3 数量：要大于0，请核对。"],
    ),
    "candidates posted for two days": (
        "tender_candidates",
        {"header": {"ends_on": "2026-05-14"}},
        ["表头 公示结束：公示期不得少于3日。"],
    ),
    "candidates posted four days after the report": (
        "tender_candidates",
        {"header": {"starts_on": "2026-05-15", "ends_on": "2026-05-19"}},
        ["表头 公示开始：应在收到评标报告3日内开始公示。"],
    ),
    "a report before the opening of bids": (
        "tender_candidates",
        {"header": {"opened_on": "2026-05-12"}},
        ["表头 收到评标报告日期：早于“开标日期”，请核对。"],
    ),
    "four candidates": (
        "tender_candidates",
        {"rows": {3: {"rank": "4"}}},
        ["3 排名：中标候选人不超过3个。"],
    ),
    "a rank comes twice": (
        "tender_candidates",
        {"rows": {3: {"rank": "2"}}},
        ["3 排名：与第2行重复，请删去其中一行。"],
    ),
    "a bid above the limit": (
        "tender_candidates",
        {"rows": {1: {"price": "1,900,000"}}},
        ["1 投标报价：大于“最高投标限价”，请核对。"],
    ),
    "a leader's telephone": (
        "tender_candidates",
        {"rows": {1: {"leader": "陈建国13800138000"}}},
        ["1 项目负责人：姓名里有数字。这一列只写姓名，不写证件号码、学号或电话。"],
    ),
    "a bidder comes twice": (
        "tender_candidates",
        {"rows": {2: {"bidder": "丽水市宏图建设有限公司"}}},
        ["2 中标候选人名称：与第1行重复，请删去其中一行。"],
    ),
    "single source posted for four days": (
        "single_source",
        {"header": {"ends_on": "2026-05-16"}},
        ["表头 公示结束：公示期不得少于5个工作日。"],
    ),
    "single source without a reason": (
        "single_source",
        {"rows": {1: {"reason": ""}}},
        ["1 采用单一来源的理由：这一格必须填写。"],
    ),
    "a contract signed after its end": (
        "contracts",
        {"rows": {1: {"signed_on": "2026-09-01"}}},
        ["1 履行结束：早于“签订日期”，请核对。"],
    ),
    "a contract that ends before it starts": (
        "contracts",
        {"rows": {1: {"starts_on": "2026-09-01"}}},
        ["1 履行结束：早于“履行开始”，请核对。"],
    ),
    "a contract comes twice": (
        "contracts",
        {"rows": {2: {"contract": "YHHT-2026-012"}}},
        ["2 合同编号：与第1行重复，请删去其中一行。"],
    ),
    "candidates posted before the report": (
        "tender_candidates",
        {"header": {"starts_on": "2026-05-10"}},
        ["表头 公示开始：早于“收到评标报告日期”，请核对。"],
    ),
    "a bid of nothing": (
        "tender_candidates",
        {"rows": {3: {"price": "0"}}},
        ["3 投标报价：要大于0，请核对。"],
    ),
    "a rank left out": (
        "tender_candidates",
        {"without": {2}},
        ["2 排名：排名要从1开始，不能跳号。"],
    ),
    "single source that ends before it starts": (
        "single_source",
        {"header": {"starts_on": "2026-06-12"}},
        ["表头 公示结束：早于“公示开始”，请核对。", "表头 公示结束：公示期不得少于5个工作日。"],
    ),
    "single source for nothing": (
        "single_source",
        {"rows": {1: {"budget": "0"}}},
        ["1 预算金额：要大于0，请核对。"],
    ),
    "a contract for nothing": (
        "contracts",
        {"rows": {1: {"amount": "0"}}, "header": {"total": "386,400"}},
        ["1 合同金额：要大于0，请核对。"],
    ),
}


@pytest.mark.parametrize("claim", CASES)
def test_what_is_wrong_is_told_at_its_place(claim):
    kind, changes, told = CASES[claim]
    assert said(KINDS[kind], **changes) == told
