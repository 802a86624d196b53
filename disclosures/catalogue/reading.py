"""Reading a catalogue file: the whole file is clean, or the first fault is told and nothing said.

`COLUMNS` at the end says what each column holds and which field it fills; `k12.csv` and `he.csv`
are the files that come with the portal.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from disclosures.catalogue.tables import bases, categories
from disclosures.catalogue.words import (
    Anchor,
    Audience,
    Cadence,
    Kind,
    PersonalData,
    PublicityBasis,
    is_review_order,
)
from portal.organisation.models import Office

OFFICES = {
    "部门负责人": Office.DEPARTMENT_HEAD,
    "办公室": Office.OFFICE,
    "专项审核": Office.SPECIAL_AUDIT,
    "分管领导": Office.DEPUTY_HEAD,
    "校长": Office.PRINCIPAL,
    "领导小组": Office.LEADING_GROUP,
    "党组织": Office.PARTY,
}
AUDIENCES = {
    "public": Audience.PUBLIC,
    "staff": Audience.STAFF,
    "parents": f"{Audience.PARENTS}+{Audience.PUPILS}",  # the files mean 家长、学生 by it
    "party": Audience.PARTY,
    "restricted": Audience.NAMED,
}


class BadFile(Exception):
    """A catalogue file that cannot be read; the sentence names file, row and column."""


def read(path: Path) -> list[dict]:
    """The field values of every entry in the file, in its order; raises `BadFile`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_entries(path.name, csv.DictReader(file, strict=True)))
    except FileNotFoundError:
        raise BadFile(_("找不到目录文件%(file)s。") % {"file": path.name}) from None
    except (UnicodeDecodeError, csv.Error):
        told = _("%(file)s不是UTF-8编码的CSV文件，请另存为该格式后再载入。")
        raise BadFile(told % {"file": path.name}) from None


def _entries(name: str, rows: csv.DictReader) -> Iterator[dict]:
    _check_header(name, rows.fieldnames or [])
    seen: set[str] = set()
    for position, row in enumerate(rows, start=1):
        values = {"position": position}
        for column, (field, reader) in COLUMNS.items():
            try:
                values[field] = reader(row[column] or "")
            except (ValueError, KeyError):
                _fault(name, rows.line_num, column, row[column])
        if None in row or values["code"] in seen:
            _fault(name, rows.line_num, "code", row["code"])
        _check_together(name, rows.line_num, row, values)
        seen.add(values["code"])
        yield values


def _check_header(name: str, header: list[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            told = _("%(file)s第1行有不认识的列“%(column)s”，请删去或改正列名。")
            raise BadFile(told % {"file": name, "column": column})
    for column in COLUMNS:
        if header.count(column) != 1:
            told = _("%(file)s第1行应当有且只有一列“%(column)s”。")
            raise BadFile(told % {"file": name, "column": column})


def _check_together(name: str, line: int, row: dict, values: dict) -> None:
    """What no column can tell alone: category and title, number and unit, audit where due."""
    category = categories().get(values["category_code"])
    if category is None or category.title != values["category"]:
        _fault(name, line, "category_zh", row["category_zh"])
    values["category_en"] = category.title_en
    for days in ("limit", "publicity"):
        if (values[f"{days}_days"] is None) != (values[f"{days}_unit"] == ""):
            _fault(name, line, f"{days}_unit", row[f"{days}_unit"])
    if values["is_sensitive"] != ("special_audit" in values["offices"].split(">")):
        _fault(name, line, "offices_zh", row["offices_zh"])


def _fault(name: str, line: int, column: str, value: str) -> None:
    told = _("%(file)s第%(line)s行的“%(column)s”列有误：“%(value)s”。请改正后再载入。")
    raise BadFile(told % {"file": name, "line": line, "column": column, "value": value or ""})


def _text(limit: int, *, needed: bool = False) -> Callable[[str], str]:
    def read_text(value: str) -> str:
        if len(value) > limit or (needed and not value.strip()) or not value.isprintable():
            raise ValueError(value)
        return value.strip()

    return read_text


def _one_of(*words: str) -> Callable[[str], str]:
    def read_word(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    return read_word


def _like(pattern: str) -> Callable[[str], str]:
    def read_pattern(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(value)
        return value

    return read_pattern


def _days(value: str) -> int | None:
    return int(_like(r"[1-9][0-9]{0,2}")(value)) if value else None


def _flag(value: str) -> bool:
    return {"true": True, "false": False}[value]


def _cadence(value: str) -> str:
    return "+".join(Cadence(word) for word in value.split("+"))


def _releases(value: str) -> str:
    stages = (stage.split("+") for stage in value.split(">"))
    return ">".join("+".join(AUDIENCES[word] for word in stage) for stage in stages)


def _offices(value: str) -> str:
    steps = [OFFICES[word] for word in value.split(">")]
    if not is_review_order(steps):
        raise ValueError(value)
    return ">".join(steps)


def _bases(value: str) -> str:
    return " ".join(code for code in value.split() if bases()[code])


COLUMNS: dict[str, tuple[str, Callable]] = {
    "code": ("code", _text(30, needed=True)),
    "category_code": ("category_code", _text(20, needed=True)),
    "category_zh": ("category", _text(40, needed=True)),
    "title_zh": ("title", _text(120, needed=True)),
    "title_en": ("title_en", _text(200)),
    "kind": ("kind", _one_of(*Kind.values)),
    "releases": ("releases", _releases),
    "cadence": ("cadence", _cadence),
    "window": ("window", _like(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-2])")),
    "limit_days": ("limit_days", _days),
    "limit_unit": ("limit_unit", _one_of("", "wd", "d")),
    "limit_anchor": ("limit_anchor", _one_of(*Anchor.values)),
    "limit_zh": ("limit", _text(120, needed=True)),
    "publicity_days": ("publicity_days", _days),
    "publicity_unit": ("publicity_unit", _one_of("", "wd", "d")),
    "publicity_basis": ("publicity_basis", _one_of(*PublicityBasis.values)),
    "end_action": ("end_action", _one_of("keep", "mask", "restrict", "withdraw")),
    "keep_until": ("keep_until", _like(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")),
    "personal_data": ("personal_data", _one_of(*PersonalData.values)),
    "sensitive": ("is_sensitive", _flag),
    "owner_zh": ("department_name", _text(40, needed=True)),
    "offices_zh": ("offices", _offices),
    "legal_basis": ("legal_basis", _bases),
    "confidence_title": ("confidence_title", _one_of("S", "L", "O", "K")),
    "confidence_timing": ("confidence_timing", _one_of("S", "L", "O", "K")),
}
