"""Columns of words that follow a rule: grades of a school, tags, addresses of pages."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from disclosures.sheets.columns import Text, Unfit, Value
from portal.text.chinese import fold

FAMILIES = (
    ("托班", "小班", "中班", "大班", "学前班"),
    ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级"),
    ("初一", "初二", "初三"),
    ("高一", "高二", "高三"),
    ("中职一年级", "中职二年级", "中职三年级"),
    ("专科生", "本科生", "硕士研究生", "博士研究生"),
)
STAGES = {
    "幼儿园": FAMILIES[0][1:4],
    "小学": FAMILIES[1][:6],
    "初中": FAMILIES[1][6:],
    "高中": FAMILIES[3],
    "中职": FAMILIES[4],
    "义务教育阶段": FAMILIES[1],
}
WHOLE = {"全校", "全体", "全体学生", "全体年级", "各年级", "所有年级", "全部年级"}
KNOWN = tuple(grade for family in FAMILIES for grade in family)
_separator = re.compile(r"[、,;/和及\s]+")
_to = re.compile(r"[至到~\-—–]+")
_digits = str.maketrans("123456789", "一二三四五六七八九")
_address = re.compile(r"https?://[^\s<>\"']{3,300}")


@dataclass(frozen=True)
class Grades(Text):
    """The grades something is meant for, each by the name schools give it.

    Kept in order with 、 between them; 全校 stands for all. Ranges and whole stages are spelt out.
    """

    type: ClassVar[str] = "grades"

    def take(self, cell: Any) -> Value:
        said = fold(str(super().take(cell))).translate(_digits)
        if said.replace(" ", "") in WHOLE:
            return "全校"
        found: list[str] = []
        for part in filter(None, _separator.split(said.strip("、,; "))):
            is_short = len(part) == 1 and said.endswith("年级")
            found += _span(f"{part}年级" if is_short else part)
        return "、".join(grade for grade in KNOWN if grade in found)

    def show(self, value: Value) -> str:
        """Return the grades as one says them: three and more in a row by first and last."""
        runs: list[list[str]] = []
        for grade in filter(None, str(value or "").split("、")):
            if not (runs and _follows(runs[-1][-1], grade)):
                runs.append([])
            runs[-1].append(grade)
        told = (run if len(run) < 3 else [f"{run[0]}至{run[-1]}"] for run in runs)
        return "、".join(part for run in told for part in run)


def _follows(earlier: str, later: str) -> bool:
    return any((earlier, later) in pairwise(family) for family in FAMILIES)


def _span(part: str) -> list[str]:
    """The grades of one part: a stage, a grade, or the first and last of a range."""
    part = part.removeprefix("幼儿园") or part
    if part in STAGES:
        return list(STAGES[part])
    first, *more = _to.split(part)
    last = more[-1] if more else first
    ending = next((end for end in ("年级", "班") if last.endswith(end)), "")
    if len(first) == 1 and ending:
        first += ending
    for family in FAMILIES:
        last_in = next((each for each in (last, first[:-1] + last) if each in family), None)
        if first in family and last_in and len(more) < 2:
            found = family[family.index(first) : family.index(last_in) + 1]
            break
    else:
        found = ()
    if not found:
        told = _("没有“%(grade)s”这个年级。请写“一年级”“七至九年级”“高一”“小班”等，全部写“全校”。")
        raise Unfit(told % {"grade": part})
    return list(found)


@dataclass(frozen=True)
class Tags(Text):
    """A few words by which something is found, each once, with 、 between them."""

    type: ClassVar[str] = "tags"

    def take(self, cell: Any) -> Value:
        words = re.split(r"[、,;#/\n]+", unicodedata.normalize("NFKC", str(super().take(cell))))
        tags = list(dict.fromkeys(word.strip() for word in words if word.strip()))
        if any(len(tag) > 20 for tag in tags):
            raise Unfit(_("每个标签最多20个字，几个之间用顿号隔开。"))
        return "、".join(tags) or None


@dataclass(frozen=True)
class Link(Text):
    """The address of a page anybody may open."""

    longest: int = 320
    type: ClassVar[str] = "link"

    def take(self, cell: Any) -> Value:
        address = str(super().take(cell))
        if not _address.fullmatch(address):
            raise Unfit(_("要写完整的网址，如“https://www.example.com/kc”。"))
        return address
