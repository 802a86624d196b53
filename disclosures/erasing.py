"""Lawful removal: what a piece said goes from every row of its matter, and its salts with it.

(《个人信息保护法》第四十七条; procedure for files, journals and backups: docs/removal.md.)
"""

from collections import defaultdict

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from disclosures import proof
from disclosures.marking import mark_tables
from disclosures.removable import (
    FIELDS,
    TABLED,
    all_editions,
    asked_of,
    erasable,
    family,
    part_of,
    reach,
    reached,
    sealed_editions,
    whole,
)
from disclosures.scrubbing import scrub
from disclosures.sheets.removal import said_in, words_in
from portal.ledger.acts import Refused, perform
from portal.ledger.guards import lifted
from portal.ledger.models import LedgerEntry, Opening
from portal.ledger.rehashing import anchored_hashes, changed, keep
from portal.organisation.models import Job
from portal.text.cutting import cut
from portal.text.masking import MARK, mask, texts_of
from portal.text.reader import listed

__all__ = ["erasable", "erase", "erase_again", "reach"]
SHORTEST = 2
_AGAIN = gettext_noop("恢复备份后，按存证重新隐去。")


def erase(edition, *, names, basis, reason):
    """Remove the named pieces wherever the matter says them, and enter that in the ledger.

    `edition` is changed as its row is. One transaction: that of the act that calls.
    """
    matter = str(edition.disclosure_id)
    asked = asked_of(edition, names)
    found = reached(edition, asked)
    if not found:
        raise Refused(_("要隐去的内容已经不在了，请刷新后再看。"))
    secrets, files = secrets_of(edition, found), files_of(found)
    with lifted():
        before = anchored_hashes(matter)
        tables = {row.sheet_id for row in sealed_editions(edition)}
        gone = mark_tables(edition, asked, secrets, tables)
        erased = destroy_salts(matter, gone | _texts(found))
        for other, pieces in found.items():
            mask_edition(edition if other == edition else other, pieces)
        for file in files | photos_of(found):
            file.erase()
        scrub(matter, [row.pk for row in all_editions(edition)], secrets)
        rehashes = changed(before, anchored_hashes(matter))
        entry = proof.redacted(edition, basis, reason, erased, rehashes)
        keep(rehashes, entry)


def erase_again(entries):
    """Apply the removals among restored `entries` to rows of an older backup; the pieces named.

    Each is a new act of the portal itself with an entry of its own, for other rows are changed.
    """
    editions = apps.get_model("disclosures", "Edition").objects.select_related("disclosure__school")
    for entry in (row for row in entries if row.kind == "redact"):
        facts = entry.told["facts"]
        for edition in editions.filter(disclosure=entry.item, sealed_at__isnull=False):
            own = _seqs(edition)
            names = [name for seq, name in facts["erased"] if seq in own]
            if reach(edition, names):
                with perform("redact", edition, by=None, reason=_AGAIN) as record:
                    erase(edition, names=names, basis=facts["basis"], reason=_AGAIN)
                    record.digest_before = ""
                yield f"{edition.disclosure.address} {', '.join(names)}"


def _seqs(edition):
    entries = LedgerEntry.objects.filter(item=str(edition.disclosure_id), edition=edition.number)
    return set(entries.values_list("seq", flat=True))


def secrets_of(edition, found):
    """The words to be removed everywhere, without those that the rest still says in public."""
    texts = {}
    for other, pieces in found.items():
        for name, text in pieces.items():
            texts |= dict.fromkeys(_said(other, name, text))
    rest = "\n".join(
        said_in(text) if part_of(piece.name) in TABLED else text
        for other in sealed_editions(edition)
        for piece, text in whole(other)
        if text and piece.name not in found.get(other, {})
    )
    told = {text for text in texts if len(text) >= SHORTEST and text not in rest}
    return sorted(told, key=len, reverse=True)


def _said(edition, name, text):
    if name.startswith("file/"):
        return {apps.get_model("disclosures", "Attachment").title_in(text)}
    if part_of(name) in TABLED:
        return words_in(name, text, edition.sheet.schema)
    return texts_of(text)


def files_of(found):
    """The stored files to be destroyed; refused if another matter carries one of them."""
    attachments = apps.get_model("disclosures", "Attachment").objects
    stored = {
        row.served
        for edition, pieces in found.items()
        for row in edition.attachments.kept().select_related("served")
        if f"file/{row.position}" in pieces
    }
    matter = next(iter(found)).disclosure_id
    others = attachments.filter(Q(served__in=stored) | Q(original__in=stored))
    elsewhere = others.exclude(edition__disclosure=matter).select_related("edition__disclosure")
    numbers = {str(row.edition.disclosure) for row in elsewhere}
    if numbers:
        told = _("同一个文件还在别的公开事项里：%(numbers)s。请先在那里撤回或更正。")
        raise Refused(told % {"numbers": listed(sorted(numbers))})
    return stored


def photos_of(found):
    """The photographs of the papers on the wall: they show what is removed."""
    postings = apps.get_model("disclosures", "Posting").objects.filter(edition__in=found)
    shown = postings.exclude(photo=None).select_related("photo")
    return {row.photo for row in shown if not row.photo.is_erased}


def destroy_salts(matter, told):
    """The salts of what said the same (`told`: family and text), in every entry of the matter.

    Returns [[number of the entry, name], …].
    """
    texts = defaultdict(set)
    for of, text in told:
        texts[of].add(text)
    erased = []
    for opening in Opening.objects.filter(entry__item=matter).order_by("entry"):
        names = [piece.name for piece in opening.listed() if _says_any(piece, texts)]
        if names:
            opening.erase(set(names))
            erased += [[opening.pk, name] for name in names]
    return erased


def _says_any(piece, texts):
    """Whether the piece says one of the texts of its family: an issuer's name is no source."""
    return any(piece.says(text) for text in texts.get(family(piece.name), ()))


def _texts(found):
    return {(family(name), text) for pieces in found.values() for name, text in pieces.items()}


def mask_edition(edition, pieces):
    """Put the mark where the pieces stood, in the edition's own row and its attachments'."""
    parts = cut(edition.body)
    for name in pieces:
        if name.startswith("body/"):
            number = int(name.removeprefix("body/")) - 1
            parts[number] = mask(parts[number])
        elif name in FIELDS:
            setattr(edition, name, MARK)
    edition.body = "".join(parts)
    for row in edition.attachments.kept():
        if f"file/{row.position}" in pieces:
            row.hide()
    if edition.sheet_id:
        edition.sheet.refresh_from_db()
    edition.digest = ""
    edition.digest = edition.content_digest()
    edition.save()
    find_anew(edition)


def find_anew(edition):
    """Let the search read what the edition says now, if it finds it at all.

    The index itself forgets words only when it is made anew: the next sweep does that.
    """
    search = apps.get_model("disclosures", "SearchText")
    if search.objects.filter(edition=edition).exists():
        search.objects.enter(edition, proof.plans_of(edition)[-1])
        Job.objects.create(kind=Job.Kind.INDEX_TEXTS)
