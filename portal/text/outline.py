"""The headings of a body as the page sets them: below its title, without a level left out."""

import re

_HEADING = re.compile(r"<(/?)h([2-4])>")


def outlined(html: str) -> str:
    """Return sanitised `html` with its first heading at level two and none that skips a level.

    Whoever moves from heading to heading (WCAG 2.2, 1.3.1) finds no gap; headings that stood side
    by side still do. Only the page is set so: the text that was sealed stays as it was written.

    >>> outlined("<h3>一</h3><h4>（一）</h4><h3>二</h3>")
    '<h2>一</h2><h3>（一）</h3><h2>二</h2>'
    """
    above: list[int] = []

    def leveled(tag: re.Match[str]) -> str:
        closing, level = tag[1], int(tag[2])
        if not closing:
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        return f"<{closing}h{1 + len(above)}>"

    return _HEADING.sub(leveled, html)
