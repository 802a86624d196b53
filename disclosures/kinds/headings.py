"""Columns that several kinds of table share: what period, on which basis, whom to ask."""

from django.utils.translation import gettext_lazy as _

from disclosures.sheets.columns import Day, Person, Phone, Prose, Text
from disclosures.sheets.periods import Period
from disclosures.sheets.wording import Grades

TERM = Period(
    "period",
    _("学期"),
    is_required=True,
    of="term",
    aliases=("学年学期",),
    example="2026年秋季学期",
)
YEAR = Period("period", _("年度"), is_required=True, aliases=("年份", "学年"), example="2026年")
BASIS = Text("basis", _("依据"), aliases=("依据文件", "政策依据", "文件依据"), longest=200)
OPENS_ON = Day(
    "opens_on", _("公示开始"), aliases=("公示起始日期", "公示开始时间"), example="2026-09-21"
)
CLOSES_ON = Day(
    "closes_on", _("公示截止"), aliases=("公示结束日期", "公示截止时间"), example="2026-09-25"
)
OBJECTIONS_TO = Text(
    "objections_to",
    _("意见受理部门"),
    is_required=True,
    aliases=("受理部门", "受理单位", "监督部门"),
    example="校务公开办公室",
    longest=80,
)
OBJECTION_PHONE = Phone(
    "objection_phone",
    _("受理电话"),
    is_required=True,
    aliases=("监督电话", "举报电话", "反映电话"),
    example="0599-8000001",
)
# What every notice of names says: from when to when, and to whom one objects.
PUBLICITY = (OPENS_ON, CLOSES_ON, OBJECTIONS_TO, OBJECTION_PHONE)

NAME = Person("name", _("姓名"), is_required=True, aliases=("名字",), example="陈明远")
PUPIL = Person("name", _("学生姓名"), is_required=True, aliases=("姓名",), example="林小雨")
SCHOOL_CLASS = Text(
    "school_class", _("班级"), aliases=("所在班级",), example="三年级2班", longest=40
)
GRADES = Grades("grades", _("适用年级"), aliases=("年级", "适用范围"), example="一至六年级")
CONDITIONS = Prose("conditions", _("条件"), aliases=("要求", "具体条件"), longest=1000)
NOTE = Text("note", _("备注"), aliases=("说明",), longest=300)
