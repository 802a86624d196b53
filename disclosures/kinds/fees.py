"""Fees: what is charged, on which basis, and how one complains (《教育收费公示制度》)."""

from django.utils.translation import gettext_lazy as _

from disclosures.sheets import checks
from disclosures.sheets.columns import Amount, Choice, Day, Phone, Prose, Text, YesNo
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import Period

NATURES = (
    ("administrative", _("行政事业性收费")),
    ("service", _("服务性收费")),
    ("collected", _("代收费")),
    ("free", _("免费项目")),
)

NATURE = Choice(
    "nature", _("性质"), is_required=True, choices=NATURES, aliases=("收费性质", "类别")
)

FEES = Kind(
    "fees",
    _("收费公示"),
    header=(
        Period("period", _("学期"), is_required=True, of="term"),
        Text("grades", _("适用年级"), is_required=True),
        Phone("complaint_phone", _("投诉电话"), is_required=True),
        Prose("reduction_policy", _("减免政策"), is_required=True),
    ),
    columns=(
        Text("item", _("收费项目"), is_required=True, aliases=("项目", "项目名称")),
        Choice(
            "nature", _("性质"), is_required=True, choices=NATURES, aliases=("收费性质", "类别")
        ),
        Amount("amount", _("收费标准"), is_required=True, aliases=("标准", "金额")),
        Text("unit", _("计费单位"), is_required=True, aliases=("单位",), longest=40),
        Text("scope", _("收费范围"), aliases=("范围", "收费对象"), longest=120),
        Text("approving_body", _("批准机关"), longest=120),
        Text("document", _("批准文号"), aliases=("文号", "收费依据", "依据"), longest=120),
        YesNo("voluntary", _("是否自愿"), aliases=("自愿",)),
        Text("receipt", _("票据种类"), longest=60),
        Text("refund", _("退费办法"), longest=300),
        Day("valid_from", _("执行起始")),
        Day("valid_to", _("执行截止")),
    ),
    identity=("item", "scope"),
    entries=("K12-E01", "K12-E03", "K12-E08"),
    checks=(
        checks.once("item", "scope"),
        checks.needs("document", when="nature", among=("administrative", "service")),
        checks.in_order("valid_from", "valid_to"),
        checks.still_valid("valid_to"),
    ),
)

KINDS = (FEES,)
