"""What the tables of purchases have in common: who buys, who sells, whom to ask."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosures.sheets.columns import Day, Phone, Text, Unfit, Value

SHORTEST = 4
_identity = re.compile(r"\d{14,}")


@dataclass(frozen=True)
class Organisation(Text):
    """An organisation by its full name, as it stands on its licence; never a person."""

    longest: int = 120

    def take(self, cell: Any) -> Value:
        name = str(super().take(cell))
        if len(name) < SHORTEST:
            raise Unfit(gettext("要写单位全称，与营业执照一致，不写简称和个人姓名。"))
        if _identity.search(name):
            raise Unfit(gettext("只写单位名称，不写证件号码和账号。"))
        return name


SUPPLIER = Organisation(
    "supplier",
    _("供应商"),
    is_required=True,
    aliases=("中标单位", "成交供应商", "中标供应商", "供货单位", "供应商名称", "乙方"),
    help=_("写单位全称。"),
    example="云和县城关粮油有限公司",
)
PURCHASER = Organisation(
    "purchaser",
    _("采购单位"),
    is_required=True,
    aliases=("采购人", "采购人名称", "甲方"),
    example="云和县第一中学",
)
NUMBER = Text(
    "number",
    _("项目编号"),
    is_required=True,
    aliases=("采购编号", "招标编号", "编号"),
    longest=60,
    example="YHCG-2026-018",
)
QUESTIONS = Phone(
    "phone",
    _("询问电话"),
    is_required=True,
    aliases=("联系电话", "咨询电话"),
    help=_("写办公电话，不写个人手机。"),
    example="0578-5120018",
)
SUPERVISION = Phone(
    "supervision_phone",
    _("监督电话"),
    is_required=True,
    aliases=("投诉电话", "举报电话"),
    help=_("受理质疑、异议或投诉的部门。"),
    example="0578-5120110",
)
STARTS = Day(
    "starts_on",
    _("公示开始"),
    is_required=True,
    aliases=("公示开始日期", "公示起始日期"),
    example="2026-05-12",
)
ENDS = replace(
    STARTS,
    name="ends_on",
    label=_("公示结束"),
    aliases=("公示结束日期", "公示截止日期"),
    example="2026-05-15",
)
