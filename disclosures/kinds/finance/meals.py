"""The canteen's accounts and the nutrition programme.

《中小学校园食品安全和膳食经费管理工作指引》: parents and staff see the accounts.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import (
    EXPLAINED,
    INCOME,
    ITEM,
    NOTE,
    ONLY_YUAN,
    SIDE,
    SPENDING,
    YUAN,
    carried,
    money,
    totals,
)
from disclosures.sheets import accounts, checks, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Amount, Choice, Count, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

RECEIPTS = (
    ("pupils", _("学生伙食费")),
    ("staff", _("教职工伙食费")),
    ("subsidy", _("财政补助")),
    ("meal_other_income", _("其他伙食收入")),
)
OUTLAYS = (
    ("food", _("食材采购")),
    ("labour", _("食堂人员工资")),
    ("fuel", _("水电燃料")),
    ("repair", _("设备维修与更换")),
    ("refund", _("退还伙食费")),
    ("meal_other_spending", _("其他伙食支出")),
)

CANTEEN = Kind(
    "canteen",
    _("食堂收支"),
    header=(
        Period("period", _("月份"), is_required=True, of="month", example="2026年9月"),
        YUAN,
        Count("diners", _("就餐人数"), is_required=True, aliases=("用餐人数",), example="1,286"),
        *carried("18,420.6", "16,962.4"),
        *totals("326,811.8", "328,270"),
        EXPLAINED,
    ),
    columns=(
        SIDE,
        Choice(
            "category",
            _("类别"),
            is_required=True,
            choices=(*RECEIPTS, *OUTLAYS),
            words=(
                ("伙食费收入", "pupils"),
                ("学生餐费", "pupils"),
                ("教师伙食费", "staff"),
                ("教师餐费", "staff"),
                ("补助收入", "subsidy"),
                ("原材料", "food"),
                ("原材料支出", "food"),
                ("原材料成本支出", "food"),
                ("食材", "food"),
                ("菜品支出", "food"),
                ("调味品支出", "food"),
                ("米面油", "food"),
                ("肉禽蛋", "food"),
                ("蔬菜", "food"),
                ("人员工资", "labour"),
                ("工资", "labour"),
                ("员工成本支出", "labour"),
                ("水电费", "fuel"),
                ("燃气费", "fuel"),
                ("燃料费", "fuel"),
                ("动力成本支出", "fuel"),
                ("维修费", "repair"),
                ("退费", "refund"),
                ("运营成本支出", "meal_other_spending"),
                ("管理费用", "meal_other_spending"),
            ),
            aliases=("收支类别", "类型", "大类"),
            example="食材采购",
        ),
        ITEM,
        money(
            "amount",
            _("本月金额"),
            "金额",
            "本期金额",
            "本月发生额",
            is_required=True,
            example="86,420.5",
        ),
        money("cumulative", _("本年累计"), "本年累计金额", "累计金额", example="768,230"),
        money("earlier", _("上月金额"), "上期金额", "上月", example="84,210"),
        NOTE,
    ),
    identity=("side", "category", "item"),
    entries=("K12-J04",),
    rolls=(("earlier", "amount"), ("opening", "closing")),
    checks=(
        accounts.adds_up("closing", ("opening", "income_total"), ("spending_total",)),
        limits.plausible(),
        accounts.belongs("category", "side", income=RECEIPTS, spending=OUTLAYS),
        checks.once("item", "side", "category"),
        checks.at_most("amount", "cumulative"),
        accounts.from_start("amount", "cumulative"),
        checks.header_total("income_total", "amount", where=INCOME),
        checks.header_total("spending_total", "amount", where=SPENDING),
        limits.comparable("amount", "earlier", where=INCOME),
        limits.comparable("amount", "earlier", where=SPENDING),
    ),
    charts=(
        Chart(_("食堂收入"), of="item", series=("amount", "earlier"), where=INCOME),
        Chart(_("食堂支出"), of="item", series=("amount", "earlier"), where=SPENDING),
    ),
    courses=(Course(_("各月食堂收支"), ("income_total", "spending_total")),),
    examples=examples(
        "side category item amount cumulative earlier note",
        ("收入", "学生伙食费", "学生伙食费", "308,640", "2,146,300", "305,120", ""),
        ("收入", "教职工伙食费", "教职工伙食费", "18,171.8", "127,402.6", "18,020", ""),
        ("支出", "食材采购", "米面油", "52,310.5", "364,120", "51,880", ""),
        ("支出", "食材采购", "肉禽蛋", "98,640", "684,500", "96,200", ""),
        ("支出", "食材采购", "蔬菜水果", "86,420.5", "597,310.5", "84,210", ""),
        ("支出", "食堂人员工资", "工友工资与保险", "64,000", "448,000", "64,000", "12人"),
        ("支出", "水电燃料", "水、电、燃气", "21,479", "151,806", "20,630", ""),
        ("支出", "设备维修与更换", "蒸饭柜维修", "5,420", "9,860", "", ""),
    ),
)

NUTRITION = Kind(
    "nutrition",
    _("营养改善计划资金"),
    header=(
        Period("period", _("学期"), is_required=True, of="term", example="2025学年第二学期"),
        ONLY_YUAN,
        *carried("3,200", "13,900"),
        money("granted", _("本学期拨入"), "拨入资金", is_required=True, example="280,000"),
        money("spent", _("本学期支出"), "支出合计", is_required=True, example="269,300"),
        EXPLAINED,
    ),
    columns=(
        Text(
            "group",
            _("年级或校区"),
            is_required=True,
            aliases=("年级", "班级", "校区"),
            help=_("只写年级和人数，不写学生姓名。"),
            example="三年级",
        ),
        Count(
            "pupils", _("受益人数"), is_required=True, aliases=("学生人数", "人数"), example="240"
        ),
        Amount(
            "standard",
            _("补助标准（元/人·天）"),
            is_required=True,
            aliases=("补助标准", "标准", "每生每天标准"),
            most=Decimal(100),
            example="5",
        ),
        Count("days", _("供餐天数"), is_required=True, aliases=("天数",), most=200, example="95"),
        money(
            "amount",
            _("支出金额"),
            "金额",
            "补助金额",
            is_required=True,
            help=_("等于受益人数乘补助标准乘供餐天数；不等的，在备注里写明原因。"),
            example="114,000",
        ),
        NOTE,
    ),
    identity=("group",),
    entries=("K12-J09",),
    rolls=(("opening", "closing"),),
    checks=(
        accounts.adds_up("closing", ("opening", "granted"), ("spent",)),
        limits.plausible(),
        checks.once("group"),
        accounts.product("amount", "pupils", "standard", "days", note="note"),
        checks.header_total("spent", "amount"),
    ),
    charts=(Chart(_("营养改善计划支出"), of="group", series=("amount",)),),
    courses=(Course(_("各学期营养改善计划资金"), ("granted", "spent")),),
    examples=examples(
        "group pupils standard days amount note",
        ("三年级", "240", "5", "95", "114,000", ""),
        ("四年级", "236", "5", "95", "112,100", ""),
        ("村小教学点", "96", "5", "90", "43,200", ""),
    ),
)

KINDS = (CANTEEN, NUTRITION)
