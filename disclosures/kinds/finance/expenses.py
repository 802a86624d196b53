"""Reception, travel, training, meetings, vehicles and going abroad, quarter by quarter."""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import EXPLAINED, NOTE, YUAN, money
from disclosures.sheets import accounts, checks, limits
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Choice, Count
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.periods import Period

PUBLIC = (
    ("abroad", _("因公出国（境）费")),
    ("vehicle_purchase", _("公务用车购置费")),
    ("vehicle_running", _("公务用车运行维护费")),
    ("reception", _("公务接待费")),
)
OTHER = (("meetings", _("会议费")), ("training", _("培训费")), ("travel", _("差旅费")))

EXPENSES = Kind(
    "public_expenses",
    _("三公经费与会议、培训、差旅费"),
    header=(
        Period("period", _("季度"), is_required=True, of="quarter", example="2026年第3季度"),
        YUAN,
        money(
            "public_total",
            _("三公经费累计"),
            "三公经费合计",
            is_required=True,
            example="32,370",
            help=_("出国（境）、车辆购置、车辆运行维护、接待四项累计支出之和。"),
        ),
        money("total", _("累计支出合计"), "合计", is_required=True, example="105,286"),
        EXPLAINED,
    ),
    columns=(
        Choice(
            "category",
            _("经费类别"),
            is_required=True,
            choices=(*PUBLIC, *OTHER),
            words=(
                ("出国费", "abroad"),
                ("因公出国（境）", "abroad"),
                ("因公出国（境）费用", "abroad"),
                ("公务用车购置", "vehicle_purchase"),
                ("公务用车运行维护", "vehicle_running"),
                ("车辆费", "vehicle_running"),
                ("公车运行费", "vehicle_running"),
                ("公务用车运行费", "vehicle_running"),
                ("接待费", "reception"),
                ("招待费", "reception"),
                ("公务接待", "reception"),
                ("会议", "meetings"),
                ("培训", "training"),
                ("差旅", "travel"),
            ),
            aliases=("项目", "类别", "经费项目", "名称"),
            example="公务接待费",
        ),
        money(
            "budget", _("全年预算数"), "预算数", "年初预算数", is_required=True, example="12,000"
        ),
        money(
            "quarter", _("本季支出"), "本季度支出", "本期支出", is_required=True, example="2,130"
        ),
        money(
            "cumulative",
            _("累计支出"),
            "本年累计",
            "累计金额",
            "累计数",
            is_required=True,
            example="6,250",
        ),
        money("earlier", _("上年同期累计"), "上年同期", example="7,480"),
        Count(
            "times",
            _("批次"),
            aliases=("次数", "团组数", "车辆数"),
            help=_("接待批次、会议次数、团组数，或车辆数；从年初累计。"),
            example="9",
        ),
        Count("people", _("人次"), aliases=("人数",), example="74"),
        NOTE,
    ),
    identity=("category",),
    entries=("K12-F05",),
    checks=(
        limits.plausible(),
        checks.once("category"),
        checks.at_most("quarter", "cumulative"),
        accounts.from_start("quarter", "cumulative"),
        limits.within("cumulative", "budget"),
        accounts.counted("cumulative", "times", "people", by="category", among=("reception",)),
        checks.header_total("public_total", "cumulative", where=("category", tuple(dict(PUBLIC)))),
        checks.header_total("total", "cumulative"),
        limits.comparable("cumulative", "earlier"),
    ),
    charts=(
        Chart(_("预算与累计支出"), of="category", series=("budget", "cumulative")),
        Chart(_("与上年同期比较"), of="category", series=("earlier", "cumulative")),
    ),
    courses=(Course(_("各季度累计支出"), ("public_total", "total")),),
    examples=examples(
        "category budget quarter cumulative earlier times people note",
        ("公务用车运行维护费", "38,000", "8,460", "26,120", "27,900", "1", "", "车辆1辆"),
        ("公务接待费", "12,000", "2,130", "6,250", "7,480", "9", "74", ""),
        ("培训费", "80,000", "14,300", "51,916", "46,220", "12", "138", ""),
        ("差旅费", "30,000", "5,200", "21,000", "19,860", "41", "63", ""),
    ),
)

KINDS = (EXPENSES,)
