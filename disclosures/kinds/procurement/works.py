"""Building and repair, from approval over progress and acceptance to the settlement."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.finance.lines import NOTE, YUAN, money
from disclosures.kinds.procurement.parties import SUPERVISION, Organisation
from disclosures.sheets import accounts, checks, days, limits
from disclosures.sheets.charts import Chart
from disclosures.sheets.columns import Choice, Day, Text
from disclosures.sheets.kind import Kind, examples
from disclosures.sheets.shares import Percent

STAGES = (
    ("approved", _("立项")),
    ("contracted", _("已发包")),
    ("building", _("施工")),
    ("accepted", _("验收")),
    ("settled", _("结算")),
)
CONTRACTED = ("contracted", "building", "accepted", "settled")
BEGUN, DONE = CONTRACTED[1:], CONTRACTED[2:]
OUTCOMES = (
    ("passed", _("合格")),
    ("mended", _("整改后合格")),
    ("failed", _("不合格")),
)

WORKS = Kind(
    "works",
    _("基建与维修工程"),
    header=(
        Day(
            "as_of",
            _("截至日期"),
            is_required=True,
            aliases=("统计截止日期",),
            help=_("进度和金额截至哪一天。"),
            example="2026-09-30",
        ),
        YUAN,
        SUPERVISION,
    ),
    columns=(
        Text(
            "project",
            _("工程名称"),
            is_required=True,
            aliases=("项目名称", "项目", "工程项目"),
            example="教学楼抗震加固",
        ),
        Choice(
            "stage",
            _("阶段"),
            is_required=True,
            choices=STAGES,
            words=(
                ("立项批复", "approved"),
                ("招标", "contracted"),
                ("已招标", "contracted"),
                ("在建", "building"),
                ("施工中", "building"),
                ("已验收", "accepted"),
                ("竣工验收", "accepted"),
                ("竣工", "accepted"),
                ("已结算", "settled"),
                ("竣工结算", "settled"),
            ),
            aliases=("进展阶段", "当前阶段", "状态"),
            example="施工",
        ),
        Text(
            "document",
            _("批准文号"),
            is_required=True,
            aliases=("立项文号", "批复文号", "立项依据"),
            longest=120,
            example="云发改投〔2026〕12号",
        ),
        money(
            "approved",
            _("批准投资"),
            "概算投资",
            "预算金额",
            "批复金额",
            "总投资",
            is_required=True,
            example="1,900,000",
        ),
        Organisation(
            "contractor",
            _("施工单位"),
            aliases=("中标单位", "承包单位", "承建单位"),
            example="丽水市宏图建设有限公司",
        ),
        money("contract", _("合同金额"), "合同价", "中标价", example="1,768,300"),
        Day("started_on", _("开工日期"), aliases=("开工时间",), example="2026-07-05"),
        Percent(
            "progress",
            _("工程进度"),
            aliases=("形象进度", "完成进度", "进度"),
            most=Decimal(100),
            example="85%",
        ),
        Day("accepted_on", _("验收日期"), aliases=("竣工验收日期",), example="2026-08-28"),
        Choice(
            "outcome",
            _("验收结论"),
            choices=OUTCOMES,
            words=(("通过", "passed"), ("合格通过", "passed")),
            aliases=("验收结果",),
            example="合格",
        ),
        money("submitted", _("送审金额"), "报审金额", example="438,000"),
        money("settled", _("审定金额"), "结算金额", "审计金额", "决算金额", example="421,600"),
        NOTE,
    ),
    identity=("project",),
    entries=("K12-F11", "HE-18"),
    checks=(
        days.happened("as_of", "started_on", "accepted_on"),
        limits.plausible(),
        checks.once("project"),
        *(checks.needs(n, when="stage", among=CONTRACTED) for n in ("contractor", "contract")),
        *(checks.needs(n, when="stage", among=BEGUN) for n in ("started_on", "progress")),
        *(checks.needs(n, when="stage", among=DONE) for n in ("accepted_on", "outcome")),
        checks.needs("settled", when="stage", among=("settled",)),
        accounts.complete("progress", when="stage", among=DONE),
        checks.in_order("started_on", "accepted_on"),
        limits.within("contract", "approved"),
        checks.at_most("settled", "submitted"),
        limits.within("settled", "contract"),
    ),
    charts=(Chart(_("工程投资"), of="project", series=("approved", "contract", "settled")),),
    examples=examples(
        "project stage document approved contractor contract started_on progress accepted_on"
        " outcome submitted settled note",
        (
            "教学楼抗震加固",
            "施工",
            "云发改投〔2026〕12号",
            "1,900,000",
            "丽水市宏图建设有限公司",
            "1,768,300",
            "2026-07-05",
            "85%",
            "",
            "",
            "",
            "",
            "",
        ),
        (
            "学生宿舍卫生间改造",
            "结算",
            "云教计〔2026〕5号",
            "450,000",
            "云和县第二建筑有限公司",
            "432,000",
            "2026-07-06",
            "100%",
            "2026-08-28",
            "合格",
            "438,000",
            "421,600",
            "",
        ),
        (
            "运动场塑胶跑道翻新",
            "立项",
            "云教计〔2026〕9号",
            "680,000",
            *("",) * 9,
        ),
    ),
)

KINDS = (WORKS,)
