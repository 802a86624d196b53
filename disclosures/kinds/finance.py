"""Money: budgets and final accounts (《预算法》第十四条)."""

from django.utils.translation import gettext_lazy as _

from disclosures.sheets import checks
from disclosures.sheets.columns import Amount, Choice, Day, Prose, Text
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import Period

SIDES = (("income", _("收入")), ("spending", _("支出")))
UNITS = (("yuan", _("元")), ("wan", _("万元")))

UNIT = Choice("unit", _("金额单位"), is_required=True, choices=UNITS, example="万元")
CODE = Text("code", _("科目编码"), is_required=True, aliases=("编码", "科目代码"), longest=20)
ITEM = Text("item", _("项目"), is_required=True, aliases=("科目名称", "科目", "名称"))
SIDE = Choice("side", _("收支"), is_required=True, choices=SIDES, aliases=("类别",))
NOTE = Text("note", _("备注"), aliases=("说明",), longest=300)

BUDGET = Kind(
    "budget",
    _("年度预算"),
    header=(
        Period("period", _("年度"), is_required=True, of="year"),
        UNIT,
        Day("approved_on", _("批复日期"), is_required=True),
        Text("approved_by", _("批复单位"), is_required=True),
        Amount("income_total", _("收入合计"), is_required=True),
        Amount("spending_total", _("支出合计"), is_required=True),
        Prose("explained", _("情况说明")),
    ),
    columns=(
        SIDE,
        CODE,
        ITEM,
        Amount("amount", _("本年预算数"), is_required=True, aliases=("预算数", "本年预算", "金额")),
        Amount("earlier", _("上年预算数"), aliases=("上年预算", "上年数")),
        NOTE,
    ),
    identity=("side", "code"),
    entries=("K12-F01",),
    checks=(checks.once("side", "code"),),
)

KINDS = (BUDGET,)
