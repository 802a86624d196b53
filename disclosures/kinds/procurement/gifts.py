"""Gifts: what the school received and what became of it; what was collected for others.

《公益事业捐赠法》第二十二条: the recipient tells what it received and how it was used.
"""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import INCOME, NOTE, SIDE, SPENDING, YUAN, money, totals
from disclosures.kinds.procurement.donors import named_only
from disclosures.kinds.procurement.parties import SUPERVISION
from disclosures.sheets import accounts, checks, days, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Choice, Count, Day, Text, YesNo
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

FORMS = (("money", _("货币")), ("goods", _("实物")), ("services", _("劳务或使用权")))

DONATIONS = Kind(
    "donations",
    _("受捐赠财物接收与使用"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2025年"),
        YUAN,
        money("received_total", _("受赠合计"), "合计", is_required=True, example="136,000"),
        money("used_total", _("已使用合计"), is_required=True, example="112,400"),
        SUPERVISION,
    ),
    columns=(
        Day(
            "received_on",
            _("接收日期"),
            is_required=True,
            aliases=("捐赠日期",),
            example="2025-04-12",
        ),
        YesNo(
            "named",
            _("同意公开名称"),
            is_required=True,
            aliases=("是否公开姓名", "是否实名"),
            help=_("捐赠人不同意公开的写“否”，捐赠人一格留空。"),
            example="是",
        ),
        Text(
            "donor",
            _("捐赠人"),
            aliases=("捐赠单位", "捐赠方", "捐赠者"),
            longest=120,
            example="云和县教育发展基金会",
        ),
        Choice(
            "form",
            _("捐赠形式"),
            is_required=True,
            choices=FORMS,
            words=(("现金", "money"), ("资金", "money"), ("物资", "goods"), ("物品", "goods")),
            aliases=("类型", "形式"),
            example="货币",
        ),
        Text(
            "item",
            _("捐赠内容"),
            is_required=True,
            aliases=("捐赠物品", "物资名称", "捐赠项目"),
            example="助学金专项",
        ),
        money(
            "amount",
            _("金额或价值"),
            "金额",
            "捐赠金额",
            "价值",
            "估值",
            is_required=True,
            example="100,000",
        ),
        money("used", _("已使用"), "已使用金额", "使用金额", is_required=True, example="76,400"),
        money("left", _("未使用"), "结余", "剩余金额", is_required=True, example="23,600"),
        Text(
            "purpose",
            _("使用去向"),
            aliases=("用途", "使用情况"),
            help=_("用在哪里、多少人受益；不写受助学生姓名。"),
            example="资助家庭经济困难学生76人",
        ),
        NOTE,
    ),
    identity=("received_on", "donor", "item"),
    entries=("K12-F13", "HE-16"),
    checks=(
        days.in_period("received_on"),
        days.happened("received_on"),
        limits.plausible(),
        checks.once("item", "received_on", "donor", "amount"),
        named_only("donor", "named"),
        limits.positive("amount"),
        checks.at_most("used", "amount"),
        checks.sums("amount", "used", "left"),
        accounts.explained("purpose", "used"),
        checks.header_total("received_total", "amount"),
        checks.header_total("used_total", "used"),
    ),
    charts=(Chart(_("受赠与使用"), of="item", series=("amount", "used")),),
    courses=(Course(_("历年受赠"), ("received_total", "used_total")),),
    examples=examples(
        "received_on named donor form item amount used left purpose note",
        (
            "2025-04-12",
            "是",
            "云和县教育发展基金会",
            "货币",
            "助学金专项",
            "100,000",
            "76,400",
            "23,600",
            "资助家庭经济困难学生76人",
            "",
        ),
        (
            "2025-09-10",
            "否",
            "",
            "实物",
            "图书1,200册",
            "36,000",
            "36,000",
            "0",
            "放入学校图书馆和各班图书角",
            "",
        ),
    ),
)

CHARITY = Kind(
    "charity",
    _("公益捐款与互助募捐"),
    header=(
        Text(
            "project",
            _("募捐事由"),
            is_required=True,
            aliases=("项目名称",),
            example="重阳敬老募捐",
        ),
        Text("organiser", _("组织部门"), is_required=True, aliases=("组织单位",), example="校工会"),
        Day("starts_on", _("开始日期"), is_required=True, example="2025-10-20"),
        Day("ends_on", _("结束日期"), is_required=True, example="2025-10-28"),
        YUAN,
        *totals("18,460", "18,000"),
        money("closing", _("结余"), is_required=True, example="460", help=_("等于收入减支出。")),
        SUPERVISION,
    ),
    columns=(
        SIDE,
        Text(
            "item",
            _("捐款部门或支出去向"),
            is_required=True,
            aliases=("部门", "班级", "去向", "项目"),
            help=_("按部门或班级汇总，不写捐款人和受助学生的姓名。"),
            example="七年级",
        ),
        Count("people", _("人数"), aliases=("捐款人数",), example="412"),
        money("amount", _("金额"), is_required=True, example="9,860"),
        Day("on", _("日期"), aliases=("支出日期",), example="2025-10-24"),
        NOTE,
    ),
    identity=("side", "item"),
    entries=("K12-F14",),
    checks=(
        checks.in_order("starts_on", "ends_on"),
        accounts.adds_up("closing", ("income_total",), ("spending_total",)),
        days.happened("starts_on", "on"),
        limits.plausible(),
        checks.once("item", "side", "on"),
        limits.positive("amount"),
        checks.header_total("income_total", "amount", where=INCOME),
        checks.header_total("spending_total", "amount", where=SPENDING),
    ),
    charts=(
        Chart(_("捐款来源"), of="item", series=("amount",), where=INCOME),
        Chart(_("捐款去向"), of="item", series=("amount",), where=SPENDING),
    ),
    examples=examples(
        "side item people amount on note",
        ("收入", "教职工", "86", "8,600", "2025-10-24", ""),
        ("收入", "七年级", "412", "9,860", "2025-10-24", ""),
        ("支出", "县敬老院慰问物资", "", "18,000", "2025-10-29", "票据2张"),
    ),
)

KINDS = (DONATIONS, CHARITY)
