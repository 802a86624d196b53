"""Plain text: a line is a paragraph; numbered lines head what follows, tabs make a table."""

import re

from django.utils.translation import gettext as _

from disclosures.importing.decoding import decoded
from disclosures.importing.document import Raw, invisible, paragraph, table
from disclosures.importing.patterns import headings
from portal.text.chinese import fold
from portal.text.clean import clean_line, clean_text
from portal.text.formats import UnfitFile

LONGEST_HEADING = 32
_ENDS = "\u3002\uff1b\uff0c;,\uff1f?"
_bullet = re.compile("[-*\u2022\u00b7\u25cf\u25cb\u25a0\u25c6]\\s+(?=\\S)")
_markup = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)


def read(content: bytes) -> Raw:
    """Read a text file; a web page under a false name is refused."""
    text = decoded(content)
    if _markup.match(text):
        raise UnfitFile(_("文件里是网页代码。请把扩展名改为 .html 后重新导入。"))
    return Raw(html_of(clean_text(text)), dropped_count=invisible(text), is_marked_up=False)


def html_of(text: str) -> str:
    """Lines as paragraphs, headings, lists and tables."""
    pieces, lines = [], text.split("\n")
    while lines:
        taken = _rows(lines) or _items(lines)
        if taken:
            html, count = taken
            pieces.append(html)
            del lines[:count]
        else:
            pieces.append(_line(lines.pop(0)))
    return "".join(pieces)


def _rows(lines):
    """Two lines or more with as many tabs each are the rows of a table."""
    tabs = lines[0].strip(" ").count("\t")
    rows = []
    for line in lines:
        if not tabs or line.count("\t") != tabs:
            break
        rows.append([clean_line(cell) for cell in line.split("\t")])
    if len(rows) < 2 or not any(rows[0]):
        return None
    return table(rows, headed=all(rows[0])), len(rows)


def _items(lines):
    items = []
    for line in lines:
        if not (mark := _bullet.match(line.strip())):
            break
        items.append(paragraph(line.strip()[mark.end() :], "li"))
    return (f"<ul>{''.join(items)}</ul>", len(items)) if items else None


def _line(line):
    line = clean_line(line)
    if len(line) <= LONGEST_HEADING and line and line[-1] not in _ENDS:
        folded = fold(line)
        for level, pattern in headings():
            if pattern.search(folded):
                return paragraph(line, f"h{level}")
    return paragraph(line)
