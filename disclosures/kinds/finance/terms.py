"""The term's accounts, put up in January and July (教监〔2002〕1号), and how pay is shared out."""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import (
    EXPLAINED,
    INCOME,
    ITEM,
    NOTE,
    SIDE,
    SPENDING,
    YUAN,
    carried,
    money,
    totals,
)
from disclosures.sheets import accounts, checks, days, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Choice, Count, Day, Prose, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

SOURCES = (
    ("grants", _("财政拨款")),
    ("fees", _("收费收入")),
    ("collected", _("代收费")),
    ("donations", _("捐赠收入")),
    ("other_income", _("其他收入")),
)
USES = (
    ("wages", _("基本工资与社会保障")),
    ("bonuses", _("绩效工资与奖金")),
    ("subsidies", _("津贴与补贴")),
    ("aid", _("学生资助")),
    ("running", _("公用经费")),
    ("works", _("基建与修缮")),
    ("equipment", _("设备购置")),
    ("settled", _("代收费支付")),
    ("other_spending", _("其他支出")),
)
WORDS = (
    ("拨款", "grants"),
    ("生均公用经费拨款", "grants"),
    ("学费收入", "fees"),
    ("住宿费收入", "fees"),
    ("代收代支", "collected"),
    ("捐赠", "donations"),
    ("受捐赠收入", "donations"),
    ("人员经费", "wages"),
    ("工资福利支出", "wages"),
    ("绩效", "bonuses"),
    ("奖金", "bonuses"),
    ("津补贴", "subsidies"),
    ("奖助学金", "aid"),
    ("商品和服务支出", "running"),
    ("办公费", "running"),
    ("维修费", "works"),
)

TERM = Kind(
    "term_statement",
    _("学期财务收支"),
    header=(
        Period("period", _("学期"), is_required=True, of="term", example="2025学年第二学期"),
        YUAN,
        Day(
            "closed_on",
            _("结账日期"),
            is_required=True,
            aliases=("截止日期", "结算日期"),
            help=_("账目结到哪一天，一般是1月或7月。"),
            example="2026-07-10",
        ),
        *carried("86,240.5", "118,025.5"),
        *totals("5,486,000", "5,454,215"),
        EXPLAINED,
    ),
    columns=(
        SIDE,
        Choice(
            "category",
            _("类别"),
            is_required=True,
            choices=(*SOURCES, *USES),
            words=WORDS,
            aliases=("收支类别", "类型", "大类"),
            example="公用经费",
        ),
        ITEM,
        money(
            "amount",
            _("本学期金额"),
            "金额",
            "本期金额",
            "本学期发生额",
            "发生额",
            is_required=True,
            example="612,340",
        ),
        money("earlier", _("上学期金额"), "上期金额", "上学期", example="598,120"),
        NOTE,
    ),
    identity=("side", "category", "item"),
    entries=("K12-F03",),
    rolls=(("earlier", "amount"), ("opening", "closing")),
    checks=(
        days.in_period("closed_on"),
        days.happened("closed_on"),
        accounts.adds_up("closing", ("opening", "income_total"), ("spending_total",)),
        limits.plausible(),
        accounts.belongs("category", "side", income=SOURCES, spending=USES),
        checks.once("item", "side", "category"),
        checks.header_total("income_total", "amount", where=INCOME),
        checks.header_total("spending_total", "amount", where=SPENDING),
        limits.comparable("amount", "earlier", where=INCOME),
        limits.comparable("amount", "earlier", where=SPENDING),
    ),
    charts=(
        Chart(_("学期收入"), of="item", series=("amount", "earlier"), where=INCOME),
        Chart(_("学期支出"), of="item", series=("amount", "earlier"), where=SPENDING),
    ),
    courses=(Course(_("各学期收支"), ("income_total", "spending_total")),),
    examples=examples(
        "side category item amount earlier note",
        ("收入", "财政拨款", "人员经费拨款", "4,620,000", "4,560,000", ""),
        ("收入", "财政拨款", "生均公用经费拨款", "688,000", "670,500", ""),
        ("收入", "收费收入", "住宿费", "148,000", "146,500", ""),
        ("收入", "捐赠收入", "校友会图书捐款", "30,000", "", ""),
        ("支出", "基本工资与社会保障", "教职工工资与保险", "3,460,000", "3,420,000", ""),
        ("支出", "绩效工资与奖金", "绩效工资", "1,120,000", "1,100,000", ""),
        ("支出", "津贴与补贴", "班主任津贴", "96,000", "94,500", ""),
        ("支出", "学生资助", "家庭经济困难学生生活补助", "73,875", "71,250", ""),
        ("支出", "公用经费", "水电与办公", "612,340", "598,120", ""),
        ("支出", "基建与修缮", "教学楼屋面补漏", "92,000", "", "含图书室"),
    ),
)

PAY = Kind(
    "performance_pay",
    _("绩效工资与津补贴分配"),
    header=(
        Period("period", _("学期"), is_required=True, of="term", example="2025学年第二学期"),
        YUAN,
        Day(
            "voted_on",
            _("教代会表决日期"),
            is_required=True,
            aliases=("表决日期", "通过日期"),
            example="2026-06-18",
        ),
        Text(
            "voted",
            _("表决结果"),
            is_required=True,
            help=_("应到、实到、同意、反对、弃权各多少人。"),
            example="应到86人，实到84人，同意79人，反对2人，弃权3人",
        ),
        money("total", _("分配总额"), "合计", is_required=True, example="1,216,000"),
        Prose("basis", _("分配依据"), example="《绩效工资分配办法》（2025年修订）第五至第九条"),
    ),
    columns=(
        Text(
            "item",
            _("分配项目"),
            is_required=True,
            aliases=("项目", "名称", "类别"),
            help=_("只写项目和人数，不写个人姓名和个人金额。"),
            example="班主任津贴",
        ),
        Text("standard", _("分配标准"), aliases=("标准", "计算办法"), example="每班每月800元"),
        Count("people", _("人数"), is_required=True, aliases=("享受人数",), example="24"),
        money("amount", _("金额"), "总额", "合计金额", is_required=True, example="96,000"),
        money("highest", _("最高"), "最高额", "个人最高", example="4,000"),
        money("lowest", _("最低"), "最低额", "个人最低", example="4,000"),
        NOTE,
    ),
    identity=("item",),
    entries=("K12-F06",),
    checks=(
        days.in_period("voted_on", later=60),
        days.happened("voted_on"),
        limits.plausible(),
        checks.once("item"),
        checks.at_most("lowest", "highest"),
        limits.between("amount", "people", lowest="lowest", highest="highest"),
        checks.header_total("total", "amount"),
    ),
    charts=(Chart(_("绩效工资与津补贴"), of="item", series=("amount",)),),
    courses=(Course(_("各学期分配总额"), ("total",)),),
    examples=examples(
        "item standard people amount highest lowest note",
        ("基础性绩效", "按岗位等级", "86", "760,000", "10,400", "7,200", ""),
        ("奖励性绩效", "按考核等次", "86", "360,000", "5,600", "2,800", ""),
        ("班主任津贴", "每班每月800元", "24", "96,000", "4,000", "4,000", "五个月"),
    ),
)

KINDS = (TERM, PAY)
