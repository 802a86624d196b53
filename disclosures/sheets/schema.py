"""Columns made again from their description: for tables that outlive the program's own kinds."""

from decimal import Decimal
from typing import Any

from disclosures.sheets import columns
from disclosures.sheets.columns import Column
from disclosures.sheets.periods import Period
from disclosures.sheets.shares import Percent
from disclosures.sheets.wording import Grades, Link, Tags

_TYPES = {
    each.type: each
    for each in (
        columns.Text,
        columns.Prose,
        columns.Person,
        columns.Amount,
        columns.Count,
        columns.Day,
        columns.Choice,
        columns.YesNo,
        columns.Phone,
        Period,
        Percent,
        Grades,
        Tags,
        Link,
    )
}


def column_from(told: dict) -> Column:
    """Return the column that `Column.told` described; its rules are those of its type alone."""
    more: dict[str, Any] = {"is_required": told.get("is_required", False)}
    match told["type"]:
        case "choice":
            more["choices"] = tuple(told["choices"].items())
        case "amount" | "percent":
            more["places"] = told["places"]
            more["least"] = None if told["is_signed"] else Decimal(0)
        case "period":
            more["of"] = told["of"]
    return _TYPES[told["type"]](told["name"], told["label"], **more)
