"""Every kind of typed table the portal knows, by its key."""

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
    promotion,
    staffing,
    titles,
)
from disclosures.sheets.kind import Kind, kind_from

FAMILIES = (
    finance,
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
    own = KINDS.get(schema["kind"])
    return own if own and own.version == schema["version"] else kind_from(schema)


def kinds_for(entry_code: str) -> list[Kind]:
    """The kinds offered for a catalogue entry, the fitting ones first, then those for any."""
    fitting = [kind for kind in KINDS.values() if entry_code in kind.entries]
    return fitting + [kind for kind in KINDS.values() if not kind.entries]
