"""Professional titles: on which terms, when, judged by whom, with what result.

Conditions, procedure and result are told (教办〔2010〕15号); the lists say name, post and outcome
alone, though forms within the school ask for much more.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, CONDITIONS, NAME, NOTE, PUBLICITY, YEAR
from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Count, Day, Phone, Prose, Text
from disclosures.sheets.kind import Kind

WITHIN = (checks.in_order("opens_on", "closes_on"),)
TITLE = Text(
    "title",
    _("申报职称"),
    is_required=True,
    aliases=("职称", "申报职务", "拟评职称", "推荐职称"),
    longest=60,
    example="高级教师",
)

TITLE_CONDITIONS = Kind(
    "title-conditions",
    _("职称评聘条件与名额"),
    header=(
        YEAR,
        replace(BASIS, is_required=True, example="人社部发〔2015〕79号"),
        Prose(
            "procedure",
            _("程序"),
            is_required=True,
            example="个人申报、资格审查、民主评议、推荐、公示。",
        ),
        Phone(
            "phone", _("咨询电话"), is_required=True, aliases=("联系电话",), example="0599-8000001"
        ),
    ),
    columns=(
        TITLE,
        Count("quota", _("名额"), is_required=True, aliases=("推荐名额", "指标"), example="2"),
        replace(CONDITIONS, is_required=True, aliases=("申报条件", "评审条件")),
        Text(
            "papers",
            _("申报材料"),
            aliases=("所需材料",),
            longest=300,
            example="年度考核表、业绩材料",
        ),
    ),
    identity=("title",),
    entries=("K12-H04",),
    checks=(checks.once("title"),),
    examples=(
        {
            "title": "高级教师",
            "quota": "2",
            "conditions": "一级教师任职满五年，近三年年度考核合格以上。",
            "papers": "申报表、年度考核表、业绩材料",
        },
        {"title": "一级教师", "quota": "4", "conditions": "二级教师任职满四年。"},
    ),
)

TITLE_SCHEDULE = Kind(
    "title-schedule",
    _("职称评聘日程"),
    header=(YEAR, BASIS),
    columns=(
        Text(
            "step",
            _("环节"),
            is_required=True,
            aliases=("步骤", "工作内容", "阶段"),
            example="个人申报",
        ),
        Day(
            "from_day",
            _("开始日期"),
            is_required=True,
            aliases=("起始日期", "时间", "日期"),
            example="2026-09-07",
        ),
        Day("to_day", _("截止日期"), aliases=("结束日期",), example="2026-09-11"),
        Text("office", _("办理部门"), aliases=("责任部门", "地点"), longest=80, example="办公室"),
        NOTE,
    ),
    identity=("step",),
    entries=("K12-H04",),
    checks=(checks.once("step"), checks.in_order("from_day", "to_day")),
    examples=(
        {"step": "个人申报", "from_day": "2026-09-07", "to_day": "2026-09-11", "office": "办公室"},
        {"step": "民主评议、推荐", "from_day": "2026-09-14", "to_day": "2026-09-15"},
    ),
)

COMMITTEE_ROLES = (("chair", _("主任")), ("deputy", _("副主任")), ("member", _("委员")))

TITLE_COMMITTEE = Kind(
    "title-committee",
    _("职称推荐委员会名单"),
    header=(YEAR, *PUBLICITY[2:]),
    columns=(
        NAME,
        Choice(
            "role",
            _("委员会职务"),
            is_required=True,
            choices=COMMITTEE_ROLES,
            words=(
                ("主任委员", "chair"),
                ("组长", "chair"),
                ("副主任委员", "deputy"),
                ("副组长", "deputy"),
                ("成员", "member"),
                ("组员", "member"),
            ),
            aliases=("职务", "角色"),
            example="委员",
        ),
        Text(
            "post",
            _("所在岗位"),
            aliases=("岗位", "部门", "学科"),
            longest=80,
            example="数学教研组长",
        ),
    ),
    identity=("name",),
    entries=("K12-H04",),
    checks=(checks.once("name"),),
    lists_people=True,
    examples=(
        {"name": "王建国", "role": "主任", "post": "校长"},
        {"name": "陈明远", "role": "委员", "post": "语文教研组长"},
    ),
)

OUTCOMES = (
    ("recommended", _("推荐")),
    ("passed", _("评审通过")),
    ("appointed", _("聘任")),
)

TITLE_RESULTS = Kind(
    "title-results",
    _("职称推荐、评审结果"),
    header=(YEAR, BASIS, *PUBLICITY),
    columns=(
        NAME,
        Text("subject", _("任教学科"), aliases=("学科", "岗位"), longest=60, example="语文"),
        Text(
            "current_title",
            _("现职称"),
            aliases=("现任职称", "现任专业技术职务"),
            longest=60,
            example="一级教师",
        ),
        TITLE,
        Choice(
            "outcome",
            _("结果"),
            is_required=True,
            choices=OUTCOMES,
            words=(("拟推荐", "recommended"), ("通过", "passed"), ("拟聘", "appointed")),
            aliases=("推荐结果", "评审结果"),
            example="推荐",
        ),
    ),
    identity=("name", "title"),
    entries=("K12-H05",),
    checks=(checks.once("name", "title"), *WITHIN),
    lists_people=True,
    examples=(
        {
            "name": "陈明远",
            "subject": "语文",
            "current_title": "一级教师",
            "title": "高级教师",
            "outcome": "推荐",
        },
        {
            "name": "林小芳",
            "subject": "体育",
            "current_title": "二级教师",
            "title": "一级教师",
            "outcome": "推荐",
        },
    ),
)

KINDS = (TITLE_CONDITIONS, TITLE_SCHEDULE, TITLE_COMMITTEE, TITLE_RESULTS)
