"""Fees after they were paid, and what helps to pay them: settlement, books, reductions and aid."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosures.kinds.fees import COMPLAINTS, ITEM
from disclosures.kinds.headings import CONDITIONS, GRADES, NOTE, TERM, YEAR
from disclosures.sheets import checks
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Amount, Choice, Count, Day, Phone, Prose, Text, YesNo
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Table

SETTLED = (
    Amount(
        "collected",
        _("收取金额"),
        is_required=True,
        aliases=("收取", "代收金额", "收入"),
        example="5400",
    ),
    Amount("spent", _("支出金额"), is_required=True, aliases=("支出", "实际支出"), example="5130"),
    Amount(
        "refunded", _("退还金额"), is_required=True, aliases=("退费", "退还", "已退"), example="180"
    ),
    Amount("left", _("结余"), is_required=True, aliases=("余额", "结余金额"), example="90"),
)


def what_was_collected_is_accounted_for(kind: Kind, table: Table) -> Iterator[Fault]:
    """What was collected is what was spent, given back and left, in every line."""
    for row in table.rows:
        collected = checks.number(row, "collected")
        found = sum(
            (checks.number(row, name) for name in ("spent", "refunded", "left")), Decimal(0)
        )
        if collected != found:
            told = _now(
                "收取%(collected)s，支出、退还与结余相加是%(found)s，相差%(difference)s。"
            ) % {
                "collected": f"{collected:,f}",
                "found": f"{found:,f}",
                "difference": f"{abs(collected - found):,f}",
            }
            yield Fault(row.place, str(kind.column("collected").label), told)


SETTLEMENT = Kind(
    "fees-settlement",
    _("代收费结算与退费"),
    header=(
        TERM,
        Amount("collected_total", _("收取合计"), example="9900"),
        Amount("left_total", _("结余合计"), example="90"),
        Prose("left_for", _("结余处理办法"), example="结余转入下学期同一项目。"),
        COMPLAINTS,
    ),
    columns=(
        ITEM,
        Text("group", _("班级或年级"), aliases=("班级", "年级"), longest=60, example="三年级"),
        Count("pupils", _("人数"), aliases=("学生人数", "收费人数"), example="36"),
        *SETTLED,
        NOTE,
    ),
    identity=("item", "group"),
    entries=("K12-E04",),
    checks=(
        checks.once("item", "group"),
        what_was_collected_is_accounted_for,
        checks.header_total("collected_total", "collected"),
        checks.header_total("left_total", "left"),
    ),
    charts=(
        Chart(
            _("代收费收取、支出与退还"),
            "item",
            ("collected", "spent", "refunded"),
            unit=_("元"),
            beside="group",
        ),
    ),
    examples=(
        {
            "item": "作业本费",
            "group": "三年级",
            "pupils": "36",
            "collected": "5,400",
            "spent": "5,130",
            "refunded": "180",
            "left": "90",
        },
        {
            "item": "校服费",
            "group": "一年级",
            "pupils": "25",
            "collected": "4,500",
            "spent": "4,320",
            "refunded": "180",
            "left": "0",
            "note": "1人转学，全额退还",
        },
    ),
)

FORMS = (
    ("reduction", _("减免")),
    ("scholarship", _("奖学金")),
    ("grant", _("助学金")),
    ("loan", _("助学贷款")),
    ("subsidy", _("补助")),
    ("work_study", _("勤工俭学")),
)

AID_POLICIES = Kind(
    "aid-policies",
    _("收费减免与资助政策"),
    header=(
        YEAR,
        Text("office", _("办理部门"), is_required=True, aliases=("受理部门",), example="政教处"),
        Phone(
            "phone", _("咨询电话"), is_required=True, aliases=("联系电话",), example="0599-8000003"
        ),
        Day("apply_by", _("申请截止"), example="2026-09-30"),
    ),
    columns=(
        Text(
            "item",
            _("政策名称"),
            is_required=True,
            aliases=("项目", "资助项目"),
            example="生活补助",
        ),
        Choice(
            "form", _("形式"), is_required=True, choices=FORMS, aliases=("类型",), example="补助"
        ),
        Text(
            "for_whom",
            _("对象"),
            is_required=True,
            aliases=("资助对象", "减免对象"),
            example="寄宿生",
        ),
        CONDITIONS,
        Text(
            "standard", _("标准"), is_required=True, aliases=("资助标准",), example="625元/生·学期"
        ),
        Text("apply_with", _("申请材料"), aliases=("所需材料",), longest=300, example="申请表"),
        Text("basis", _("依据"), aliases=("文件依据", "文号"), longest=120),
    ),
    identity=("item", "for_whom"),
    entries=("K12-E02", "K12-E05", "K12-I03", "HE-37"),
    checks=(checks.once("item", "for_whom"),),
    examples=(
        {
            "item": "家庭经济困难寄宿生生活补助",
            "form": "补助",
            "for_whom": "家庭经济困难的寄宿生",
            "conditions": "经学校资助工作小组认定。",
            "standard": "625元/生·学期",
            "apply_with": "家庭经济困难学生认定申请表",
            "basis": "教财〔2018〕16号",
        },
        {
            "item": "课后服务费减免",
            "form": "减免",
            "for_whom": "家庭经济困难学生",
            "standard": "全额免收",
            "apply_with": "减免申请表",
        },
    ),
)


def books_are_of_choice(kind: Kind, table: Table) -> Iterator[Fault]:
    """Study materials are bought by whoever wants them (《中小学教辅材料管理办法》)."""
    for row in table.rows:
        if row["voluntary"] is False:
            told = _now("教辅材料由学生自愿购买，这一格只能是“是”。")
            yield Fault(row.place, str(kind.column("voluntary").label), told)


STUDY_MATERIALS = Kind(
    "study-materials",
    _("教辅材料目录与价格"),
    header=(
        TERM,
        Text("chosen_by", _("选用方式"), is_required=True, example="学校教辅材料选用委员会投票"),
        COMPLAINTS,
    ),
    columns=(
        Text(
            "item",
            _("书名"),
            is_required=True,
            aliases=("教辅名称", "名称"),
            example="数学同步练习",
        ),
        Text("subject", _("学科"), is_required=True, aliases=("科目",), longest=40, example="数学"),
        GRADES,
        Text(
            "publisher",
            _("出版单位"),
            is_required=True,
            aliases=("出版社",),
            example="示范教育出版社",
        ),
        Text("listed_in", _("评议公告文号"), aliases=("推荐目录文号", "依据"), longest=120),
        Amount("amount", _("价格"), is_required=True, aliases=("定价", "单价"), example="12.80"),
        YesNo("voluntary", _("是否自愿"), is_required=True, aliases=("自愿",), example="是"),
    ),
    identity=("item", "grades"),
    entries=("K12-E09", "K12-G02"),
    checks=(checks.once("item", "grades"), books_are_of_choice),
    examples=(
        {
            "item": "数学同步练习",
            "subject": "数学",
            "grades": "三年级",
            "publisher": "示范教育出版社",
            "listed_in": "示教材〔2026〕4号",
            "amount": "12.80",
            "voluntary": "是",
        },
        {
            "item": "语文同步练习",
            "subject": "语文",
            "grades": "三至四年级",
            "publisher": "示范教育出版社",
            "listed_in": "示教材〔2026〕4号",
            "amount": "13.50",
            "voluntary": "是",
        },
    ),
)

KINDS = (SETTLEMENT, AID_POLICIES, STUDY_MATERIALS)
