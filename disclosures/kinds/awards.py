"""Awards: on which terms, who is proposed, who received them.

Lists of pupils say class and name, those of teachers name, post and what was honoured.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import (
    BASIS,
    CONDITIONS,
    NAME,
    PUBLICITY,
    PUPIL,
    SCHOOL_CLASS,
    TERM,
    YEAR,
)
from disclosures.sheets import checks
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Choice, Count, Prose, Text
from disclosures.sheets.kind import Kind

WITHIN = (checks.in_order("opens_on", "closes_on"),)
STEPS = (("nominated", _("候选")), ("proposed", _("拟表彰")), ("result", _("结果")))
STEP = Choice(
    "step",
    _("环节"),
    is_required=True,
    choices=STEPS,
    words=(("推荐", "nominated"), ("提名", "nominated"), ("公示", "proposed"), ("表彰", "result")),
    example="拟表彰",
)
AWARD = Text(
    "award",
    _("荣誉称号"),
    is_required=True,
    aliases=("奖项", "称号", "荣誉", "评选项目", "奖励名称"),
    longest=80,
    example="三好学生",
)
LEVELS = (
    ("school", _("校级")),
    ("district", _("区县级")),
    ("city", _("市级")),
    ("province", _("省级")),
    ("nation", _("国家级")),
)
LEVEL = Choice(
    "level",
    _("级别"),
    choices=LEVELS,
    words=(
        ("校", "school"),
        ("区级", "district"),
        ("县级", "district"),
        ("市", "city"),
        ("省", "province"),
    ),
    aliases=("等级", "奖项级别"),
    example="校级",
)

FOR_WHOM = (
    ("pupils", _("学生")),
    ("classes", _("班级")),
    ("teachers", _("教师")),
)

AWARD_PLAN = Kind(
    "award-plan",
    _("评优方案"),
    header=(
        YEAR,
        replace(BASIS, is_required=True, example="学校评优评先办法"),
        Prose(
            "procedure", _("程序"), is_required=True, example="班级推荐、年级评议、学校审核、公示。"
        ),
        *PUBLICITY[2:],
    ),
    columns=(
        AWARD,
        Choice(
            "for_whom",
            _("评选对象"),
            is_required=True,
            choices=FOR_WHOM,
            aliases=("对象",),
            example="学生",
        ),
        LEVEL,
        Count("quota", _("名额"), is_required=True, aliases=("评选名额", "指标数"), example="40"),
        replace(CONDITIONS, is_required=True, aliases=("评选条件",)),
    ),
    identity=("award", "for_whom"),
    entries=("K12-I01", "K12-I06", "K12-H09", "K12-G04", "K12-N07", "HE-38"),
    checks=(checks.once("award", "for_whom"),),
    charts=(Chart(_("各荣誉称号名额"), "award", ("quota",), unit=_("名")),),
    examples=(
        {
            "award": "三好学生",
            "for_whom": "学生",
            "level": "校级",
            "quota": "40",
            "conditions": "品德优良，学业合格，体质达标。",
        },
        {
            "award": "先进班集体",
            "for_whom": "班级",
            "level": "校级",
            "quota": "6",
            "conditions": "班风良好，无安全责任事故。",
        },
        {
            "award": "先进教育工作者",
            "for_whom": "教师",
            "level": "区级",
            "quota": "3",
            "conditions": "年度考核合格以上，无师德失范行为。",
        },
    ),
)

PUPIL_AWARDS = Kind(
    "pupil-awards",
    _("学生评优名单"),
    header=(TERM, STEP, BASIS, *PUBLICITY),
    columns=(
        AWARD,
        LEVEL,
        replace(SCHOOL_CLASS, is_required=True),
        PUPIL,
    ),
    identity=("award", "school_class", "name"),
    entries=("K12-I02", "K12-I06"),
    checks=(checks.once("award", "school_class", "name"), *WITHIN),
    lists_people=True,
    examples=(
        {"award": "三好学生", "level": "校级", "school_class": "三年级2班", "name": "林小雨"},
        {"award": "优秀学生干部", "level": "校级", "school_class": "五年级1班", "name": "陈思远"},
    ),
)

CLASS_AWARDS = Kind(
    "class-awards",
    _("先进班级名单"),
    header=(TERM, STEP, BASIS, *PUBLICITY),
    columns=(
        AWARD,
        LEVEL,
        replace(SCHOOL_CLASS, is_required=True, aliases=("班级名称", "获奖班级")),
    ),
    identity=("award", "school_class"),
    entries=("K12-I02",),
    checks=(checks.once("award", "school_class"), *WITHIN),
    examples=(
        {"award": "先进班集体", "level": "校级", "school_class": "三年级2班"},
        {"award": "先进班集体", "level": "校级", "school_class": "五年级1班"},
    ),
)

AWARDS_BY_CLASS = Kind(
    "awards-by-class",
    _("各班获奖人数"),
    header=(TERM, BASIS),
    columns=(
        replace(SCHOOL_CLASS, is_required=True),
        Count("pupils", _("班级人数"), aliases=("总人数",), example="45"),
        Count("school_awards", _("校级人次"), is_required=True, aliases=("校级",), example="6"),
        Count("higher_awards", _("区级以上人次"), aliases=("区级以上", "上级奖项"), example="1"),
    ),
    identity=("school_class",),
    entries=("K12-I02",),
    checks=(checks.once("school_class"),),
    charts=(
        Chart(
            _("各班获奖人次"), "school_class", ("school_awards", "higher_awards"), unit=_("人次")
        ),
    ),
    examples=(
        {"school_class": "三年级1班", "pupils": "44", "school_awards": "5", "higher_awards": "1"},
        {"school_class": "三年级2班", "pupils": "45", "school_awards": "6", "higher_awards": "0"},
    ),
)

TEACHER_AWARDS = Kind(
    "teacher-awards",
    _("教师评优名单"),
    header=(YEAR, STEP, BASIS, *PUBLICITY),
    columns=(
        replace(AWARD, example="优秀教师"),
        LEVEL,
        NAME,
        Text(
            "post",
            _("岗位"),
            aliases=("部门", "学科", "任教学科", "职务"),
            longest=80,
            example="数学教师",
        ),
        Text("work", _("获奖成果"), aliases=("成果名称", "课题名称", "作品"), longest=200),
    ),
    identity=("award", "name", "work"),
    entries=("K12-H10", "K12-G04", "K12-N07"),
    checks=(checks.once("award", "name", "work"), *WITHIN),
    lists_people=True,
    examples=(
        {"award": "优秀教师", "level": "区级", "name": "陈明远", "post": "语文教师"},
        {
            "award": "教学成果奖",
            "level": "校级",
            "name": "林小芳",
            "post": "体育教师",
            "work": "大课间体育活动的组织与实施",
        },
    ),
)

KINDS = (AWARD_PLAN, PUPIL_AWARDS, CLASS_AWARDS, AWARDS_BY_CLASS, TEACHER_AWARDS)
