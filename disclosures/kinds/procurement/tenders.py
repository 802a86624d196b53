"""Notices during which one can object: winning candidates, and buying from one source alone."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import NOTE, YUAN, money
from disclosures.kinds.procurement import ranks
from disclosures.kinds.procurement.parties import (
    ENDS,
    NUMBER,
    PURCHASER,
    QUESTIONS,
    STARTS,
    SUPERVISION,
    Organisation,
)
from disclosures.sheets import checks, days, limits
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Amount, Count, Day, Person, Prose, Text
from disclosures.sheets.kind import Kind, examples

CANDIDATES = Kind(
    "tender_candidates",
    _("中标候选人"),
    header=(
        Text(
            "project",
            _("招标项目"),
            is_required=True,
            aliases=("项目名称", "工程名称"),
            example="教学楼抗震加固工程",
        ),
        NUMBER,
        PURCHASER,
        Text(
            "agency", _("招标代理机构"), aliases=("代理机构",), example="浙江正信招标代理有限公司"
        ),
        YUAN,
        money("limit", _("最高投标限价"), "招标控制价", example="1,860,000"),
        Day("opened_on", _("开标日期"), is_required=True, example="2026-05-08"),
        Day(
            "reported_on",
            _("收到评标报告日期"),
            is_required=True,
            aliases=("评标报告日期",),
            help=_("收到之日起3日内必须公示。"),
            example="2026-05-11",
        ),
        STARTS,
        ENDS,
        QUESTIONS,
        SUPERVISION,
    ),
    columns=(
        Text("lot", _("标段"), aliases=("包号", "标项"), longest=40, example="一标段"),
        Count("rank", _("排名"), is_required=True, aliases=("名次", "排序"), most=20, example="1"),
        Organisation(
            "bidder",
            _("中标候选人名称"),
            is_required=True,
            aliases=("中标候选人", "投标单位", "投标人", "单位名称"),
            example="丽水市宏图建设有限公司",
        ),
        money("price", _("投标报价"), "报价", "投标价", is_required=True, example="1,768,300"),
        Amount("score", _("评标得分"), aliases=("得分", "综合得分"), example="92.35"),
        Text("duration", _("工期或交货期"), aliases=("工期", "交货期"), longest=60, example="90天"),
        Text("quality", _("质量"), aliases=("质量标准", "质量承诺"), longest=60, example="合格"),
        Person("leader", _("项目负责人"), aliases=("项目经理",), example="陈建国"),
        Text("certificate", _("证书名称和编号"), longest=80, example="二级建造师 浙233202012345"),
        NOTE,
    ),
    identity=("lot", "bidder"),
    entries=("K12-F08", "HE-18"),
    checks=(
        checks.in_order("opened_on", "reported_on"),
        checks.in_order("reported_on", "starts_on"),
        days.happened("opened_on", "reported_on"),
        days.soon("reported_on", "starts_on", days=3, told=_("应在收到评标报告3日内开始公示。")),
        days.lasts("starts_on", "ends_on", days=3, told=_("公示期不得少于3日。")),
        limits.plausible(),
        checks.once("bidder", "lot"),
        checks.once("rank", "lot"),
        ranks.in_turn("lot", "rank", most=3),
        limits.positive("price"),
        limits.under("price", "limit"),
    ),
    charts=(Chart(_("投标报价"), of="bidder", series=("price",), adds=False),),
    examples=examples(
        "lot rank bidder price score duration quality leader certificate note",
        (
            "一标段",
            "1",
            "丽水市宏图建设有限公司",
            "1,768,300",
            "92.35",
            "90天",
            "合格",
            "陈建国",
            "二级建造师 浙233202012345",
            "",
        ),
        ("一标段", "2", "浙江瓯江建工有限公司", "1,790,600", "90.1", "90天", "合格", "", "", ""),
        ("一标段", "3", "云和县第二建筑有限公司", "1,802,000", "87.46", "95天", "合格", "", "", ""),
    ),
)

SINGLE_SOURCE = Kind(
    "single_source",
    _("单一来源采购"),
    header=(
        PURCHASER,
        YUAN,
        STARTS,
        replace(ENDS, example="2026-05-19"),
        QUESTIONS,
        SUPERVISION,
    ),
    columns=(
        NUMBER,
        Text(
            "item",
            _("采购内容"),
            is_required=True,
            aliases=("采购项目", "项目名称", "货物或服务说明"),
            example="智慧校园平台扩容",
        ),
        money("budget", _("预算金额"), "采购预算", "金额", is_required=True, example="86,000"),
        Organisation(
            "supplier",
            _("拟定供应商"),
            is_required=True,
            aliases=("供应商", "供应商名称", "唯一供应商"),
            example="杭州明德教育装备有限公司",
        ),
        Text(
            "address", _("供应商地址"), is_required=True, aliases=("地址",), example="杭州市西湖区"
        ),
        Prose(
            "reason",
            _("采用单一来源的理由"),
            is_required=True,
            aliases=("单一来源理由", "采用理由", "理由", "原因及相关说明"),
            example="原平台由该公司开发，接口不开放，只能由其扩容。",
        ),
        Prose(
            "opinion",
            _("专业人员论证意见"),
            is_required=True,
            aliases=("论证意见", "专家意见"),
            help=_("写论证结论和论证人的姓名、单位、职称。"),
            example="三位专家一致认为符合单一来源条件。",
        ),
    ),
    identity=("number", "item"),
    entries=("K12-F09",),
    checks=(
        checks.in_order("starts_on", "ends_on"),
        days.lasts("starts_on", "ends_on", days=5, told=_("公示期不得少于5个工作日。")),
        limits.plausible(),
        checks.once("item", "number"),
        limits.positive("budget"),
    ),
    examples=examples(
        "number item budget supplier address reason opinion",
        (
            "YHDY-2026-003",
            "智慧校园平台扩容",
            "86,000",
            "杭州明德教育装备有限公司",
            "杭州市西湖区",
            "原平台由该公司开发，接口不开放，只能由其扩容。",
            "三位专家一致认为符合单一来源条件。",
        ),
    ),
)

KINDS = (CANDIDATES, SINGLE_SOURCE)
