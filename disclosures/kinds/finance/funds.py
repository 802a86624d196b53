"""Money that is not the school's: the trade union's fund and the party organisation's dues."""

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
from disclosures.sheets.columns import Choice, Count, Day, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

UNION_INCOME = (
    ("membership", _("会费收入")),
    ("allotted", _("拨缴经费收入")),
    ("union_subsidy", _("上级补助收入")),
    ("school_subsidy", _("行政补助收入")),
    ("union_other_income", _("其他工会收入")),
)
UNION_SPENDING = (
    ("activities", _("职工活动支出")),
    ("welfare", _("职工慰问支出")),
    ("rights", _("维权支出")),
    ("business", _("业务支出")),
    ("union_capital", _("资本性支出")),
    ("union_other_spending", _("其他工会支出")),
)
DUES_INCOME = (
    ("dues", _("党费收缴")),
    ("returned", _("上级下拨或返还")),
    ("dues_other_income", _("利息与其他收入")),
)
DUES_SPENDING = (
    ("handed_up", _("上缴党费")),
    ("training", _("党员教育培训")),
    ("materials", _("党报党刊与学习资料")),
    ("honours", _("表彰先进")),
    ("help", _("慰问与补助困难党员")),
    ("dues_other_spending", _("党建其他支出")),
)


def _fund(income: tuple, spending: tuple) -> tuple:
    """The rules of a fund that begins with a balance and ends with one."""
    return (
        accounts.adds_up("closing", ("opening", "income_total"), ("spending_total",)),
        limits.not_overdrawn("closing"),
        limits.plausible(),
        accounts.belongs("category", "side", income=income, spending=spending),
        checks.once("item", "side", "category"),
        checks.header_total("income_total", "amount", where=INCOME),
        checks.header_total("spending_total", "amount", where=SPENDING),
        limits.comparable("amount", "earlier", where=INCOME),
        limits.comparable("amount", "earlier", where=SPENDING),
    )


def _category(choices: tuple, words: tuple, example: str) -> Choice:
    return Choice(
        "category",
        _("类别"),
        is_required=True,
        choices=choices,
        words=words,
        aliases=("收支类别", "类型", "大类"),
        example=example,
    )


def _amounts(amount: str, earlier: str) -> tuple:
    return (
        money(
            "amount",
            _("本年金额"),
            "金额",
            "本年数",
            "发生额",
            "本年决算数",
            is_required=True,
            example=amount,
        ),
        money("earlier", _("上年金额"), "上年数", "上年决算数", example=earlier),
    )


UNION = Kind(
    "union_fund",
    _("工会经费收支"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2025年"),
        YUAN,
        Day(
            "reviewed_on",
            _("经审日期"),
            is_required=True,
            aliases=("审查日期", "经费审查日期"),
            help=_("工会经费审查委员会审查通过的日期。"),
            example="2026-01-16",
        ),
        Text(
            "reviewed",
            _("经审意见"),
            is_required=True,
            aliases=("审查意见",),
            example="收支真实，手续齐全，同意公布",
        ),
        *carried("12,306.4", "15,022.4"),
        *totals("118,416", "115,700"),
        EXPLAINED,
    ),
    columns=(
        SIDE,
        _category(
            (*UNION_INCOME, *UNION_SPENDING),
            (
                ("会费", "membership"),
                ("拨缴收入", "allotted"),
                ("行政补助", "school_subsidy"),
                ("文体活动", "activities"),
                ("职工教育活动支出", "activities"),
                ("节日慰问", "welfare"),
                ("慰问支出", "welfare"),
                ("困难补助", "welfare"),
            ),
            "职工活动支出",
        ),
        ITEM,
        *_amounts("46,300", "44,120"),
        NOTE,
    ),
    identity=("side", "category", "item"),
    entries=("K12-M11",),
    rolls=(("earlier", "amount"), ("opening", "closing")),
    checks=(
        days.approved_in("reviewed_on", first=0, last=1),
        days.happened("reviewed_on"),
        *_fund(UNION_INCOME, UNION_SPENDING),
    ),
    charts=(
        Chart(_("工会经费收入"), of="item", series=("amount", "earlier"), where=INCOME),
        Chart(_("工会经费支出"), of="item", series=("amount", "earlier"), where=SPENDING),
    ),
    courses=(Course(_("历年工会经费"), ("income_total", "spending_total")),),
    examples=examples(
        "side category item amount earlier note",
        ("收入", "会费收入", "会员会费", "20,640", "20,160", "86人"),
        ("收入", "拨缴经费收入", "学校拨缴（工资总额2%的60%）", "97,776", "95,200", ""),
        ("支出", "职工活动支出", "教职工运动会、文艺活动", "46,300", "44,120", ""),
        ("支出", "职工慰问支出", "节日慰问与生日慰问", "61,400", "60,800", ""),
        ("支出", "维权支出", "法律咨询", "8,000", "8,000", ""),
    ),
)

DUES = Kind(
    "party_dues",
    _("党费收缴、使用和管理"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2025年"),
        YUAN,
        Count(
            "members",
            _("党员人数"),
            is_required=True,
            aliases=("交纳党费人数",),
            help=_("年末在册党员人数；不写党员姓名和个人交纳数额。"),
            example="38",
        ),
        *carried("6,420", "7,254"),
        *totals("24,934", "24,100"),
        EXPLAINED,
    ),
    columns=(
        SIDE,
        _category(
            (*DUES_INCOME, *DUES_SPENDING),
            (
                ("收缴党费", "dues"),
                ("党费收入", "dues"),
                ("上级下拨", "returned"),
                ("下拨党费", "returned"),
                ("利息", "dues_other_income"),
                ("上缴", "handed_up"),
                ("上交党费", "handed_up"),
                ("教育培训", "training"),
                ("订阅党报党刊", "materials"),
                ("慰问困难党员", "help"),
            ),
            "上缴党费",
        ),
        ITEM,
        *_amounts("14,600", "14,180"),
        NOTE,
    ),
    identity=("side", "category", "item"),
    entries=("K12-N04",),
    rolls=(("earlier", "amount"), ("opening", "closing")),
    checks=_fund(DUES_INCOME, DUES_SPENDING),
    charts=(
        Chart(_("党费收入"), of="item", series=("amount", "earlier"), where=INCOME),
        Chart(_("党费支出"), of="item", series=("amount", "earlier"), where=SPENDING),
    ),
    courses=(Course(_("历年党费"), ("income_total", "spending_total")),),
    examples=examples(
        "side category item amount earlier note",
        ("收入", "党费收缴", "党员交纳党费", "24,334", "23,634", ""),
        ("收入", "上级下拨或返还", "镇党委下拨", "600", "600", ""),
        ("支出", "上缴党费", "上缴县教育局党委", "14,600", "14,180", ""),
        ("支出", "党员教育培训", "主题党日活动", "6,300", "5,940", ""),
        ("支出", "慰问与补助困难党员", "“七一”走访慰问", "3,200", "3,000", ""),
    ),
)

KINDS = (UNION, DUES)
