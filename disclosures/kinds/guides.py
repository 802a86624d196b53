"""Guides: pages of steps, papers and contacts, for who comes with a matter (办事指南)."""

from django.utils.translation import gettext_lazy as _

from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Day, Phone, Prose, Text
from disclosures.sheets.kind import Kind

SECTIONS = (
    ("who", _("办理对象与条件")),
    ("steps", _("办理步骤")),
    ("papers", _("所需材料")),
    ("fees", _("收费")),
    ("time", _("办理时限")),
    ("contacts", _("联系方式")),
    ("complaints", _("监督投诉")),
)
WORDS = (
    ("条件", "who"),
    ("对象", "who"),
    ("步骤", "steps"),
    ("流程", "steps"),
    ("办理流程", "steps"),
    ("程序", "steps"),
    ("材料", "papers"),
    ("申请材料", "papers"),
    ("费用", "fees"),
    ("时限", "time"),
    ("联系", "contacts"),
    ("投诉", "complaints"),
    ("监督", "complaints"),
)
ABOUT = (
    ("organ", _("公开机构")),
    ("proactive", _("主动公开")),
    ("request", _("依申请公开")),
    ("ways", _("公开形式")),
    ("time", _("公开时限")),
    ("contacts", _("联系方式")),
    ("complaints", _("监督与救济")),
)


def _lines(sections, words, *, example: str, content: str) -> tuple:
    return (
        Choice(
            "section",
            _("部分"),
            is_required=True,
            choices=sections,
            words=words,
            aliases=("栏目", "类别", "项目类别"),
            example=example,
        ),
        Text(
            "item", _("事项"), is_required=True, aliases=("名称", "标题", "项目"), example=content
        ),
        Prose("content", _("内容"), aliases=("说明", "要求", "具体内容"), longest=2000),
        Text("office", _("办理部门"), aliases=("部门", "责任部门", "科室"), longest=80),
        Phone("phone", _("电话"), aliases=("联系电话", "咨询电话", "办公电话")),
        Text("hours", _("办理时间"), aliases=("时间", "工作时间", "办公时间"), longest=120),
        Text("place", _("地点"), aliases=("地址", "办公地点"), longest=120),
    )


GUIDE = Kind(
    "guide",
    _("办事指南"),
    header=(
        Text("matter", _("办理事项"), is_required=True, aliases=("事项名称",), example="转学"),
        Text("office", _("主管部门"), is_required=True, longest=80, example="教务处"),
        Phone(
            "phone", _("咨询电话"), is_required=True, aliases=("联系电话",), example="0599-8000005"
        ),
        Text(
            "hours",
            _("办公时间"),
            is_required=True,
            longest=120,
            example="工作日8:00—11:30、14:30—17:00",
        ),
        Text("place", _("办公地点"), longest=120, example="行政楼一层"),
        Day("in_force", _("施行日期"), example="2026-09-01"),
    ),
    columns=_lines(SECTIONS, WORDS, example="办理步骤", content="提交申请"),
    identity=("section", "item"),
    entries=(
        *("K12-A03", "K12-A05", "K12-A06", "K12-D02", "K12-E06", "K12-I03", "K12-J10"),
        *("HE-14", "HE-31"),
    ),
    checks=(checks.once("section", "item"),),
    examples=(
        {
            "section": "办理对象与条件",
            "item": "转出",
            "content": "本校在籍学生，因户籍或居住地变动转学。",
        },
        {
            "section": "办理步骤",
            "item": "提交申请",
            "content": "监护人在学籍平台提出申请。",
            "office": "教务处",
        },
        {
            "section": "办理步骤",
            "item": "学校核办",
            "content": "两所学校在平台上依次核办。",
            "hours": "10个工作日内",
        },
        {"section": "所需材料", "item": "户口簿", "content": "原件核对，不留复印件。"},
        {
            "section": "联系方式",
            "item": "学籍管理员",
            "office": "教务处",
            "phone": "0599-8000005",
            "place": "行政楼一层",
        },
    ),
)

DISCLOSURE_GUIDE = Kind(
    "disclosure-guide",
    _("信息公开指南"),
    header=(
        Text(
            "office",
            _("公开机构"),
            is_required=True,
            aliases=("工作机构",),
            example="校务公开办公室",
        ),
        Phone(
            "phone", _("联系电话"), is_required=True, aliases=("咨询电话",), example="0599-8000001"
        ),
        Text("hours", _("办公时间"), is_required=True, longest=120, example="工作日8:00—17:00"),
        Text(
            "place",
            _("办公地点"),
            is_required=True,
            aliases=("地址", "办公地址"),
            example="学前路1号行政楼二层",
        ),
        Text("post_code", _("邮政编码"), longest=6, example="353000"),
        Text("email", _("电子邮箱"), aliases=("邮箱",), longest=80, example="xwgk@first.example"),
    ),
    columns=_lines(ABOUT, (), example="公开形式", content="学校网站"),
    identity=("section", "item"),
    entries=("K12-O01", "K12-O03"),
    checks=(checks.once("section", "item"),),
    examples=(
        {
            "section": "公开机构",
            "item": "校务公开办公室",
            "office": "办公室",
            "phone": "0599-8000001",
        },
        {"section": "公开形式", "item": "公开栏", "place": "校门口"},
        {
            "section": "公开时限",
            "item": "主动公开",
            "content": "信息形成或变更后20个工作日内公开。",
        },
        {
            "section": "监督与救济",
            "item": "监督电话",
            "phone": "0599-8000009",
            "office": "示范区教育局",
        },
    ),
)

KINDS = (GUIDE, DISCLOSURE_GUIDE)
