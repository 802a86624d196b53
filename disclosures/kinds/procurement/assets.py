"""State-owned assets that were let, lent or given up."""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import NOTE, YUAN, money
from disclosures.kinds.procurement.parties import SUPERVISION
from disclosures.sheets import checks, days, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Choice, Count, Day, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

ACTS = (
    ("scrapped", _("报废")),
    ("lost", _("报损")),
    ("sold", _("出售")),
    ("transferred", _("无偿调拨")),
    ("given", _("对外捐赠")),
    ("exchanged", _("置换")),
    ("let", _("出租")),
    ("lent", _("出借")),
)

ASSETS = Kind(
    "assets",
    _("资产出租、出借与处置"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2026年"),
        YUAN,
        money("income_total", _("收益合计"), "合计", is_required=True, example="38,600"),
        SUPERVISION,
    ),
    columns=(
        Text(
            "asset",
            _("资产名称"),
            is_required=True,
            aliases=("资产", "名称", "处置资产"),
            example="校门东侧商铺2间",
        ),
        Choice(
            "act",
            _("处置方式"),
            is_required=True,
            choices=ACTS,
            words=(("租赁", "let"), ("变卖", "sold"), ("调拨", "transferred"), ("捐赠", "given")),
            aliases=("方式", "使用方式"),
            example="出租",
        ),
        Count("quantity", _("数量"), is_required=True, example="2"),
        money("original", _("账面原值"), "原值", "资产原值", is_required=True, example="240,000"),
        money("net", _("账面净值"), "净值", is_required=True, example="96,000"),
        money(
            "income",
            _("收益"),
            "处置收入",
            "出租收入",
            "租金",
            help=_("出租、出售必须填写；上缴国库的也写在这里。"),
            example="36,000",
        ),
        Text(
            "party",
            _("去向或承租方"),
            aliases=("承租方", "接收单位", "去向", "借用单位"),
            example="云和县新华书店",
        ),
        Text(
            "document",
            _("批准文号"),
            is_required=True,
            aliases=("审批文号", "批复文号", "审批依据"),
            longest=120,
            example="云教财〔2026〕8号",
        ),
        Day("approved_on", _("批准日期"), is_required=True, example="2026-02-20"),
        Day("starts_on", _("租借开始"), aliases=("起租日期",), example="2026-03-01"),
        Day("ends_on", _("租借结束"), aliases=("到期日期",), example="2029-02-28"),
        NOTE,
    ),
    identity=("asset", "act", "approved_on"),
    entries=("K12-F12",),
    checks=(
        days.happened("approved_on"),
        limits.plausible(),
        checks.once("asset", "act", "approved_on"),
        checks.at_most("net", "original"),
        checks.needs("income", when="act", among=("sold", "let")),
        checks.needs("party", when="act", among=("sold", "transferred", "given", "let", "lent")),
        checks.needs("starts_on", when="act", among=("let", "lent")),
        checks.needs("ends_on", when="act", among=("let", "lent")),
        checks.in_order("starts_on", "ends_on"),
        days.no_longer("starts_on", "ends_on", years=5),
        checks.header_total("income_total", "income"),
    ),
    charts=(Chart(_("原值、净值与收益"), of="asset", series=("original", "net", "income")),),
    courses=(Course(_("历年资产收益"), ("income_total",)),),
    examples=examples(
        "asset act quantity original net income party document approved_on starts_on ends_on note",
        (
            "校门东侧商铺2间",
            "出租",
            "2",
            "240,000",
            "96,000",
            "36,000",
            "云和县新华书店",
            "云教财〔2026〕8号",
            "2026-02-20",
            "2026-03-01",
            "2029-02-28",
            "公开招租",
        ),
        (
            "学生旧课桌椅",
            "出售",
            "580",
            "87,000",
            "0",
            "2,600",
            "云和县物资回收公司",
            "云教财〔2026〕21号",
            "2026-07-10",
            "",
            "",
            "",
        ),
        (
            "台式计算机",
            "报废",
            "46",
            "184,000",
            "0",
            "",
            "",
            "云教财〔2026〕21号",
            "2026-07-10",
            "",
            "",
            "超过使用年限",
        ),
    ),
)

KINDS = (ASSETS,)
