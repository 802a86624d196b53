"""Registers: tables whose columns a school defines itself, as data (台账、登记表).

A defined column is a dict as JSON holds it: `name` its key for programs, `label` its heading,
`type` one of `TYPES`, and where they apply `is_required`, `is_key` (rows are known again by it)
and `choices`, a list of words.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosures.sheets import checks, columns
from disclosures.sheets.columns import Column
from disclosures.sheets.kind import Kind, kind_from
from disclosures.sheets.periods import EXAMPLES, Period
from disclosures.sheets.personal import MARKS, barred
from disclosures.sheets.wording import Grades, Link, Tags
from portal.text.chinese import fold

PREFIX = "register:"
MOST_COLUMNS = 30
LONGEST_LABEL = 40
TYPES = (
    ("text", _("短文字")),
    ("prose", _("长文字")),
    ("person", _("人员姓名")),
    ("count", _("整数")),
    ("amount", _("金额或小数")),
    ("day", _("日期")),
    ("choice", _("固定选项")),
    ("yes_no", _("是或否")),
    ("phone", _("办公电话")),
    ("grades", _("年级")),
    ("tags", _("标签")),
    ("link", _("网址")),
)
PERIODS = (
    ("", _("不分期间")),
    ("year", _("年度")),
    ("term", _("学期")),
    ("quarter", _("季度")),
    ("month", _("月份")),
)
_MADE = {
    each.type: each
    for each in (
        columns.Text,
        columns.Prose,
        columns.Person,
        columns.Count,
        columns.Amount,
        columns.Day,
        columns.YesNo,
        columns.Phone,
        Grades,
        Tags,
        Link,
    )
}
_EXAMPLES = {
    "count": "12",
    "amount": "128.50",
    "day": "2026-09-01",
    "yes_no": "是",
    "phone": "0599-8000001",
    "grades": "一至六年级",
    "link": "https://www.example.com/",
}
UNSAID = {
    "name": "",
    "label": "",
    "type": "text",
    "is_required": False,
    "is_key": False,
    "choices": [],
}
_key = re.compile(r"[a-z][a-z0-9_]{0,30}")
_names_somebody = re.compile("姓名|名单|教师名|学生名")


def is_register(key: str) -> bool:
    return key.startswith(PREFIX)


def column_of(defined: dict[str, Any]) -> Column:
    """The column a school has defined."""
    more = {"is_required": bool(defined.get("is_required"))}
    name, label, kind = defined["name"], defined["label"], defined["type"]
    if kind == "choice":
        words = defined["choices"]
        pairs = tuple((word, word) for word in words)
        return columns.Choice(name, label, choices=pairs, example=words[0], **more)
    return _MADE[kind](name, label, example=_EXAMPLES.get(kind, ""), **more)


def lists_people(defined: list[dict]) -> bool:
    return any(each["type"] == "person" for each in defined)


def kind_of_register(key: str, label: str, defined: list[dict], **more) -> Kind:
    """The kind of a school's own table; `more` are `period`, `entries` and `version`."""
    period = more.pop("period", "")
    header = (_period(period),) if period else ()
    identity = tuple(each["name"] for each in defined if each.get("is_key"))
    return Kind(
        key,
        label,
        header=(*header, columns.Text("explained", _("说明"), longest=300)),
        columns=tuple(column_of(each) for each in defined),
        identity=identity,
        checks=_rules(identity),
        lists_people=lists_people(defined),
        **more,
    )


def remembered(schema: dict) -> Kind:
    """The kind of a register's table as it was when the table was made, with its rules."""
    kind = kind_from(schema)
    return replace(kind, checks=_rules(kind.identity))


def problems(defined: list[dict], *, of_pupils: bool) -> Iterator[tuple[int | None, str]]:
    """What is wrong in the definition of columns: the index of one, or None, and a sentence."""
    if not defined:
        yield None, _now("请至少定义一列。")
    if len(defined) > MOST_COLUMNS:
        yield None, _now("最多%(most)d列。") % {"most": MOST_COLUMNS}
    seen: dict[str, int] = {}
    people = lists_people(defined)
    for index, each in enumerate(defined):
        first = seen.setdefault(fold(each["label"]), index)
        if first != index:
            yield index, _now("列名与第%(column)d列重复，请改名。") % {"column": first + 1}
        yield from ((index, told) for told in _wrong_in(each, people, of_pupils))
    names = [each["name"] for each in defined if each["name"]]
    if len(set(names)) != len(names) or not all(_key.fullmatch(name) for name in names):
        yield None, _now("列的内部编号有误，请重新打开本页再改。")


def _wrong_in(each: dict, people: bool, of_pupils: bool) -> Iterator[str]:
    label, kind = each["label"], each["type"]
    if not label or len(label) > LONGEST_LABEL:
        yield _now("列名要写1至%(most)d个字。") % {"most": LONGEST_LABEL}
    if kind not in dict(TYPES):
        yield _now("请选择这一列的内容。")
    words = each.get("choices") or []
    if kind == "choice" and len({fold(word) for word in words}) < max(2, len(words)):
        yield _now("固定选项至少写两个，不能重复，用顿号隔开。")
    if kind not in ("person", "phone") and _names_somebody.search(label):
        yield _now("写人员姓名的列，内容请选“人员姓名”。")
    word = barred(label, words=MARKS if of_pupils else ()) if people else ""
    if word:
        told = _now("列有人员姓名的表不能有“%(word)s”一类的列，请删去这一列。")
        yield told % {"word": word}


def _period(of: str) -> Period:
    label = dict(PERIODS)[of]
    return Period("period", label, is_required=True, of=of, example=EXAMPLES[of])


def _rules(identity: tuple[str, ...]) -> tuple:
    return (checks.once(*identity),) if identity else ()
