"""The rich-text rule: what may stand in the body of a notice, and how it reads as plain text.

The rule has a version, which an edition keeps. A body that no longer obeys the present rule is
shown as plain text, so whoever changes what `sanitise` allows also raises `RULE`.
"""

import re
import unicodedata
from html import escape, unescape
from itertools import dropwhile

import nh3

from portal.text.clean import clean_text, without_invisible

RULE = 1

_INLINE = {"strong", "em", "u", "s", "sub", "sup", "a"}
_CELLS = {"td", "th"}
_TAGS = (
    {"p", "br", "hr", "h2", "h3", "h4", "blockquote", "ul", "ol", "li"}
    | {"table", "caption", "thead", "tbody", "tr"}
    | _CELLS
    | _INLINE
)
_DIVISIONS = {"div", "section", "article", "header", "footer", "main", "aside"} | {
    "center",
    "address",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
}
# What pasted pages and Word use, and what it becomes.
_BECOMES = dict.fromkeys(_DIVISIONS, "p") | {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "ins": "u",
    "del": "s",
    "strike": "s",
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan", "scope"},
}
_NUMBERS = {"colspan", "rowspan", "start"}
_SCOPES = {"row", "col", "rowgroup", "colgroup"}
_REL = "noopener noreferrer nofollow"
# Parsing time grows with the square of the depth.
_DEEPEST = 1000
_MOST_PASSES = 12

# Elements that end at the next of their kind, or at once.
_SHALLOW = {"p", "li", "tr", "td", "th", "br", "hr", "img", "col", "wbr", "input", "meta", "link"}

_number = re.compile(r"[1-9][0-9]{0,2}")
_start_tag = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_tag = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:\s[^\s="<>]+="[^"]*")*>')
# An underlined blank is a line to fill in, so it stays.
_empty_inline = re.compile(r"<(strong|em|s|sub|sup|a)(?: [^>]*)?>((?:\s|&nbsp;)*+)</\1>|<u></u>")
_empty_block = re.compile(r"<(p|h2|h3|h4)>(?:\s|&nbsp;|<br>)*+</\1>")
_after_bracket = re.compile(r"(?<=[<>])[^<>]+")
_bare_link = re.compile(rf'<a rel="{_REL}">(.*?)</a>', re.DOTALL)


def sanitise(html: str) -> str:
    """Return `html` as the rule allows it: a fixed point, in NFC, without invisible characters.

    Kept are paragraphs, headings two to four, emphasis, lists, quotations, tables with caption
    and spans, and links to http, https, mailto, tel and addresses of this site. What Word and web
    pages add (styles, classes, comments, office elements, empty paragraphs) goes, its text stays;
    other headings and divisions become the nearest allowed element. Text is lost only from
    script, style and title elements. Markup that does not settle or nests over a thousand deep is
    reduced to its text.
    """
    text = _normal(html)
    if _depth(text) > _DEEPEST:
        return _as_paragraphs(text)
    for _pass in range(_MOST_PASSES):
        cleaned = _cleaned(text)
        if cleaned == text:
            return cleaned
        text = cleaned
    return _as_paragraphs(text)


def obeys_rule(html: str) -> bool:
    """Say whether `html` is exactly what the present rule leaves of it."""
    return sanitise(html) == html


def plain_text(html: str) -> str:
    """Return the text of `html`, sanitised first: a line per block or row, a tab between cells.

    White space is collapsed, no-break spaces become spaces, blocks inside a cell are joined by a
    space, blank lines are left out.

    >>> plain_text("<h2>收费</h2><table><tr><td>项目</td><td>元</td></tr></table>")
    '收费\\n项目\\t元'
    """
    return _read(sanitise(html))


def _allow(tag: str, attribute: str, value: str) -> str | None:
    if attribute in _NUMBERS:
        return value if _number.fullmatch(value) else None
    if attribute == "scope":
        return value if value in _SCOPES else None
    return value


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags={"script", "style", "title"},
        attributes=_ATTRIBUTES,
        attribute_filter=_allow,
        link_rel=_REL,
        url_schemes={"http", "https", "mailto", "tel"},
    )


_WELL_FORMED = _cleaner(_TAGS | set(_BECOMES))
_STRICT = _cleaner(_TAGS)


def _cleaned(html: str) -> str:
    html = _tag.sub(_renamed, _WELL_FORMED.clean(html))
    html = _bare_link.sub(r"\1", _STRICT.clean(html))
    html = _empty_block.sub("", _empty_inline.sub(r"\2", html))
    return _normal(html)


def _renamed(tag: re.Match[str]) -> str:
    closing, name = tag.groups()
    return f"<{closing}{_BECOMES[name]}>" if name in _BECOMES else tag[0]


def _normal(html: str) -> str:
    """Clean the characters of `html` without undoing a tag.

    NFC joins U+0338 to an angle bracket before it, so a mark that follows one is dropped.
    """
    if "\u0338" in html:
        html = _after_bracket.sub(_without_marks, without_invisible(html))
    return clean_text(html)


def _without_marks(text: re.Match[str]) -> str:
    return "".join(dropwhile(unicodedata.combining, text[0]))


def _depth(html: str) -> int:
    """An upper bound, good enough to refuse a tower, of how deep `html` nests."""
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _start_tag.findall(html):
        name = name.lower()
        if name in _SHALLOW:
            continue
        now = opened.get(name, 0)
        step = -min(now, 1) if closing else 1
        opened[name] = now + step
        depth += step
        deepest = max(deepest, depth)
    return deepest


def _as_paragraphs(html: str) -> str:
    lines = re.sub(r"<[^<>]*>", "\n", html).replace("<", "\n").split("\n")
    paragraphs = (clean_text(unescape(line)) for line in lines)
    text = "".join(f"<p>{escape(line, quote=False)}</p>" for line in paragraphs if line)
    # Text alone settles in two passes: one may leave a paragraph empty.
    return _cleaned(_cleaned(text))


def _read(html: str) -> str:
    pieces: list[str] = []
    cells = end = 0
    for tag in _tag.finditer(html):
        pieces.append(re.sub(r"\s+", " ", html[end : tag.start()]))
        cells += _cell_step(tag)
        pieces.append(_separator(tag, in_cell=cells > 0))
        end = tag.end()
    pieces.append(re.sub(r"\s+", " ", html[end:]))
    text = unescape("".join(pieces)).replace("\xa0", " ")
    text = re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", text))
    return re.sub(r"\t? *\n[ \n]*", "\n", text).strip(" \n")


def _cell_step(tag: re.Match[str]) -> int:
    if tag[2] not in _CELLS:
        return 0
    return -1 if tag[1] else 1


def _separator(tag: re.Match[str], *, in_cell: bool) -> str:
    closing, name = tag.groups()
    if name in _CELLS:
        return "\t" if closing and not in_cell else " "
    if name in _INLINE:
        return ""
    return " " if in_cell else "\n"
