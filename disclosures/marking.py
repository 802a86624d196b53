"""Putting the mark into the typed tables of a matter: published, in drafts, and left behind."""

from typing import Any

from django.apps import apps

from disclosures.scrubbing import without
from disclosures.sheets import removal
from portal.text.canonical import json_bytes
from portal.text.masking import MARK


def mark_tables(edition, asked, secrets, sealed) -> set[tuple[str, str]]:
    """Remove what was asked from every table of the matter, a page in memory at a time.

    From tables that no sealed edition shows (`sealed`: the keys of those that one does) the words
    go too, as they do from drafts. Returns what was said there, as (family, text): an entry may
    have committed to it. The guards must be lifted, for the tables' pasts are changed.
    """
    gone: set[tuple[str, str]] = set()
    sheets = apps.get_model("disclosures", "Sheet").objects
    for sheet in sheets.filter(disclosure=edition.disclosure_id).order_by("made_at"):
        words = () if sheet.pk in sealed else secrets
        if _mark_pages(sheet, asked, words, gone) | _mark_header(sheet, asked, words, gone):
            _settle(sheet)
    return gone


def _clean(values: dict[str, Any], secrets) -> dict[str, Any]:
    """Each value without the words, whatever its column is called."""
    return {name: without(value, secrets) for name, value in values.items()}


def _mark_pages(sheet, asked, secrets, gone):
    found = False
    for number in list(sheet.pages.order_by("number").values_list("number", flat=True)):
        page = sheet.pages.get(number=number)
        rows = page.as_rows()
        for row in rows:
            if asked.includes_row(row) and not row.is_removed:
                gone.add(("row", json_bytes(row.told()).decode()))
                row.remove()
            row.values = _clean(row.values, secrets)
        told = [row.told() for row in rows]
        if told != page.rows:
            page.rows, found = told, True
            page.save()
    return found


def _mark_header(sheet, asked, secrets, gone):
    header = dict(sheet.header)
    for name in removal.worded(sheet.schema["header"]) & set(header):
        said = (f"header/{name}", json_bytes(header[name]).decode())
        if said in asked.texts:
            gone.add(said)
            header[name] = MARK
    header = _clean(header, secrets)
    if header == sheet.header:
        return False
    sheet.header = header
    return True


def _settle(sheet):
    """The digest is that of what is left; the past says no more, and no digest of what it was."""
    for past in sheet.history.all():
        past.header, past.digest = sheet.header, ""
        past.save()
    sheet.digest = sheet.digest_now()
    sheet.save()
