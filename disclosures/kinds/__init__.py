"""Every kind of typed table the portal knows, by its key."""

from typing import Any

from django.apps import apps

from disclosures.kinds import (
    admissions,
    admitted,
    aid,
    awards,
    fees,
    fees_after,
    finance,
    guides,
    posts,
    procurement,
    promotion,
    staffing,
    titles,
)
from disclosures.kinds.registers import is_register, remembered
from disclosures.sheets.kind import Kind, kind_from

FAMILIES = (
    finance,
    procurement,
    fees,
    fees_after,
    admissions,
    admitted,
    staffing,
    titles,
    promotion,
    posts,
    awards,
    aid,
    guides,
)
KINDS: dict[str, Kind] = {kind.key: kind for family in FAMILIES for kind in family.KINDS}


def kind_of(schema: dict) -> Kind:
    """The kind a table was made by; as the table remembers it, if the program's own differs."""
    if is_register(schema["kind"]):
        return remembered(schema)
    own = KINDS.get(schema["kind"])
    return own if own and own.version == schema["version"] else kind_from(schema)


def kinds_for(entry_code: str, school: Any = None) -> list[Kind]:
    """The kinds offered for a catalogue entry, the fitting ones first, then those for any.

    With `school` those it has defined itself are among them.
    """
    own = apps.get_model("disclosures", "Register").objects.kinds(school) if school else []
    kinds = [*KINDS.values(), *own]
    fitting = [kind for kind in kinds if entry_code in kind.entries]
    return fitting + [kind for kind in kinds if not kind.entries]


def kind_named(key: str, school: Any) -> Kind | None:
    """The kind by which new tables of that key are made at the school today, None if by none."""
    if not is_register(key):
        return KINDS.get(key)
    own = apps.get_model("disclosures", "Register").objects.kinds(school)
    return next((kind for kind in own if kind.key == key), None)
