"""What of a sealed edition can be lawfully removed, and where its matter says the same."""

from typing import NamedTuple

from django.apps import apps
from django.utils.translation import gettext as _

from disclosures import proof
from disclosures.sheets import removal
from portal.text.cutting import read_alone
from portal.text.masking import MARK, mask

FIELDS = (
    *("title", "summary", "document_number", "keywords", "source"),
    *("inner_reason", "change_note"),
)
TABLED = ("row", "header")


class Erasable(NamedTuple):
    """A piece somebody may ask to remove: its name in the ledger and what it says."""

    name: str
    text: str

    @property
    def is_body(self):
        return self.name.startswith("body/")

    @property
    def is_file(self):
        return self.name.startswith("file/")

    @property
    def is_tabled(self):
        return part_of(self.name) in TABLED

    def told(self, edition):
        """What kind of piece it is, and its text as a clerk recognises it."""
        if self.is_file:
            return _("附件"), apps.get_model("disclosures", "Attachment").title_in(self.text)
        if self.is_body:
            return _("正文"), read_alone(self.text).replace("\t", " · ")
        if self.is_tabled:
            kind = edition.sheet.as_kind
            return _("数据表"), removal.readable(self.name, self.text, kind)
        return type(edition)._meta.get_field(self.name).verbose_name, self.text


class Asked:
    """The pieces somebody asked to remove, and what says the same as they do.

    A row is known by its id, which follows it from edition to edition, or by all it says.
    """

    def __init__(self, pieces):
        rows = [removal.row_in(each.text) for each in pieces if part_of(each.name) == "row"]
        self.texts = {(family(each.name), each.text) for each in pieces}
        self.ids = {row.id for row in rows}
        self.values = {removal.values_key(row) for row in rows}

    def includes(self, piece):
        if part_of(piece.name) == "row":
            return self.includes_row(removal.row_in(piece.text))
        return (family(piece.name), piece.text) in self.texts

    def includes_row(self, row):
        return row.id in self.ids or removal.values_key(row) in self.values


def erasable(edition):
    """What of a sealed edition can be removed: words, blocks, rows, facts of a table, files."""
    for piece, text in whole(edition):
        stands = text and not piece.is_erased and _can_go(edition, piece.name)
        found = Erasable(piece.name, text)
        if stands and not is_marked(*found) and (not found.is_body or read_alone(text)):
            yield found


def whole(edition):
    """The pieces of the entry that holds the edition's content, with their texts as they read."""
    found = proof.pieces_of(edition)
    return found[min(found)] if found else []


def asked_of(edition, names):
    wanted = set(names)
    return Asked([each for each in erasable(edition) if each.name in wanted])


def reach(edition, names):
    """Every sealed edition of the matter that says the same, as {edition: {name: text}}."""
    return reached(edition, asked_of(edition, names))


def reached(edition, asked):
    """The same for pieces that were looked up already."""
    found = {}
    for other in sealed_editions(edition):
        same = {each.name: each.text for each in erasable(other) if asked.includes(each)}
        if same:
            found[other] = same
    return found


def is_marked(name, text):
    """Whether nothing but the mark, or nothing at all, can be read in the piece."""
    part = part_of(name)
    if part in TABLED:
        return removal.is_marked(name, text)
    if part == "file":
        return apps.get_model("disclosures", "Attachment").title_in(text) == MARK
    return mask(text) == text if part == "body" else text == MARK


def part_of(name):
    """What a piece is part of: the body, a table's rows or header, the files; else its field."""
    return name.partition("/")[0]


def family(name):
    """Within what equal texts say the same: blocks, rows, files; each field and fact alone."""
    return name if part_of(name) == "header" else part_of(name)


def sealed_editions(edition):
    return [row for row in all_editions(edition) if row.is_sealed]


def all_editions(edition):
    return list(type(edition).objects.filter(disclosure=edition.disclosure_id).order_by("number"))


def _can_go(edition, name):
    if part_of(name) in TABLED:
        return bool(edition.sheet) and removal.can_go(name, edition.sheet.schema)
    return part_of(name) in ("body", "file", *FIELDS)
