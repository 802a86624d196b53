"""Found words in their context, marked; everything else of the text escaped."""

from django.utils.html import format_html, format_html_join

from portal.text.chinese import fold

BEFORE, LENGTH = 40, 150


def marked(text, query):
    """The whole text as safe HTML with the found words in `mark` elements.

    Folding keeps every offset, so what is found in the folded text is marked in the text as it
    was written.
    """
    pieces, at = [], 0
    for found in query.finder.finditer(fold(text)):
        pieces += [text[at : found.start()], format_html("<mark>{}</mark>", found_in(text, found))]
        at = found.end()
    pieces.append(text[at:])
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def found_in(text, found):
    """What was written where the folded word was found."""
    return text[slice(*found.span())]


def excerpt(text, query):
    """A piece of the text around the first found word, marked; '' if it is not found."""
    first = query.finder.search(fold(text))
    if not first:
        return ""
    begin = max(0, first.start() - BEFORE)
    piece = " ".join(text[begin : begin + LENGTH].split())
    before = "…" if begin else ""
    after = "…" if begin + LENGTH < len(text) else ""
    return format_html("{}{}{}", before, marked(piece, query), after)
