"""How far the year's budget has been spent, at the end of each quarter."""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import CODE, EXPLAINED, ITEM, NOTE, UNIT, money
from disclosures.sheets import accounts, checks, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period
from disclosures.sheets.shares import Percent

EXECUTION = Kind(
    "execution",
    _("季度预算执行"),
    header=(
        Period("period", _("季度"), is_required=True, of="quarter", example="2026年第3季度"),
        UNIT,
        money(
            "budget_total",
            _("全年预算合计"),
            "预算合计",
            is_required=True,
            example="2,468.5",
        ),
        money("quarter_total", _("本季支出合计"), "本季合计", is_required=True, example="602.3"),
        money(
            "cumulative_total", _("累计支出合计"), "累计合计", is_required=True, example="1,812.9"
        ),
        EXPLAINED,
    ),
    columns=(
        CODE,
        ITEM,
        money(
            "budget", _("全年预算数"), "预算数", "年初预算数", is_required=True, example="1,985.5"
        ),
        money(
            "quarter", _("本季支出"), "本季执行数", "本季度支出", is_required=True, example="481.2"
        ),
        money(
            "cumulative",
            _("累计支出"),
            "累计执行数",
            "本年累计",
            is_required=True,
            example="1,450.9",
            help=_("从1月1日到本季末，含本季。"),
        ),
        Percent(
            "rate",
            _("执行率"),
            is_required=True,
            aliases=("执行进度", "执行进度（%）", "完成比例", "支出进度"),
            help=_("累计支出除以全年预算数，写百分数。"),
            example="73.07%",
        ),
        money("earlier", _("上年同期累计"), "上年同期", example="1,402.6"),
        NOTE,
    ),
    identity=("code",),
    entries=("K12-F04",),
    checks=(
        limits.plausible(),
        checks.once("code"),
        checks.at_most("quarter", "cumulative"),
        accounts.from_start("quarter", "cumulative"),
        limits.within("cumulative", "budget"),
        accounts.share("rate", "cumulative", "budget"),
        checks.tree("code", "budget", "quarter", "cumulative", "earlier"),
        checks.header_total("budget_total", "budget", code="code"),
        checks.header_total("quarter_total", "quarter", code="code"),
        checks.header_total("cumulative_total", "cumulative", code="code"),
        limits.comparable("cumulative", "earlier", code="code"),
    ),
    charts=(
        Chart(_("预算与累计支出"), series=("budget", "cumulative"), of="item", uppermost="code"),
    ),
    courses=(Course(_("各季度预算执行"), ("budget_total", "cumulative_total")),),
    examples=examples(
        "code item budget quarter cumulative rate earlier note",
        ("205", "教育支出", "1,985.5", "481.2", "1,450.9", "73.07%", "1,402.6", ""),
        ("20502", "普通教育", "1,985.5", "481.2", "1,450.9", "73.07%", "1,402.6", ""),
        ("208", "社会保障和就业支出", "310", "77.6", "232.5", "75%", "216", ""),
        ("221", "住房保障支出", "173", "43.5", "129.5", "74.86%", "120", ""),
    ),
)

KINDS = (EXECUTION,)
