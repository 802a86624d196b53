"""Staff in their posts: how many there are, how the term's work was judged, who is sent where."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, NAME, NOTE, PUBLICITY, TERM, YEAR
from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Count, Day, Text
from disclosures.sheets.kind import Kind

POST_CLASSES = (
    ("management", _("管理岗位")),
    ("professional", _("专业技术岗位")),
    ("worker", _("工勤技能岗位")),
)

POSTS = Kind(
    "posts",
    _("岗位设置"),
    header=(
        YEAR,
        replace(BASIS, label=_("核准文号"), is_required=True, example="示人社岗〔2026〕3号"),
        Count("posts_total", _("核准岗位总数"), is_required=True, example="62"),
    ),
    columns=(
        Choice(
            "post_class",
            _("岗位类别"),
            is_required=True,
            choices=POST_CLASSES,
            aliases=("类别",),
            example="专业技术岗位",
        ),
        Text(
            "level", _("岗位等级"), is_required=True, aliases=("等级",), longest=40, example="八级"
        ),
        Count(
            "approved",
            _("核准数"),
            is_required=True,
            aliases=("核准岗位数", "岗位数"),
            example="20",
        ),
        Count("filled", _("已聘数"), aliases=("现聘人数", "实聘人数"), example="18"),
        NOTE,
    ),
    identity=("post_class", "level"),
    entries=("K12-H03",),
    checks=(
        checks.once("post_class", "level"),
        checks.at_most("filled", "approved"),
        checks.header_total("posts_total", "approved"),
    ),
    examples=(
        {"post_class": "管理岗位", "level": "七级", "approved": "2", "filled": "2"},
        {"post_class": "专业技术岗位", "level": "八级", "approved": "60", "filled": "56"},
    ),
)

GRADES_OF_WORK = (
    ("excellent", _("优秀")),
    ("good", _("良好")),
    ("fit", _("合格")),
    ("nearly_fit", _("基本合格")),
    ("unfit", _("不合格")),
    ("none", _("不确定等次")),
)

APPRAISAL = Kind(
    "term-appraisal",
    _("教职工学期考核等次"),
    header=(
        TERM,
        replace(BASIS, label=_("考核办法"), is_required=True, example="教职工考核办法"),
        *PUBLICITY,
    ),
    columns=(
        NAME,
        Text(
            "post", _("岗位"), aliases=("部门", "任教学科", "学科"), longest=80, example="数学教师"
        ),
        Choice(
            "grade",
            _("考核等次"),
            is_required=True,
            choices=GRADES_OF_WORK,
            aliases=("等次", "考核结果", "等级"),
            example="优秀",
        ),
    ),
    identity=("name", "post"),
    entries=("K12-H11",),
    checks=(checks.once("name", "post"), checks.in_order("opens_on", "closes_on")),
    lists_people=True,
    audiences=("staff",),
    examples=(
        {"name": "陈明远", "post": "语文教师", "grade": "优秀"},
        {"name": "林小芳", "post": "体育教师", "grade": "合格"},
    ),
)

SENT = (
    ("training", _("培训")),
    ("secondment", _("外派（支教、挂职）")),
    ("exchange", _("交流轮岗")),
    ("visit", _("参观考察")),
)

SECONDMENT = Kind(
    "secondment",
    _("培训、外派与交流安排"),
    header=(TERM, replace(BASIS, example="示教师〔2026〕21号"), *PUBLICITY[2:]),
    columns=(
        NAME,
        Choice(
            "form",
            _("类型"),
            is_required=True,
            choices=SENT,
            words=(
                ("支教", "secondment"),
                ("挂职", "secondment"),
                ("外派", "secondment"),
                ("轮岗", "exchange"),
                ("交流", "exchange"),
            ),
            aliases=("形式", "类别"),
            example="培训",
        ),
        Text(
            "matter",
            _("项目"),
            is_required=True,
            aliases=("培训项目", "内容"),
            example="骨干教师研修",
        ),
        Text(
            "place",
            _("地点或单位"),
            aliases=("地点", "派往单位", "交流学校"),
            longest=120,
            example="示范师范大学",
        ),
        Day(
            "from_day",
            _("开始日期"),
            is_required=True,
            aliases=("起始日期", "开始时间"),
            example="2026-10-12",
        ),
        Day("to_day", _("结束日期"), aliases=("截止日期", "结束时间"), example="2026-10-16"),
        Text("paid_by", _("经费来源"), aliases=("经费",), longest=80, example="教师培训专项经费"),
    ),
    identity=("name", "matter", "from_day"),
    entries=("K12-H13",),
    checks=(checks.once("name", "matter", "from_day"), checks.in_order("from_day", "to_day")),
    lists_people=True,
    examples=(
        {
            "name": "陈明远",
            "form": "培训",
            "matter": "小学语文骨干教师研修",
            "place": "示范师范大学",
            "from_day": "2026-10-12",
            "to_day": "2026-10-16",
            "paid_by": "教师培训专项经费",
        },
        {
            "name": "林小芳",
            "form": "交流轮岗",
            "matter": "城乡教师交流",
            "place": "示范区第二小学",
            "from_day": "2026年9月1日",
            "to_day": "2027年7月10日",
        },
    ),
)

KINDS = (POSTS, APPRAISAL, SECONDMENT)
