"""Found words in their context, marked; everything else of the text escaped."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.text.chinese import fold

BEFORE, LENGTH = 40, 150


def marked(text, query):
    """The whole text as safe HTML with the found words in `mark` elements.

    Folding keeps every offset, so what is found in the folded text is marked in the text as it
    was written.
    """
    told, at = [], 0
    for found in query.finder.finditer(fold(text)):
        told += [
            escape(text[at : found.start()]),
            "<mark>",
            escape(text[slice(*found.span())]),
            "</mark>",
        ]
        at = found.end()
    return mark_safe("".join([*told, escape(text[at:])]))


def excerpt(text, query):
    """A piece of the text around the first found word, marked; '' if it is not found."""
    first = query.finder.search(fold(text))
    if not first:
        return ""
    begin = max(0, first.start() - BEFORE)
    piece = " ".join(text[begin : begin + LENGTH].split())
    before = "…" if begin else ""
    after = "…" if begin + LENGTH < len(text) else ""
    return mark_safe(f"{before}{marked(piece, query)}{after}")
