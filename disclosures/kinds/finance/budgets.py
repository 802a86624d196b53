"""What the year's money is planned for, and what it was spent on.

《预算法》第十四条、《预算法实施条例》第六条: published within 20 days of the approval.
"""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import (
    APPROVED_BY,
    CODE,
    EXPLAINED,
    INCOME,
    ITEM,
    NOTE,
    SIDE,
    SPENDING,
    UNIT,
    approved_on,
    money,
    totals,
)
from disclosures.sheets import accounts, checks, days, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period
from disclosures.sheets.shares import Percent

_BY_LINE = {"of": "item", "uppermost": "code"}


def _added(*amounts: str) -> tuple:
    """The rules of every table of lines on two sides."""
    return (
        checks.once("code", "side"),
        checks.tree("code", *amounts, within="side"),
        checks.header_total("income_total", "amount", code="code", where=INCOME),
        checks.header_total("spending_total", "amount", code="code", where=SPENDING),
    )


def _compared(name: str, earlier: str) -> tuple:
    """On each side the two columns are in one unit."""
    sides = (INCOME, SPENDING)
    return tuple(limits.comparable(name, earlier, code="code", where=side) for side in sides)


BUDGET = Kind(
    "budget",
    _("年度预算"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2026年"),
        UNIT,
        approved_on("2026-02-12"),
        APPROVED_BY,
        *totals("2,468.5", "2,468.5"),
        EXPLAINED,
    ),
    columns=(
        SIDE,
        CODE,
        ITEM,
        money(
            "amount",
            _("本年预算数"),
            "预算数",
            "本年预算",
            "预算金额",
            "金额",
            "合计",
            is_required=True,
            example="1,985.5",
        ),
        money(
            "basic",
            _("基本支出"),
            example="1,650",
            help=_("与“项目支出”一起填写，两项之和等于本年预算数；收入行不填。"),
        ),
        money("project", _("项目支出"), example="335.5"),
        money(
            "earlier",
            _("上年预算数"),
            "上年预算",
            "上年数",
            example="1,890",
            help=_("与本年用同一个金额单位，读者要比较增减。"),
        ),
        NOTE,
    ),
    identity=("side", "code"),
    entries=("K12-F01", "HE-19"),
    rolls=(("earlier", "amount"),),
    checks=(
        days.approved_in("approved_on", first=-1, last=0),
        days.happened("approved_on"),
        limits.plausible(),
        checks.sums("amount", "basic", "project"),
        *_added("amount", "basic", "project", "earlier"),
        *_compared("amount", "earlier"),
    ),
    charts=(
        Chart(_("预算收入"), series=("amount", "earlier"), where=INCOME, **_BY_LINE),
        Chart(_("预算支出"), series=("amount", "earlier"), where=SPENDING, **_BY_LINE),
    ),
    courses=(Course(_("历年预算"), ("income_total", "spending_total")),),
    examples=examples(
        "side code item amount basic project earlier note",
        ("收入", "1", "一般公共预算拨款收入", "2,310", "", "", "2,190", ""),
        ("收入", "2", "事业收入", "158.5", "", "", "150", "住宿费"),
        ("支出", "205", "教育支出", "1,985.5", "1,650", "335.5", "1,890", ""),
        ("支出", "20502", "普通教育", "1,985.5", "1,650", "335.5", "1,890", ""),
        ("支出", "2050203", "初中教育", "1,985.5", "1,650", "335.5", "1,890", ""),
        ("支出", "208", "社会保障和就业支出", "310", "310", "", "290", ""),
        ("支出", "221", "住房保障支出", "173", "173", "", "160", ""),
    ),
)

ACCOUNT = Kind(
    "account",
    _("年度决算"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2025年"),
        UNIT,
        approved_on("2026-08-18"),
        APPROVED_BY,
        *totals("2,352.4", "2,338.2"),
        EXPLAINED,
    ),
    columns=(
        SIDE,
        CODE,
        ITEM,
        money(
            "budget",
            _("预算数"),
            "年初预算数",
            "全年预算数",
            "调整预算数",
            is_required=True,
            example="1,890",
            help=_("年初批复数；年中调整过的写调整后的数。"),
        ),
        money(
            "amount",
            _("决算数"),
            "本年决算数",
            "本年决算",
            "执行数",
            "金额",
            is_required=True,
            example="1,886.4",
        ),
        Percent(
            "rate",
            _("完成率"),
            aliases=("完成预算的%", "决算数为预算数的%", "完成预算"),
            help=_("可以不填；填了就必须等于决算数除以预算数。"),
            example="99.81%",
        ),
        money("earlier", _("上年决算数"), "上年决算", "上年数", example="1,801.2"),
        NOTE,
    ),
    identity=("side", "code"),
    entries=("K12-F02", "HE-20"),
    rolls=(("earlier", "amount"),),
    checks=(
        days.approved_in("approved_on", first=0, last=2),
        days.happened("approved_on"),
        limits.plausible(),
        accounts.share("rate", "amount", "budget"),
        limits.within("amount", "budget", where=SPENDING),
        *_added("budget", "amount", "earlier"),
        *_compared("amount", "budget"),
        *_compared("amount", "earlier"),
    ),
    charts=(
        Chart(_("收入：预算与决算"), series=("budget", "amount"), where=INCOME, **_BY_LINE),
        Chart(_("支出：预算与决算"), series=("budget", "amount"), where=SPENDING, **_BY_LINE),
    ),
    courses=(Course(_("历年决算"), ("income_total", "spending_total")),),
    examples=examples(
        "side code item budget amount rate earlier note",
        ("收入", "1", "一般公共预算拨款收入", "2,190", "2,203.6", "", "2,080", "追加取暖经费"),
        ("收入", "2", "事业收入", "150", "148.8", "99.2%", "141.5", ""),
        ("支出", "205", "教育支出", "1,890", "1,886.4", "99.81%", "1,801.2", ""),
        ("支出", "20502", "普通教育", "1,890", "1,886.4", "99.81%", "1,801.2", ""),
        ("支出", "208", "社会保障和就业支出", "290", "291.8", "", "268", "养老保险基数上调"),
        ("支出", "221", "住房保障支出", "160", "160", "100%", "152", ""),
    ),
)

KINDS = (BUDGET, ACCOUNT)
