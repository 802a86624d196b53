"""Fees: what is charged, on which basis, and how one complains (《教育收费公示制度》)."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import GRADES, TERM
from disclosures.sheets import checks
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Amount, Choice, Day, Phone, Prose, Text, YesNo
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Table
from disclosures.sheets.trails import Trail

NATURES = (
    ("administrative", _("行政事业性收费")),
    ("service", _("服务性收费")),
    ("collected", _("代收费")),
    ("free", _("免费项目")),
)
WITH_BASIS = ("administrative", "service")
OF_CHOICE = ("service", "collected")

NATURE = Choice(
    "nature",
    _("性质"),
    is_required=True,
    choices=NATURES,
    words=(
        ("行政事业性", "administrative"),
        ("行政性收费", "administrative"),
        ("服务性", "service"),
        ("代收", "collected"),
        ("代收代管", "collected"),
        ("免费", "free"),
    ),
    aliases=("收费性质", "类别", "收费类别"),
    example="服务性收费",
)
COMPLAINTS = Phone(
    "complaint_phone",
    _("投诉电话"),
    is_required=True,
    aliases=("举报电话", "监督电话", "投诉举报电话"),
    example="0599-8000002、12315",
)
REDUCTION = Prose(
    "reduction_policy",
    _("减免政策"),
    is_required=True,
    aliases=("减免办法", "优惠政策"),
    example="家庭经济困难学生凭认定结果免收。",
)
ITEM = Text(
    "item",
    _("收费项目"),
    is_required=True,
    aliases=("项目", "项目名称", "收费项目名称"),
    example="课后服务费",
)
AMOUNT = Amount(
    "amount",
    _("收费标准"),
    is_required=True,
    aliases=("标准", "金额", "收费标准（元）", "标准（元）"),
    example="150",
)
COLUMNS = (
    ITEM,
    NATURE,
    AMOUNT,
    Text(
        "unit",
        _("计费单位"),
        is_required=True,
        aliases=("单位", "收费单位"),
        longest=40,
        example="元/生·学期",
    ),
    Text(
        "scope", _("收费范围"), aliases=("范围", "收费对象"), longest=120, example="自愿参加的学生"
    ),
    replace(GRADES, aliases=("年级",)),
    Text("approving_body", _("批准机关"), aliases=("审批机关", "批准部门"), longest=120),
    Text("document", _("批准文号"), aliases=("文号", "收费依据", "依据", "文件依据"), longest=120),
    YesNo("voluntary", _("是否自愿"), aliases=("自愿", "自愿原则"), example="是"),
    Text("receipt", _("票据种类"), aliases=("票据", "收费票据"), longest=60),
    Text("refund", _("退费办法"), aliases=("退费规定",), longest=300),
    Day("valid_from", _("执行起始"), aliases=("执行时间", "起始日期")),
    Day("valid_to", _("执行截止"), aliases=("有效期", "有效期至", "截止日期")),
)


def free_is_nothing(kind: Kind, table: Table) -> Iterator[Fault]:
    """What is free costs 0, and what costs 0 is free."""
    for row in table.rows:
        is_free, is_nothing = row["nature"] == "free", checks.number(row, "amount") == 0
        if is_free != is_nothing:
            told = (
                _now("免费项目的收费标准要写0。")
                if is_free
                else _now("不收费的，性质要写“免费项目”。")
            )
            yield Fault(row.place, str(kind.column("amount").label), told)


def nobody_is_made_to_pay(kind: Kind, table: Table) -> Iterator[Fault]:
    """Services and fees collected for others are a family's choice, and the notice says so."""
    for row in table.rows:
        if row["nature"] in OF_CHOICE and row["voluntary"] is False:
            told = _now("服务性收费和代收费要由家长自愿选择，这一格只能是“是”。")
            yield Fault(row.place, str(kind.column("voluntary").label), told)


CHECKS = (
    checks.once("item", "grades", "scope"),
    checks.needs("approving_body", when="nature", among=WITH_BASIS),
    checks.needs("document", when="nature", among=WITH_BASIS),
    checks.needs("voluntary", when="nature", among=OF_CHOICE),
    free_is_nothing,
    nobody_is_made_to_pay,
    checks.in_order("valid_from", "valid_to"),
    checks.still_valid("valid_to"),
)
EXAMPLES = (
    {
        "item": "住宿费",
        "nature": "行政事业性收费",
        "amount": "300",
        "unit": "元/生·学期",
        "scope": "住校生",
        "approving_body": "示范市发展和改革委员会",
        "document": "示发改价〔2024〕18号",
        "receipt": "财政票据",
        "refund": "退宿按月退还剩余费用",
    },
    {
        "item": "课后服务费",
        "nature": "服务性收费",
        "amount": "150",
        "unit": "元/生·学期",
        "scope": "自愿参加的学生",
        "approving_body": "示范区教育局",
        "document": "示教财〔2025〕6号",
        "voluntary": "是",
        "receipt": "税务发票",
        "refund": "中途退出按月退还",
    },
    {
        "item": "作业本费",
        "nature": "代收费",
        "amount": "12.50",
        "unit": "元/生·学期",
        "scope": "自愿购买的学生",
        "voluntary": "是",
        "receipt": "代收费收据",
        "refund": "期末据实结算，多退少补",
    },
    {"item": "学费、杂费", "nature": "免费项目", "amount": "0", "unit": "元/生·学期"},
)
TRAIL = Trail(
    _("各学期收费标准"),
    of="item",
    series="amount",
    each="unit",
    beside=("grades", "scope"),
    alike=("grades",),
)

FEES = Kind(
    "fees",
    _("收费公示"),
    header=(
        TERM,
        replace(GRADES, is_required=True),
        COMPLAINTS,
        REDUCTION,
    ),
    columns=COLUMNS,
    identity=("item", "grades", "scope"),
    entries=("K12-E01", "K12-E02", "K12-E03", "K12-E08", "K12-J07", "K12-J08", "HE-21"),
    checks=CHECKS,
    charts=(Chart(_("各项收费标准"), "item", ("amount",), each="unit", adds=False),),
    trail=TRAIL,
    examples=EXAMPLES,
)


def _authority(name: str, label, example: str) -> Text:
    return Text(name, label, is_required=True, longest=120, example=example)


JOINT_LIST = Kind(
    "fees-joint",
    _("三部门联合收费清单"),
    header=(
        TERM,
        replace(GRADES, is_required=True),
        _authority("education_authority", _("教育行政部门"), "示范区教育局"),
        _authority("finance_authority", _("财政部门"), "示范区财政局"),
        _authority("price_authority", _("价格主管部门"), "示范区发展和改革局"),
        Text("joint_document", _("联合发文文号"), is_required=True, example="示教联〔2026〕9号"),
        Day("issued_on", _("发文日期"), is_required=True, example="2026-08-20"),
        COMPLAINTS,
        REDUCTION,
    ),
    columns=COLUMNS,
    identity=FEES.identity,
    entries=("K12-E01", "K12-E08"),
    checks=CHECKS,
    charts=FEES.charts,
    trail=TRAIL,
    examples=EXAMPLES,
)

KINDS = (FEES, JOINT_LIST)
