"""What of a typed table can be lawfully removed, as the ledger's pieces tell it.

A row goes as a whole: its values become the mark, its id stays, for it is random and says
nothing. Of the header only what somebody wrote in words can go, never a period or an amount.
"""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Row
from portal.text.canonical import json_bytes
from portal.text.masking import MARK

WORDS = ("text", "prose", "person", "phone")
_one = r"(\d{1,5})(?:\s*[-–—~～至]\s*(\d{1,5}))?"
_numbers, _typed = re.compile(_one), re.compile(rf"\s*(?:{_one}[\s,，、;；]*)+")


def worded(told: list[dict[str, Any]]) -> set[str]:
    """The names of the columns, as a schema tells them, that hold what somebody wrote."""
    return {column["name"] for column in told if column["type"] in WORDS}


def can_go(name: str, schema: dict[str, Any]) -> bool:
    """Whether the piece is a row, or a fact of the header in words."""
    part, _slash, column = name.partition("/")
    return part == "row" or (part == "header" and column in worded(schema["header"]))


def is_marked(name: str, text: str) -> bool:
    """Whether the piece of that name holds the mark alone."""
    said = json.loads(text)
    return row_in(text).is_removed if name.startswith("row/") else said == MARK


def row_in(text: str) -> Row:
    """The row that a piece tells."""
    told = json.loads(text)
    return Row(told["values"], id=told["id"])


def values_key(row: Row) -> bytes:
    """What a row says, whichever id it has: equal for rows that say the same."""
    return json_bytes(row.values)


def said_in(text: str) -> str:
    """Every text that stands in the piece, one a line, as a reader finds it."""
    said = json.loads(text)
    values = said["values"].values() if isinstance(said, dict) else [said]
    return "\n".join(value for value in values if isinstance(value, str))


def words_in(name: str, text: str, schema: dict[str, Any]) -> set[str]:
    """The words of the piece that somebody wrote; numbers, days and choices tell nobody."""
    if name.startswith("row/"):
        values = row_in(text).values
        said = {values.get(column) for column in worded(schema["columns"])}
    else:
        said = {json.loads(text)}
    return {word.strip() for word in said if isinstance(word, str)} - {"", MARK}


def readable(name: str, text: str, kind: Kind) -> str:
    """The piece as a clerk reads it: “第1行：王小明 · 500”, “减免政策：家庭困难的免收”."""
    part, _slash, rest = name.partition("/")
    if part == "header":
        column = next(each for each in kind.header if each.name == rest)
        told = {"label": column.label, "text": column.shown(json.loads(text))}
        return _("%(label)s：%(text)s") % told
    row = row_in(text)
    cells = [column.shown(row[column.name]) for column in kind.columns]
    told = {"number": int(rest), "cells": " · ".join(filter(None, cells))}
    return _("第%(number)d行：%(cells)s") % told


def rows_named(typed: str) -> list[range]:
    """The numbers of rows a clerk types, “3，7-9”; raises ValueError for anything else.

    >>> rows_named("3，7-9")
    [range(3, 4), range(7, 10)]
    """
    if not _typed.fullmatch(typed):
        raise ValueError(typed)
    found = _numbers.findall(typed)
    return [range(int(first), int(last or first) + 1) for first, last in found]
