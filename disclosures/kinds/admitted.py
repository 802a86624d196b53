"""Pupils who were taken, by which right, and into which class.

Lists say a number and a name; the name in full or with one character hidden, as the list's own
header says (教办〔2010〕15号).
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, PUBLICITY, PUPIL, YEAR
from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Text
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Table

WITHIN = (checks.in_order("opens_on", "closes_on"),)
HIDES = "*＊某×xX○"
ORDINAL = Text(
    "number",
    _("序号"),
    is_required=True,
    aliases=("编号", "录取编号", "报名序号", "录取序号"),
    longest=20,
    example="001",
)
NAMES_AS = (("full", _("写全名")), ("masked", _("隐去一字")))
NAMES = Choice(
    "names_as",
    _("姓名写法"),
    is_required=True,
    choices=NAMES_AS,
    words=(("全名", "full"), ("脱敏", "masked"), ("隐名", "masked")),
    example="隐去一字",
)


def names_are_as_told(kind: Kind, table: Table) -> Iterator[Fault]:
    """Where the header says that names have a character hidden, each has."""
    if table.header.get("names_as") != "masked":
        return
    for row in table.rows:
        if not set(str(row["name"])) & set(HIDES):
            told = _now("表头写明姓名“隐去一字”，这里却是全名。请写成“林*雨”这样。")
            yield Fault(row.place, str(kind.column("name").label), told)


ADMITTED = Kind(
    "admission-list",
    _("新生录取名单"),
    header=(YEAR, NAMES, replace(BASIS, example="示教招〔2026〕2号"), *PUBLICITY),
    columns=(
        ORDINAL,
        replace(PUPIL, example="林*雨"),
        Text("track", _("录取类别"), aliases=("类别", "专业", "录取专业"), longest=80),
    ),
    identity=("number",),
    entries=("K12-D03", "HE-13"),
    checks=(checks.once("number"), names_are_as_told, *WITHIN),
    lists_people=True,
    examples=({"number": "001", "name": "林*雨"}, {"number": "002", "name": "陈*"}),
)

CLASS_LISTS = Kind(
    "class-lists",
    _("新生分班名单"),
    header=(
        YEAR,
        NAMES,
        Text("how", _("编班办法"), is_required=True, example="电脑随机均衡编班，家长代表现场监督"),
        *PUBLICITY,
    ),
    columns=(
        Text(
            "school_class",
            _("班级"),
            is_required=True,
            aliases=("分入班级",),
            longest=40,
            example="一年级1班",
        ),
        ORDINAL,
        replace(PUPIL, example="林*雨"),
    ),
    identity=("school_class", "number"),
    entries=("K12-D04",),
    checks=(checks.once("school_class", "number"), names_are_as_told, *WITHIN),
    lists_people=True,
    audiences=("staff", "parents", "pupils"),
    examples=(
        {"school_class": "一年级1班", "number": "01", "name": "林*雨"},
        {"school_class": "一年级1班", "number": "02", "name": "陈*"},
        {"school_class": "一年级2班", "number": "01", "name": "王*明"},
    ),
)

SPECIAL = Kind(
    "special-admissions",
    _("特殊类型学生资格名单"),
    header=(YEAR, replace(BASIS, is_required=True, example="示教招〔2026〕5号"), *PUBLICITY),
    columns=(
        PUPIL,
        Text(
            "school",
            _("所在学校"),
            is_required=True,
            aliases=("学校", "毕业学校", "就读学校"),
            longest=80,
            example="示范区第一小学",
        ),
        Text(
            "category",
            _("资格类别"),
            is_required=True,
            aliases=("类别", "照顾类别", "项目", "加分项目"),
            longest=80,
            example="体育特长",
        ),
        Text("condition", _("符合条件"), aliases=("条件", "资格条件"), longest=200),
        Text("bonus", _("照顾办法"), aliases=("加分", "加分分值"), longest=60, example="加5分"),
    ),
    identity=("name", "category"),
    entries=("K12-D05", "HE-08"),
    checks=(checks.once("name", "school", "category"), *WITHIN),
    lists_people=True,
    examples=(
        {
            "name": "林小雨",
            "school": "示范区第一中学",
            "category": "体育特长",
            "condition": "市级比赛前三名",
            "bonus": "加5分",
        },
    ),
)

KINDS = (ADMITTED, CLASS_LISTS, SPECIAL)
