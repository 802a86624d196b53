"""Cutting the body of a notice so that each block and table row can be proven alone."""

import re

from portal.text.html import plain_text

_block_end = re.compile(r"</(?:p|h[2-4]|li|tr|caption|thead|blockquote)>|<hr>")
_tag = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_alone = {"br", "hr", "col", "img", "wbr"}


def cut(html: str) -> list[str]:
    """Return `html` in pieces, each up to the end of a block or a table row; joined they are it.

    The pieces follow the bytes, not the tree: the first row of a table opens the table too.

    >>> cut("<p>甲</p><table><tr><td>乙</td></tr><tr><td>丙</td></tr></table>")
    ['<p>甲</p>', '<table><tr><td>乙</td></tr>', '<tr><td>丙</td></tr>', '</table>']
    """
    ends = [found.end() for found in _block_end.finditer(html)]
    if not ends or ends[-1] != len(html):
        ends.append(len(html))
    starts = [0, *ends[:-1]]
    return [html[start:end] for start, end in zip(starts, ends, strict=True) if end > start]


def read_alone(piece: str) -> str:
    """Return the text of one piece of `cut`, as it would read within the whole.

    >>> read_alone("<tr><td>丙</td><td>丁</td></tr>"), read_alone("</thead>")
    ('丙\\t丁', '')
    """
    is_row = piece.startswith(("<tr", "<thead", "<tbody", "<caption"))
    return plain_text(f"<table>{piece}</table>" if is_row else piece)


def beginning(html: str, most: int) -> tuple[str, bool]:
    """Return whole blocks of `html` up to about `most` characters of it, and whether more follows.

    The first block is always there, whatever its length; elements left open are closed.

    >>> beginning("<ul><li>甲</li><li>乙</li></ul>", 12)
    ('<ul><li>甲</li></ul>', True)
    """
    kept: list[str] = []
    pieces = cut(html)
    for piece in pieces:
        if kept and sum(map(len, kept)) + len(piece) > most:
            break
        kept.append(piece)
    text = "".join(kept)
    return text + _closing(text), len(kept) < len(pieces)


def _closing(html: str) -> str:
    """The end tags of what `html` leaves open, innermost first."""
    opened: list[str] = []
    for tag in _tag.finditer(html):
        if tag[2] in _alone:
            continue
        if tag[1]:
            del opened[-1:]
        else:
            opened.append(tag[2])
    return "".join(f"</{name}>" for name in reversed(opened))
