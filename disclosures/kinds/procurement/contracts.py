"""Contracts of purchase, open within two working days of their signing."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import NOTE, YUAN, money
from disclosures.kinds.procurement.parties import NUMBER, PURCHASER, SUPERVISION, SUPPLIER
from disclosures.sheets import checks, days, limits
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Day, Text
from disclosures.sheets.kind import Kind, examples

CONTRACTS = Kind(
    "contracts",
    _("政府采购合同"),
    header=(
        PURCHASER,
        YUAN,
        money("total", _("合同金额合计"), "合计", is_required=True, example="584,400"),
        SUPERVISION,
    ),
    columns=(
        Text(
            "contract",
            _("合同编号"),
            is_required=True,
            aliases=("合同号",),
            longest=60,
            example="YHHT-2026-012",
        ),
        Text("title", _("合同名称"), is_required=True, aliases=("名称",), example="课桌椅采购合同"),
        replace(NUMBER, is_required=False),
        SUPPLIER,
        money("amount", _("合同金额"), "金额", "合同价", is_required=True, example="198,000"),
        Day(
            "signed_on",
            _("签订日期"),
            is_required=True,
            aliases=("合同签订日期", "签约日期"),
            help=_("签订之日起2个工作日内必须公开。"),
            example="2026-06-26",
        ),
        Day("starts_on", _("履行开始"), aliases=("合同开始日期",), example="2026-07-01"),
        Day(
            "ends_on",
            _("履行结束"),
            aliases=("合同结束日期", "履行期限", "交货日期"),
            example="2026-08-20",
        ),
        Text("content", _("主要标的"), aliases=("标的", "合同内容"), example="课桌椅600套"),
        NOTE,
    ),
    identity=("contract",),
    entries=("K12-F10", "HE-18"),
    checks=(
        limits.plausible(),
        checks.once("contract"),
        days.happened("signed_on"),
        checks.in_order("signed_on", "ends_on"),
        checks.in_order("starts_on", "ends_on"),
        limits.positive("amount"),
        checks.header_total("total", "amount"),
    ),
    charts=(Chart(_("合同金额"), of="title", series=("amount",)),),
    examples=examples(
        "contract title number supplier amount signed_on starts_on ends_on content note",
        (
            "YHHT-2026-012",
            "课桌椅采购合同",
            "YHCG-2026-018",
            "丽水市学海家具有限公司",
            "198,000",
            "2026-06-26",
            "2026-07-01",
            "2026-08-20",
            "课桌椅600套",
            "",
        ),
        (
            "YHHT-2026-013",
            "多媒体一体机采购合同",
            "YHCG-2026-021",
            "杭州明德教育装备有限公司",
            "386,400",
            "2026-07-03",
            "2026-07-06",
            "2026-08-15",
            "一体机24台，质保三年",
            "",
        ),
    ),
)

KINDS = (CONTRACTS,)
