"""What the school owns and owes (《政府会计制度》), and what its enterprises do."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import CODE, EXPLAINED, ITEM, NOTE, UNIT, money
from disclosures.sheets import accounts, checks, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Choice, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period
from disclosures.sheets.shares import Percent

PARTS = (("assets", _("资产")), ("liabilities", _("负债")), ("net", _("净资产")))

BALANCE = Kind(
    "balance_sheet",
    _("月度资产负债表"),
    header=(
        Period("period", _("月份"), is_required=True, of="month", example="2026年9月"),
        UNIT,
        money("assets_total", _("资产总计"), "资产合计", is_required=True, example="4,862.3"),
        money("liabilities_total", _("负债合计"), "负债总计", is_required=True, example="214.8"),
        money(
            "net_total",
            _("净资产合计"),
            "净资产总计",
            is_required=True,
            example="4,647.5",
            least=None,
            help=_("资产总计等于负债合计加净资产合计。"),
        ),
        EXPLAINED,
    ),
    columns=(
        Choice(
            "part",
            _("类别"),
            is_required=True,
            choices=PARTS,
            words=(("资产类", "assets"), ("负债类", "liabilities"), ("净资产类", "net")),
            aliases=("部类", "要素"),
            example="资产",
        ),
        CODE,
        ITEM,
        money("opening", _("年初数"), "年初余额", "期初余额", "期初数", least=None, example="62.4"),
        money(
            "closing",
            _("期末数"),
            "期末余额",
            "月末余额",
            "余额",
            is_required=True,
            least=None,
            example="96.1",
            help=_("减项（如累计折旧）写负数。"),
        ),
        NOTE,
    ),
    identity=("part", "code"),
    entries=("K12-F04",),
    checks=(
        accounts.adds_up("assets_total", ("liabilities_total", "net_total")),
        limits.plausible(),
        checks.once("code", "part"),
        checks.tree("code", "opening", "closing", within="part"),
        checks.header_total("assets_total", "closing", code="code", where=("part", "assets")),
        checks.header_total(
            "liabilities_total", "closing", code="code", where=("part", "liabilities")
        ),
        checks.header_total("net_total", "closing", code="code", where=("part", "net")),
        accounts.sides_equal("opening", "part", "assets", ("liabilities", "net"), code="code"),
        limits.comparable("closing", "opening", code="code", where=("part", "assets")),
    ),
    charts=(
        Chart(
            _("资产构成"),
            of="item",
            series=("opening", "closing"),
            where=("part", "assets"),
            uppermost="code",
        ),
    ),
    courses=(Course(_("各月资产与负债"), ("assets_total", "liabilities_total", "net_total")),),
    examples=examples(
        "part code item opening closing note",
        ("资产", "1001", "货币资金", "62.4", "96.1", ""),
        ("资产", "1212", "应收账款", "8.2", "6.2", ""),
        ("资产", "16", "固定资产净值", "4,812", "4,760", ""),
        ("资产", "1601", "固定资产原值", "6,230", "6,258", ""),
        ("资产", "1602", "累计折旧", "-1,418", "-1,498", "减项"),
        ("负债", "2302", "应付账款", "151.2", "148.3", ""),
        ("负债", "2307", "其他应付款", "60.4", "66.5", ""),
        ("净资产", "3001", "累计盈余", "4,671", "4,647.5", ""),
    ),
)

ENTERPRISES = Kind(
    "enterprises",
    _("校办企业资产与保值增值"),
    header=(
        Period("period", _("年度"), is_required=True, of="year", example="2025年"),
        UNIT,
        money("equity_total", _("所有者权益合计"), is_required=True, example="6,210"),
        EXPLAINED,
    ),
    columns=(
        Text(
            "enterprise",
            _("企业名称"),
            is_required=True,
            aliases=("企业", "公司名称"),
            example="大学出版社",
        ),
        Percent("held", _("学校持股"), aliases=("持股比例",), most=Decimal(100), example="100%"),
        money("assets", _("资产总额"), "资产", is_required=True, example="6,800"),
        money("liabilities", _("负债总额"), "负债", is_required=True, example="1,900"),
        money(
            "equity",
            _("所有者权益"),
            "净资产",
            is_required=True,
            least=None,
            help=_("等于资产总额减负债总额。"),
            example="4,900",
        ),
        money(
            "earlier",
            _("年初所有者权益"),
            "期初权益",
            is_required=True,
            least=None,
            example="4,750",
        ),
        money("revenue", _("营业收入"), "收入", example="3,200"),
        money("profit", _("净利润"), "利润", least=None, example="310"),
        Percent(
            "rate",
            _("保值增值率"),
            aliases=("国有资产保值增值率",),
            help=_("年末所有者权益除以年初所有者权益。"),
            example="103.16%",
        ),
        NOTE,
    ),
    identity=("enterprise",),
    entries=("HE-17",),
    rolls=(("earlier", "equity"),),
    checks=(
        limits.plausible(),
        checks.once("enterprise"),
        checks.sums("assets", "liabilities", "equity"),
        accounts.share("rate", "equity", "earlier"),
        checks.header_total("equity_total", "equity"),
        limits.comparable("equity", "earlier"),
    ),
    charts=(Chart(_("年初与年末所有者权益"), of="enterprise", series=("earlier", "equity")),),
    courses=(Course(_("历年所有者权益"), ("equity_total",)),),
    examples=examples(
        "enterprise held assets liabilities equity earlier revenue profit rate note",
        ("大学出版社", "100%", "6,800", "1,900", "4,900", "4,750", "3,200", "310", "103.16%", ""),
        ("科技园公司", "60%", "2,150", "840", "1,310", "1,350", "420", "-40", "97.04%", ""),
    ),
)

KINDS = (BALANCE, ENTERPRISES)
