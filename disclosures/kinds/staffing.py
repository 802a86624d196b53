"""Whom a school seeks and whom it proposes to take (《事业单位公开招聘人员暂行规定》)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, CONDITIONS, NAME, NOTE, PUBLICITY, YEAR
from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Count, Day, Phone, Prose, Text
from disclosures.sheets.kind import Kind

POST = Text(
    "post",
    _("岗位"),
    is_required=True,
    aliases=("岗位名称", "招聘岗位", "应聘岗位", "拟聘岗位", "报考岗位"),
    longest=80,
    example="小学语文教师",
)
WITHIN = (checks.in_order("opens_on", "closes_on"),)

RECRUITMENT = Kind(
    "recruitment",
    _("招聘岗位"),
    header=(
        YEAR,
        replace(BASIS, is_required=True, example="示人社〔2026〕15号"),
        Day("apply_from", _("报名开始"), is_required=True, example="2026-04-01"),
        Day("apply_to", _("报名截止"), is_required=True, example="2026-04-10"),
        Text("apply_how", _("报名方式"), is_required=True, longest=300, example="网上报名"),
        Prose(
            "procedure",
            _("招聘程序"),
            is_required=True,
            example="报名、笔试、试讲、体检、考察、公示。",
        ),
        Phone(
            "phone", _("咨询电话"), is_required=True, aliases=("联系电话",), example="0599-8000001"
        ),
        Phone("complaint_phone", _("监督电话"), is_required=True, example="0599-8000004"),
    ),
    columns=(
        Text("code", _("岗位代码"), aliases=("岗位编号", "职位代码"), longest=20, example="0101"),
        POST,
        Count(
            "places",
            _("招聘人数"),
            is_required=True,
            aliases=("人数", "名额", "招聘名额"),
            example="2",
        ),
        Text(
            "education",
            _("学历学位要求"),
            aliases=("学历", "学历要求"),
            longest=120,
            example="本科及以上",
        ),
        Text(
            "major",
            _("专业要求"),
            aliases=("专业", "所需专业"),
            longest=200,
            example="汉语言文学类",
        ),
        Text("certificate", _("教师资格"), aliases=("资格证书", "教师资格要求"), longest=120),
        replace(CONDITIONS, label=_("其他条件"), aliases=("条件", "其他要求")),
        NOTE,
    ),
    identity=("code", "post"),
    entries=("K12-H01", "HE-25"),
    checks=(checks.once("code", "post"), checks.in_order("apply_from", "apply_to")),
    examples=(
        {
            "code": "0101",
            "post": "小学语文教师",
            "places": "2",
            "education": "本科及以上，学士及以上学位",
            "major": "汉语言文学、小学教育",
            "certificate": "小学及以上语文教师资格",
            "conditions": "普通话二级甲等及以上",
        },
        {
            "code": "0102",
            "post": "小学体育教师",
            "places": "1",
            "education": "本科及以上",
            "major": "体育教育",
            "certificate": "小学及以上体育教师资格",
        },
    ),
)

STEPS = (
    ("interview", _("进入面试")),
    ("health", _("进入体检")),
    ("inspection", _("进入考察")),
    ("proposed", _("拟聘用")),
)

PROPOSED_HIRES = Kind(
    "proposed-hires",
    _("招聘入围与拟聘人员名单"),
    header=(
        YEAR,
        Choice(
            "step",
            _("环节"),
            is_required=True,
            choices=STEPS,
            words=(("拟聘", "proposed"), ("面试", "interview"), ("体检", "health")),
            example="拟聘用",
        ),
        BASIS,
        *PUBLICITY,
    ),
    columns=(
        NAME,
        POST,
        Text(
            "school",
            _("毕业院校或现单位"),
            aliases=("毕业院校", "毕业学校", "现工作单位", "工作单位"),
            longest=80,
            example="示范师范大学",
        ),
    ),
    identity=("name", "post"),
    entries=("K12-H02", "HE-25"),
    checks=(checks.once("name", "post"), *WITHIN),
    lists_people=True,
    examples=(
        {"name": "陈明远", "post": "小学语文教师", "school": "示范师范大学"},
        {"name": "林小芳", "post": "小学体育教师", "school": "示范体育学院"},
    ),
)

KINDS = (RECRUITMENT, PROPOSED_HIRES)
