"""What the ledger learns of an edition: each publication, and everything that ends or mends one."""

from itertools import groupby, zip_longest

from disclosures.catalogue.words import Audience
from portal.ledger.log import append
from portal.ledger.models import LedgerEntry
from portal.text.canonical import json_bytes, text_bytes
from portal.text.cutting import cut

TEXT, JSON = "text/plain", "application/json"
PLANNING = ("publish", "correct", "emergency", "restore", "plan")


def sealed(edition, kind):
    """Enter a publication: the whole content, what frames it, and the plan of its releases."""
    plan = plans_of(edition)[-1]
    parts = (*_place(edition), _planned(plan), *framed(edition), *content(edition))
    return _enter(edition, kind, parts=parts, public=opening_of(edition, plan))


def planned(edition, kind):
    """Enter new releases of a text that is in the ledger already."""
    plan = plans_of(edition)[-1]
    parts = (*_place(edition), _planned(plan))
    return _enter(edition, kind, parts=parts, public=opening_of(edition, plan))


def ended(edition, kind, *, reason, facts=None):
    """Enter what takes an edition off, or confirms what one person did alone."""
    parts = (*_place(edition), ("reason", TEXT, text_bytes(reason)))
    return _enter(edition, kind, parts=parts, facts=facts, keep=True)


def redacted(edition, basis, reason, erased, rehashes):
    """Enter a lawful removal: what was erased, on which basis, and which acts it changed."""
    facts = {"basis": basis, "erased": erased}
    own = (*_place(edition), ("reason", TEXT, text_bytes(reason)))
    parts = (*own, *(row.piece() for row in rehashes))
    return _enter(edition, "redact", parts=parts, facts=facts, keep=True)


def content(edition):
    """The edition's parts with body and table cut, so that each row is proven or erased alone."""
    for name, media_type, value in edition.parts():
        if name == "body":
            for count, piece in enumerate(cut(value.decode()), start=1):
                yield f"body/{count:04d}", media_type, piece.encode()
        elif name == "sheet":
            yield from edition.sheet.parts()
        else:
            yield name, media_type, value


def framed(edition):
    """What a page shows around the text: titles as they were when it was sealed."""
    yield "index_number", TEXT, text_bytes(edition.disclosure.index_number)
    yield "issuer", TEXT, text_bytes(edition.issuer)
    yield "department", TEXT, text_bytes(edition.department_title)
    yield "category", TEXT, text_bytes(edition.category_title)
    yield "entry", TEXT, text_bytes(edition.entry_title)


def plans_of(edition):
    """The releases of the edition, by the acts that planned them, in order of time."""
    releases = edition.releases.order_by("sealed_at", "rank")
    return [list(rows) for _moment, rows in groupby(releases, key=lambda row: row.sealed_at)]


def opening_of(edition, plan):
    """What may stand in clear: address and moments, where the public is among the audiences."""
    for release in plan:
        if release.audience == Audience.PUBLIC:
            told = {"opens": release.opens_at, "closes": release.planned_close}
            return told | {"address": edition.disclosure.address}
    return None


def pieces_of(edition):
    """What the ledger's entries of a publication of this edition commit to, as it reads today.

    By the number of the entry: (piece, the text as the rows say it now, None where there is none).
    """
    entries = LedgerEntry.objects.filter(item=str(edition.disclosure_id), edition=edition.number)
    planning = in_force(entries.order_by("seq").select_related("opening"))
    today = dict(_texts((*_place(edition), *framed(edition), *content(edition))))
    plans = _plans(plans_of(edition)[-len(planning) :])
    return {
        entry.seq: _beside(entry, today | plan)
        for entry, plan in zip_longest(planning, plans, fillvalue={})
        if entry
    }


def _beside(entry, texts):
    """The entry's pieces, each with its text among those of today."""
    return [(piece, texts.get(piece.name)) for piece in entry.opening.listed()]


def in_force(entries):
    """Those of an edition's entries that say what it says: after a cancellation it may change."""
    standing = []
    for entry in entries:
        standing = [] if entry.kind == "cancel" else standing
        standing += [entry] if entry.kind in PLANNING else []
    return standing


def shown(pieces):
    """Pieces as they are handed out; an erased one has neither salt nor text."""
    return [piece._asdict() | {"text": None if piece.is_erased else text} for piece, text in pieces]


def altered(found):
    """The names of those among an edition's `pieces_of` that say something else today."""
    return [
        piece.name
        for rows in found.values()
        for piece, text in rows
        if not (piece.is_erased or piece.says(text))
    ]


def stands(edition):
    """Whether all of a sealed edition is still what the ledger says (what is erased aside)."""
    found = pieces_of(edition)
    return bool(found) and not altered(found)


def _plans(plans):
    return [dict(_texts([_planned(plan)])) for plan in plans]


def _texts(parts):
    return ((name, value.decode()) for name, _type, value in parts)


def _enter(edition, kind, *, parts, public=None, facts=None, keep=False):
    item, number = str(edition.disclosure_id), edition.number
    return append(
        kind, item=item, edition=number, parts=parts, public=public, facts=facts, keep=keep
    )


def _place(edition):
    yield "address", TEXT, text_bytes(edition.disclosure.address)


def _planned(plan):
    told = [
        {"audience": row.audience, "opens": row.opens_at, "closes": row.planned_close}
        for row in plan
    ]
    return "plan", JSON, json_bytes(told)
