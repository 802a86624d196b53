"""The visible mark that stands where something was lawfully removed."""

import re
from html import unescape

MARK = "〔依法隐去〕"
_KEPT = {"colspan", "rowspan", "scope"}
_tag = re.compile(r"<[^>]*>")
_attribute = re.compile(r'\s([a-z-]+)="[^"]*"')


def mask(html: str) -> str:
    """Return `html` with every text in it as one mark and without attributes that could tell.

    The tags stay, so that the rest of the table or list stands as it did.

    >>> mask('<tr><td colspan="2">张三</td><td> </td></tr>')
    '<tr><td colspan="2">〔依法隐去〕</td><td> </td></tr>'
    """
    kept: list[str] = []
    end = 0
    for tag in _tag.finditer(html):
        kept += [_masked(html[end : tag.start()]), _attribute.sub(_harmless, tag[0])]
        end = tag.end()
    return "".join([*kept, _masked(html[end:])])


def texts_of(html: str) -> set[str]:
    """Every text that stands between the tags of `html`, as written and as read.

    >>> sorted(texts_of("<td>甲&amp;乙</td><td>丙</td>"))
    ['丙', '甲&amp;乙', '甲&乙']
    """
    found = {text.strip() for text in _tag.split(html)} - {""}
    return found | {unescape(text) for text in found}


def _masked(text: str) -> str:
    return MARK if text.strip() else text


def _harmless(attribute: re.Match[str]) -> str:
    return attribute[0] if attribute[1] in _KEPT else ""
