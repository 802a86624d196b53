"""Staff who rise: middle managers before they are appointed, posts won in competition."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, NAME, PUBLICITY, YEAR
from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Text
from disclosures.sheets.kind import Kind

WITHIN = (checks.in_order("opens_on", "closes_on"),)
APPOINTMENT_STEPS = (("advance", _("考察预告")), ("before", _("任前公示")))

APPOINTMENTS = Kind(
    "appointments",
    _("考察预告与任前公示"),
    header=(
        YEAR,
        Choice("step", _("环节"), is_required=True, choices=APPOINTMENT_STEPS, example="任前公示"),
        replace(BASIS, example="《事业单位领导人员管理规定》"),
        *(replace(each, is_required=True) for each in PUBLICITY[:2]),
        *PUBLICITY[2:],
    ),
    columns=(
        NAME,
        Text(
            "education",
            _("学历学位"),
            aliases=("学历", "文化程度"),
            longest=60,
            example="大学、教育硕士",
        ),
        Text(
            "current_post",
            _("现任职务"),
            is_required=True,
            aliases=("现职务",),
            longest=80,
            example="教务处副主任",
        ),
        Text(
            "proposed_post",
            _("拟任职务"),
            aliases=("拟任岗位", "考察职位"),
            longest=80,
            example="教务处主任",
        ),
        Text("exceptional", _("破格说明"), aliases=("破格情况",), longest=300),
    ),
    identity=("name",),
    entries=("K12-H06", "K12-H07", "K12-N10", "HE-25"),
    checks=(checks.once("name"), *WITHIN),
    lists_people=True,
    examples=(
        {
            "name": "陈明远",
            "education": "大学、教育硕士",
            "current_post": "教务处副主任",
            "proposed_post": "教务处主任",
        },
        {
            "name": "林小芳",
            "education": "大学",
            "current_post": "体育教研组长",
            "proposed_post": "政教处副主任",
        },
    ),
)

COMPETITION = Kind(
    "competition",
    _("岗位竞聘拟聘结果"),
    header=(YEAR, BASIS, *PUBLICITY),
    columns=(
        NAME,
        Text(
            "post",
            _("拟聘岗位"),
            is_required=True,
            aliases=("竞聘岗位", "岗位"),
            longest=80,
            example="专业技术八级",
        ),
        Text(
            "current_post", _("现聘岗位"), aliases=("现岗位",), longest=80, example="专业技术九级"
        ),
    ),
    identity=("name", "post"),
    entries=("K12-H08",),
    checks=(checks.once("name"), *WITHIN),
    lists_people=True,
    examples=(
        {"name": "陈明远", "post": "专业技术八级", "current_post": "专业技术九级"},
        {"name": "林小芳", "post": "专业技术十级", "current_post": "专业技术十一级"},
    ),
)

KINDS = (APPOINTMENTS, COMPETITION)
