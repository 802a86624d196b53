"""Admissions: how many are taken, from which streets, and when (《义务教育法》第十二条)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, GRADES, NOTE, YEAR
from disclosures.sheets import checks
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Count, Day, Phone, Prose, Text
from disclosures.sheets.kind import Kind

ADVICE = (
    Phone(
        "phone",
        _("咨询电话"),
        is_required=True,
        aliases=("招生咨询电话", "联系电话"),
        example="0599-8000005",
    ),
    Phone(
        "complaint_phone",
        _("投诉电话"),
        is_required=True,
        aliases=("监督电话", "举报电话"),
        example="0599-8000006",
    ),
)
PLAN = Kind(
    "admission-plan",
    _("招生计划"),
    header=(
        YEAR,
        replace(BASIS, is_required=True, example="示教招〔2026〕2号"),
        Prose("for_whom", _("招生对象"), is_required=True, example="年满6周岁的适龄儿童。"),
        Prose(
            "conditions",
            _("报名条件"),
            is_required=True,
            example="户籍和实际居住地在本校招生范围内。",
        ),
        Count("places_total", _("计划总人数"), example="315"),
        *ADVICE,
    ),
    columns=(
        replace(
            GRADES,
            label=_("招生年级"),
            is_required=True,
            aliases=("年级", "学段"),
            example="一年级",
        ),
        Text("track", _("类别"), aliases=("专业", "班型", "招生类别"), longest=80),
        Count("classes", _("班数"), is_required=True, aliases=("计划班数", "班级数"), example="7"),
        Count(
            "places",
            _("人数"),
            is_required=True,
            aliases=("计划人数", "招生人数", "招生计划"),
            example="315",
        ),
        NOTE,
    ),
    identity=("grades", "track"),
    entries=("K12-D01", "HE-07"),
    checks=(
        checks.once("grades", "track"),
        checks.header_total("places_total", "places"),
        checks.at_most("classes", "places"),
    ),
    charts=(Chart(_("招生计划人数"), "grades", ("places",), unit=_("人"), beside="track"),),
    examples=({"grades": "一年级", "classes": "7", "places": "315", "note": "每班不超过45人"},),
)

CATCHMENT = Kind(
    "catchment",
    _("招生范围（学区）"),
    header=(YEAR, replace(BASIS, is_required=True, example="示教招〔2026〕3号"), *ADVICE),
    columns=(
        Text(
            "district",
            _("街道或村"),
            is_required=True,
            aliases=("街道", "社区", "居委会", "村居"),
            example="中山街道",
        ),
        Prose(
            "streets",
            _("路段与门牌"),
            is_required=True,
            aliases=("路段", "道路", "范围", "招生范围", "学区范围", "小区"),
            longest=1000,
        ),
        NOTE,
    ),
    identity=("district",),
    entries=("K12-D01",),
    checks=(checks.once("district", "streets"),),
    examples=(
        {"district": "中山街道学前社区", "streets": "学前路1号至99号（单号）、文昌巷全段"},
        {"district": "中山街道南门社区", "streets": "南门路2号至60号（双号）"},
    ),
)

TIMETABLE = Kind(
    "admission-timetable",
    _("招生日程"),
    header=(YEAR, *ADVICE),
    columns=(
        Text(
            "step",
            _("环节"),
            is_required=True,
            aliases=("步骤", "工作内容", "事项", "阶段"),
            example="网上报名",
        ),
        Day(
            "from_day",
            _("开始日期"),
            is_required=True,
            aliases=("起始日期", "时间", "日期"),
            example="2026-06-20",
        ),
        Day("to_day", _("截止日期"), aliases=("结束日期",), example="2026-06-26"),
        Text("place", _("地点或方式"), aliases=("地点", "方式"), longest=200, example="区招生平台"),
        Text(
            "bring",
            _("所需材料"),
            aliases=("材料", "携带材料"),
            longest=300,
            example="户口簿、房产证明",
        ),
    ),
    identity=("step",),
    entries=("K12-D02", "HE-10"),
    checks=(checks.once("step"), checks.in_order("from_day", "to_day")),
    examples=(
        {
            "step": "网上报名",
            "from_day": "2026-06-20",
            "to_day": "2026-06-26",
            "place": "区招生平台",
            "bring": "户口簿、房产证明",
        },
        {"step": "现场核验", "from_day": "2026年7月4日", "place": "学校会议室"},
    ),
)

KINDS = (PLAN, CATCHMENT, TIMETABLE)
