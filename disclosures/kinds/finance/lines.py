"""What the tables of money have in common: units, sides, codes, lines and notes."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosures.sheets.columns import Amount, Choice, Day, Prose, Text, Unfit, Value

PLACES = 6  # 万元 to the cent
SIDES = (("income", _("收入")), ("spending", _("支出")))
UNITS = (("yuan", _("元")), ("wan", _("万元")))
INCOME, SPENDING = ("side", "income"), ("side", "spending")

_code = re.compile(r"[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")


@dataclass(frozen=True)
class Code(Text):
    """The code of a line: figures and letters, its levels by dots or by two more figures each."""

    longest: int = 20

    def take(self, cell: Any) -> Value:
        code = unicodedata.normalize("NFKC", str(super().take(cell))).rstrip(".")
        if not _code.fullmatch(code):
            raise Unfit(gettext("要写数字编码，如“205”“20502”，或“1”“1.1”“1.1.1”。"))
        return code


UNIT = Choice(
    "unit",
    _("金额单位"),
    is_required=True,
    choices=UNITS,
    words=(("人民币元", "yuan"), ("人民币万元", "wan")),
    aliases=("单位", "计量单位"),
    help=_("整张表用同一个单位。"),
    example="万元",
)
YUAN = replace(UNIT, example="元")
ONLY_YUAN = replace(YUAN, choices=UNITS[:1], words=(("人民币元", "yuan"),), help="")
SIDE = Choice(
    "side",
    _("收支"),
    is_required=True,
    choices=SIDES,
    words=(("本年收入", "income"), ("本年支出", "spending")),
    aliases=("收入/支出", "收支性质"),
    help=_("这一行是收入还是支出。"),
    example="支出",
)
CODE = Code(
    "code",
    _("科目编码"),
    is_required=True,
    aliases=("编码", "科目代码", "功能分类科目编码"),
    help=_("下级编码接着上级编码写，如205、20502；上级的金额必须等于下级之和。"),
    example="20502",
)
ITEM = Text(
    "item",
    _("项目"),
    is_required=True,
    aliases=("科目名称", "科目", "名称", "项目名称", "收支项目", "摘要"),
    example="普通教育",
)
NOTE = Text(
    "note", _("备注"), aliases=("说明", "增减原因"), longest=300, example="在校学生增加86人"
)
EXPLAINED = Prose(
    "explained",
    _("情况说明"),
    help=_("收支增减的主要原因，写给看不懂报表的人。"),
    example="公用经费增加，是因为在校学生比上年多86人。",
)
APPROVED_BY = Text(
    "approved_by",
    _("批复单位"),
    is_required=True,
    aliases=("批复机关", "批准单位", "审批单位"),
    help=_("批复这份预算或决算的主管部门。"),
    example="县教育局",
    longest=80,
)


def approved_on(example: str) -> Day:
    """The day of approval, from which the time for publishing runs."""
    return Day(
        "approved_on",
        _("批复日期"),
        is_required=True,
        aliases=("批复时间", "批准日期"),
        help=_("主管部门批复后20日内必须公开。"),
        example=example,
    )


def money(name: str, label: Any, *aliases: str, **more: Any) -> Amount:
    """A column or a header's cell of money, in the unit of the table."""
    return Amount(name, label, aliases=aliases, places=PLACES, **more)


def totals(income: str, spending: str) -> tuple[Amount, Amount]:
    """The header's two totals, with examples."""
    return (
        money(
            "income_total",
            _("收入合计"),
            "收入总计",
            "本年收入合计",
            example=income,
            is_required=True,
            help=_("等于各项收入之和；只加最上级的行。"),
        ),
        money(
            "spending_total",
            _("支出合计"),
            "支出总计",
            "本年支出合计",
            example=spending,
            is_required=True,
            help=_("等于各项支出之和；只加最上级的行。"),
        ),
    )


def carried(opening: str, closing: str) -> tuple[Amount, Amount]:
    """What was there before and what is left, with examples; either may be less than nothing."""
    return (
        money(
            "opening",
            _("期初结余"),
            "上期结余",
            "上年结余",
            "上月结余",
            "上年结转",
            example=opening,
            is_required=True,
            least=None,
        ),
        money(
            "closing",
            _("期末结余"),
            "本期结余",
            "本年结余",
            "本月结余",
            "累计结余",
            "结余",
            example=closing,
            is_required=True,
            least=None,
            help=_("等于期初结余加收入合计，减支出合计。"),
        ),
    )
