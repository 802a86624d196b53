"""Cutting the body of a notice so that each block and table row can be proven alone."""

import re

from portal.text.html import plain_text

_block_end = re.compile(r"</(?:p|h[2-4]|li|tr|caption|thead|blockquote)>|<hr>")


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
