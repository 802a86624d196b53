"""Two texts of one notice beside each other, field by field."""

from django.utils.translation import gettext as _

from disclosures.models import Audience, Edition
from disclosures.sheets.comparing import compare
from portal.text.diff import side_by_side
from portal.text.html import plain_text, sanitise

LINES = (
    "title",
    "summary",
    "document_number",
    "written_on",
    "genre",
    "keywords",
    "source",
    "language",
    "audiences",
    "named_authority",
    "inner_reason",
    "closes_on",
    "change_note",
    "is_cleared",
)


def content_of(edition):
    return {name: getattr(edition, name) for name in (*LINES, "body")}


def compared(edition, content):
    """The parts in which `content` differs from the edition: (label, rows of old and new).

    A body that differs in its markup alone is named without rows.
    """
    parts = []
    for name in LINES:
        if name in content and content[name] != getattr(edition, name):
            old, new = _words(name, getattr(edition, name)), _words(name, content[name])
            parts.append((_label(name), side_by_side(old, new)))
    if "body" in content and sanitise(content["body"]) != edition.body:
        old, new = plain_text(edition.body), plain_text(content["body"])
        rows = side_by_side(old, new) if old != new else []
        parts.append((_label("body"), rows))
    return parts


def left_alone(base, stored, content):
    """The fields a colleague has changed since `base` and the writer has not, as names.

    For these the colleague's text stands; what both changed is for the writer to settle.
    """
    return [
        name
        for name, typed in content.items()
        if getattr(stored, name) != getattr(base, name)
        and (sanitise(typed) if name == "body" else typed) == getattr(base, name)
    ]


def tables_compared(before, after):
    """The rows in which the tables of two editions differ; None where both have the same."""
    if before.sheet_id == after.sheet_id:
        return None
    old, new = before.sheet, after.sheet
    return compare((new or old).as_kind, old and old.table(), new and new.table())


def _label(name):
    return Edition._meta.get_field(name).verbose_name


def _words(name, value):
    """A value as the reader of the page knows it."""
    if name == "audiences":
        return "\n".join(str(Audience(code).label) for code in value)
    if name == "is_cleared":
        return _("是") if value else _("否")
    choices = dict(Edition._meta.get_field(name).flatchoices)
    return str(choices.get(value, value if value is not None else ""))
