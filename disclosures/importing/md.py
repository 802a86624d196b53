"""Markdown as people write it: headings, lists, tables, quotations, emphasis and links."""

import re
from html import escape

from disclosures.importing.decoding import decoded
from disclosures.importing.document import Raw, invisible, table
from disclosures.importing.notes import pictures
from portal.text.clean import clean_text

_heading = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_underline = re.compile(r"(=+|-+)\s*$")
_item = re.compile(r"(\s*)(?:[-*+]|(\d{1,4})[.)])\s+(.*)$")
_rule = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*$")
_divider = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_fence = re.compile(r"\s*(```|~~~)")
_picture = re.compile(r"!\[([^\]]*)\]\([^)\s]*[^)]*\)")
_link = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+|mailto:[^\s)]+)\)")
_strong = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_em = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")


def read(content: bytes) -> Raw:
    """Read a Markdown file. HTML inside it is shown as it was written, never carried out."""
    written = decoded(content)
    text = clean_text(written)
    count = len(_picture.findall(text))
    blocks = _blocks(_picture.sub(r"\1", text).split("\n"))
    return Raw("".join(blocks), notes=pictures(count), dropped_count=invisible(written))


def _blocks(lines):
    while lines:
        for taker in (_blank, _fenced, _headed, _ruled, _tabled, _listed, _quoted):
            taken = taker(lines)
            if taken is not None:
                break
        else:
            taken = _paragraph(lines)
        html, count = taken
        del lines[:count]
        yield html


def _blank(lines):
    return None if lines[0].strip() else ("", 1)


def _fenced(lines):
    if not _fence.match(lines[0]):
        return None
    end = next((n for n, line in enumerate(lines[1:], 1) if _fence.match(line)), len(lines))
    shown = "<br>".join(escape(line, quote=False) for line in lines[1:end])
    return f"<p>{shown}</p>", end + 1


def _headed(lines):
    if found := _heading.match(lines[0]):
        level = min(len(found[1]), 4)
        return f"<h{level}>{_inline(found[2])}</h{level}>", 1
    if len(lines) > 1 and (under := _underline.match(lines[1])) and not _item.match(lines[0]):
        level = 1 if under[1][0] == "=" else 2
        return (f"<h{level}>{_inline(lines[0])}</h{level}>", 2) if len(under[1]) > 1 else None
    return None


def _ruled(lines):
    return ("<hr>", 1) if _rule.match(lines[0]) else None


def _tabled(lines):
    if len(lines) < 2 or "|" not in lines[0] or not _divider.match(lines[1]):
        return None
    rows = []
    for line in lines:
        if "|" not in line:
            break
        rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    shown = [rows[0], *rows[2:]]
    return table(shown, headed=len(shown) > 1), len(rows)


def _listed(lines):
    """One list with its nested ones, told apart by how far they are indented."""
    if not _item.match(lines[0]):
        return None
    items, count = [], 0
    for line in lines:
        found = _item.match(line)
        if found:
            items.append([len(found[1].expandtabs(4)), bool(found[2]), found[3]])
        elif line.startswith((" ", "\t")) and line.strip():
            items[-1][2] += " " + line.strip()
        else:
            break
        count += 1
    return _nested(items), count


def _nested(items):
    indent, numbered, _text = items[0]
    tag, html = ("ol" if numbered else "ul"), ""
    while items:
        _indent, _numbered, text = items.pop(0)
        inner = []
        while items and items[0][0] > indent:
            inner.append(items.pop(0))
        html += f"<li>{_inline(text)}{_nested(inner) if inner else ''}</li>"
    return f"<{tag}>{html}</{tag}>"


def _quoted(lines):
    inner = []
    for line in lines:
        if not line.lstrip().startswith(">"):
            break
        inner.append(line.lstrip()[1:].removeprefix(" "))
    if not inner:
        return None
    count = len(inner)
    return f"<blockquote>{''.join(_blocks(inner))}</blockquote>", count


def _paragraph(lines):
    count = 1
    while count < len(lines) and lines[count].strip() and not _breaks(lines[count]):
        count += 1
    return f"<p>{'<br>'.join(_inline(line.strip()) for line in lines[:count])}</p>", count


def _breaks(line):
    """Whether a line begins something other than the paragraph before it."""
    begun = (_heading, _item, _rule, _fence)
    return any(pattern.match(line) for pattern in begun) or line.lstrip().startswith(">")


def _inline(text):
    text = escape(text, quote=True)
    text = _link.sub(r'<a href="\2">\1</a>', text)
    return _em.sub(r"<em>\1</em>", _strong.sub(r"<strong>\2</strong>", text))
