"""What was bought: the results of bulk purchases, and the canteen's food month by month."""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import NOTE, ONLY_YUAN, YUAN, money
from disclosures.kinds.procurement.parties import (
    NUMBER,
    PURCHASER,
    QUESTIONS,
    SUPERVISION,
    SUPPLIER,
)
from disclosures.sheets import accounts, checks, days, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Amount, Choice, Day, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

METHODS = (
    ("open", _("公开招标")),
    ("invited", _("邀请招标")),
    ("negotiated", _("竞争性谈判")),
    ("consulted", _("竞争性磋商")),
    ("quoted", _("询价")),
    ("single", _("单一来源")),
    ("framework", _("框架协议采购")),
    ("market", _("电子卖场采购")),
    ("own", _("自行采购")),
)
METHOD = Choice(
    "method",
    _("采购方式"),
    is_required=True,
    choices=METHODS,
    words=(
        ("公开招投标", "open"),
        ("磋商", "consulted"),
        ("谈判", "negotiated"),
        ("询价采购", "quoted"),
        ("单一来源采购", "single"),
        ("网上超市", "market"),
        ("网上竞价", "market"),
        ("政采云", "market"),
        ("校内自行采购", "own"),
        ("分散采购", "own"),
    ),
    example="公开招标",
)

PURCHASES = Kind(
    "purchases",
    _("采购结果"),
    header=(
        PURCHASER,
        YUAN,
        money("total", _("成交金额合计"), "合计", is_required=True, example="612,880"),
        QUESTIONS,
        SUPERVISION,
    ),
    columns=(
        NUMBER,
        Text(
            "item",
            _("采购内容"),
            is_required=True,
            aliases=("采购项目", "项目名称", "物资名称", "货物名称", "品名"),
            example="学生课桌椅",
        ),
        METHOD,
        Amount("quantity", _("数量"), places=3, aliases=("采购数量",), example="600"),
        Text("measure", _("计量单位"), aliases=("单位",), longest=20, example="套"),
        money(
            "budget",
            _("预算金额"),
            "最高限价",
            "控制价",
            "采购预算",
            is_required=True,
            example="210,000",
        ),
        money(
            "amount",
            _("成交金额"),
            "中标金额",
            "成交价",
            "中标价",
            "金额",
            is_required=True,
            example="198,000",
        ),
        SUPPLIER,
        Day(
            "awarded_on",
            _("成交日期"),
            is_required=True,
            aliases=("中标日期", "定标日期", "采购日期"),
            help=_("结果确定后2个工作日内必须公开。"),
            example="2026-06-22",
        ),
        NOTE,
    ),
    identity=("number", "item"),
    entries=("K12-F07", "K12-J06", "HE-18"),
    checks=(
        limits.plausible(),
        checks.once("item", "number"),
        days.happened("awarded_on"),
        checks.at_most("amount", "budget"),
        limits.positive("amount"),
        checks.header_total("total", "amount"),
    ),
    charts=(Chart(_("预算金额与成交金额"), of="item", series=("budget", "amount")),),
    examples=examples(
        "number item method quantity measure budget amount supplier awarded_on note",
        (
            "YHCG-2026-018",
            "学生课桌椅",
            "公开招标",
            "600",
            "套",
            "210,000",
            "198,000",
            "丽水市学海家具有限公司",
            "2026-06-22",
            "",
        ),
        (
            "YHCG-2026-021",
            "班级多媒体一体机",
            "竞争性磋商",
            "24",
            "台",
            "400,000",
            "386,400",
            "杭州明德教育装备有限公司",
            "2026-06-30",
            "",
        ),
        (
            "YHZC-2026-007",
            "体育器材",
            "自行采购",
            "1",
            "批",
            "30,000",
            "28,480",
            "云和县健民体育用品商行",
            "2026-07-02",
            "",
        ),
    ),
)

FOOD = Kind(
    "food_purchases",
    _("食材采购来源与价格"),
    header=(
        Period("period", _("月份"), is_required=True, of="month", example="2026年9月"),
        ONLY_YUAN,
        money("total", _("采购金额合计"), "合计", is_required=True, example="47,920"),
        SUPERVISION,
    ),
    columns=(
        Text(
            "item",
            _("食材名称"),
            is_required=True,
            aliases=("品名", "名称", "食材", "商品名称"),
            example="东北大米",
        ),
        Text("origin", _("产地或品牌"), aliases=("产地", "品牌", "来源"), example="黑龙江五常"),
        SUPPLIER,
        Text(
            "measure",
            _("计量单位"),
            is_required=True,
            aliases=("单位", "规格"),
            longest=20,
            example="公斤",
        ),
        Amount("quantity", _("数量"), is_required=True, places=3, example="3,200"),
        Amount(
            "price", _("单价"), is_required=True, places=4, aliases=("采购单价",), example="5.6"
        ),
        money(
            "amount",
            _("金额"),
            "总价",
            "采购金额",
            is_required=True,
            help=_("等于数量乘单价。"),
            example="17,920",
        ),
        Amount("market_price", _("同期市场价"), places=4, aliases=("市场价",), example="5.9"),
        NOTE,
    ),
    identity=("item", "origin", "supplier"),
    entries=("K12-J03",),
    checks=(
        limits.plausible(),
        checks.once("item", "origin", "supplier", "price"),
        limits.positive("quantity", "price"),
        accounts.product("amount", "quantity", "price"),
        limits.within("price", "market_price"),
        checks.header_total("total", "amount"),
    ),
    charts=(Chart(_("食材采购金额"), of="item", series=("amount",)),),
    courses=(Course(_("各月食材采购金额"), ("total",)),),
    examples=examples(
        "item origin supplier measure quantity price amount market_price note",
        (
            "东北大米",
            "黑龙江五常",
            "云和县城关粮油有限公司",
            "公斤",
            "3,200",
            "5.6",
            "17,920",
            "5.9",
            "",
        ),
        ("猪后腿肉", "本地", "云和县食品有限公司", "公斤", "1,000", "24", "24,000", "25.5", ""),
        (
            "大白菜",
            "云和崇头",
            "云和县绿源蔬菜合作社",
            "公斤",
            "2,500",
            "2.4",
            "6,000",
            "2.6",
            "",
        ),
    ),
)

KINDS = (PURCHASES, FOOD)
