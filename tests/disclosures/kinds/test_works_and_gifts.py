"""Works, assets and gifts: each rule refuses with its sentence at its place."""

import pytest

from disclosures.kinds import KINDS
from tests.disclosures.kinds.tables import said

CASES = {
    "works without progress": (
        "works",
        {"rows": {1: {"progress": ""}}},
        ["1 工程进度：“阶段”是“施工”时，这一格必须填写。"],
    ),
    "accepted works without day and outcome": (
        "works",
        {"rows": {1: {"stage": "验收"}}},
        [
            "1 验收日期：“阶段”是“验收”时，这一格必须填写。",
            "1 验收结论：“阶段”是“验收”时，这一格必须填写。",
            "1 工程进度：“阶段”是“验收”时，应为100%。",
        ],
    ),
    "settled works that are not finished": (
        "works",
        {"rows": {2: {"progress": "95%"}}},
        ["2 工程进度：“阶段”是“结算”时，应为100%。"],
    ),
    "a settlement above what was submitted": (
        "works",
        {"rows": {2: {"settled": "440,000"}}},
        [
            "2 审定金额：大于“送审金额”，请核对。",
            "2 审定金额：大于“合同金额”。请核对；确实超出的，在“备注”里写明原因。",
        ],
    ),
    "a settlement above the contract": (
        "works",
        {"rows": {2: {"settled": "435,000"}}},
        ["2 审定金额：大于“合同金额”。请核对；确实超出的，在“备注”里写明原因。"],
    ),
    "a contract above what was approved": (
        "works",
        {"rows": {2: {"contract": "460,000"}}},
        ["2 合同金额：大于“批准投资”。请核对；确实超出的，在“备注”里写明原因。"],
    ),
    "works accepted before they began": (
        "works",
        {"rows": {2: {"accepted_on": "2026-07-01"}}},
        ["2 验收日期：早于“开工日期”，请核对。"],
    ),
    "more than all is done": (
        "works",
        {"rows": {1: {"progress": "120%"}}},
        ["1 工程进度：不能大于100%。"],
    ),
    "works without approval": (
        "works",
        {"rows": {3: {"document": ""}}},
        ["3 批准文号：这一格必须填写。"],
    ),
    "a net value above the original": (
        "assets",
        {"rows": {1: {"net": "250,000"}}},
        ["1 账面净值：大于“账面原值”，请核对。"],
    ),
    "a letting without tenant and end": (
        "assets",
        {"rows": {1: {"party": "", "ends_on": ""}}},
        [
            "1 去向或承租方：“处置方式”是“出租”时，这一格必须填写。",
            "1 租借结束：“处置方式”是“出租”时，这一格必须填写。",
        ],
    ),
    "a letting of more than five years": (
        "assets",
        {"rows": {1: {"ends_on": "2031-03-02", "note": ""}}},
        ["1 租借结束：期限超过5年。请核对；确经批准的，在备注里写明依据。"],
    ),
    "a letting of five years to the day": (
        "assets",
        {"rows": {1: {"ends_on": "2031-03-01", "note": ""}}},
        [],
    ),
    "a sale without income": (
        "assets",
        {"rows": {2: {"income": ""}}},
        [
            "2 收益：“处置方式”是“出售”时，这一格必须填写。",
            "表头 收益合计：合计不符：表里是38,600，各项相加是36,000，相差2,600。",
        ],
    ),
    "a donor named against their will": (
        "donations",
        {"rows": {2: {"donor": "李明"}}},
        ["2 捐赠人：捐赠人不同意公开名称，这一格要留空，或写“匿名”。"],
    ),
    "a donor who agreed but is not named": (
        "donations",
        {"rows": {1: {"donor": ""}}},
        ["1 捐赠人：捐赠人同意公开名称的，这一格必须填写。"],
    ),
    "a gift used and left that is not the whole": (
        "donations",
        {"rows": {1: {"used": "80,000"}}, "header": {"used_total": "116,000"}},
        ["1 金额或价值：合计不符：表里是100,000，各项相加是103,600，相差3,600。"],
    ),
    "a gift used nobody says for what": (
        "donations",
        {"rows": {1: {"purpose": ""}}},
        ["1 使用去向：填了“已使用”，这一格必须填写。"],
    ),
    "a gift of another year": (
        "donations",
        {"rows": {1: {"received_on": "2026-04-12"}}},
        ["1 接收日期：日期不在“2025年”之内，请核对。"],
    ),
    "more used than given": (
        "donations",
        {"rows": {1: {"used": "110,000"}}, "header": {"used_total": "146,000"}},
        [
            "1 已使用：大于“金额或价值”，请核对。",
            "1 金额或价值：合计不符：表里是100,000，各项相加是133,600，相差33,600。",
        ],
    ),
    "a collection that ends before it starts": (
        "charity",
        {"header": {"ends_on": "2025-10-01"}},
        ["表头 结束日期：早于“开始日期”，请核对。"],
    ),
    "a collection whose rest does not follow": (
        "charity",
        {"header": {"closing": "400"}},
        ["表头 结余：应为“收入合计 - 支出合计”：表里是400，各项相加是460，相差60。"],
    ),
    "a figure with two digits exchanged": (
        "charity",
        {"rows": {2: {"amount": "9,680"}}},
        ["表头 收入合计：合计不符：表里是18,460，各项相加是18,280，相差180。"],
    ),
    "works that are being built by nobody": (
        "works",
        {"rows": {1: {"contractor": "", "contract": "", "started_on": ""}}},
        [
            "1 施工单位：“阶段”是“施工”时，这一格必须填写。",
            "1 合同金额：“阶段”是“施工”时，这一格必须填写。",
            "1 开工日期：“阶段”是“施工”时，这一格必须填写。",
        ],
    ),
    "settled works without the sum": (
        "works",
        {"rows": {2: {"settled": ""}}},
        ["2 审定金额：“阶段”是“结算”时，这一格必须填写。"],
    ),
    "a letting without its first day": (
        "assets",
        {"rows": {1: {"starts_on": ""}}},
        ["1 租借开始：“处置方式”是“出租”时，这一格必须填写。"],
    ),
    "a letting that ends before it starts": (
        "assets",
        {"rows": {1: {"ends_on": "2026-02-28"}}},
        ["1 租借结束：早于“租借开始”，请核对。"],
    ),
    "a gift of nothing": (
        "donations",
        {
            "rows": {2: {"amount": "0", "used": "0", "left": "0"}},
            "header": {"received_total": "100,000", "used_total": "76,400"},
        },
        ["2 金额或价值：要大于0，请核对。"],
    ),
    "nothing collected": (
        "charity",
        {
            "rows": {1: {"amount": "0"}, 3: {"amount": "9,000"}},
            "header": {"income_total": "9,860", "spending_total": "9,000", "closing": "860"},
        },
        ["1 金额：要大于0，请核对。"],
    ),
}


@pytest.mark.parametrize("claim", CASES)
def test_what_is_wrong_is_told_at_its_place(claim):
    kind, changes, told = CASES[claim]
    assert said(KINDS[kind], **changes) == told
