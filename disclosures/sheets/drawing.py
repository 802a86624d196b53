"""Figures as SVG: bars, or points joined by lines, that need neither script nor colour.

Lengths along the screen are shares of the drawing's width and those down it are multiples of the
letters' height, so that the letters are as large as the page's on every screen and on paper.
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from django.utils.html import format_html, format_html_join

from disclosures.sheets.charts import Figure

LINE, BAR, GAP = Decimal("1.45"), Decimal("1.25"), Decimal("0.7")
REACH = Decimal(70)  # of a hundred: what is left holds the number behind the longest bar
SHORT = 30  # half-widths: fifteen Chinese characters fit on a telephone in large type
STYLES, HATCHES = 6, 4  # of lines, of bars


class Scale(NamedTuple):
    """From numbers to shares of the width; zero is always on it."""

    least: Decimal
    most: Decimal

    def at(self, value: Decimal) -> Decimal:
        span = self.most - self.least
        return (value - self.least) * REACH / span if span else Decimal(0)


def draw(figure: Figure, *, key: str, is_course: bool = False) -> str:
    """Return the figure as one `svg` element; `key` makes its ids the only ones on the page.

    Categories go down the drawing, in each a bar for every series with its number behind it; for
    a course of periods a point instead, joined to the one before. A number that is missing is
    a dash. Everything written is escaped.
    """
    scale = scale_of(figure)
    top = [_words(figure, key), "" if is_course else _patterns(key, len(figure.series))]
    legend, down = _legends(figure, key, is_course=is_course)
    marks, points, height = _marks(figure, key, scale, down, is_course=is_course)
    joined = [_join(each, scale, index) for index, each in enumerate(points)]
    # Lines first, so that they run behind the numbers.
    return _whole([*top, *legend, *(joined if is_course else ()), *marks], key, height)


def _legends(figure: Figure, key: str, *, is_course: bool) -> tuple[list[str], Decimal]:
    """What each series is called, where there are several; and where the drawing goes on."""
    down, parts = Decimal("0.2"), []
    if len(figure.series) < 2:
        return parts, down
    for index, (label, _values) in enumerate(figure.series):
        swatch = (
            _line("0", down, "1.2em", down, index)
            if is_course
            else _rect("0", "1.2em", down + Decimal("0.15"), index, key)
        )
        parts += [swatch, _text("1.8em", down + 1, label, "name")]
        down += LINE
    return parts, down + GAP / 2


def _marks(figure, key, scale, down, *, is_course) -> tuple[list, list, Decimal]:
    """Names, bars and numbers; where each series has its points; and how far down it goes."""
    parts: list[str] = []
    points: list[list[tuple]] = [[] for _series in figure.series]
    for at, category in enumerate(figure.categories):
        for line in shortened(category):
            parts.append(_text("0", down + 1, line, "name"))
            down += LINE
        for index, (_label, values) in enumerate(figure.series):
            parts.append(_mark(values[at], index, down, scale, key, is_course=is_course))
            points[index].append((values[at], down))
            down += BAR
        down += GAP
    return parts, points, down


def scale_of(figure: Figure) -> Scale:
    """The stretch from the least to the greatest number, zero included."""
    known = [value for _label, values in figure.series for value in values if value is not None]
    return Scale(min([Decimal(0), *known]), max([Decimal(0), *known]))


def said(value: Decimal | None) -> str:
    """A number as it stands beside its bar: `1,234.5`; a dash for none."""
    if value is None:
        return "—"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shortened(label: str, width: int = SHORT) -> list[str]:
    """A label on at most two lines of `width` half-widths, what is cut marked.

    >>> shortened("义务教育阶段家庭经济困难学生生活补助资金"), shortened("学费")
    (['义务教育阶段家庭经济困难学生生', '活补助资金'], ['学费'])
    """
    lines, line, size = [], "", 0
    for character in label:
        wide = 2 if east_asian_width(character) in "WFA" else 1
        if size + wide > width:
            lines.append(line)
            line, size = "", 0
        line, size = line + character, size + wide
    lines.append(line)
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][:-1]}…"]


def _together(parts: Iterable[str]) -> str:
    return format_html_join("", "{}", ((part,) for part in parts))


def _whole(parts: list, key: str, height: Decimal) -> str:
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{0}-t {0}-d"'
        ' width="100%" height="{1}em">{2}</svg>',
        key,
        _n(height),
        _together(parts),
    )


def _words(figure: Figure, key: str) -> str:
    title = figure.heading
    return format_html(
        '<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>', key, title, figure.description
    )


def _patterns(key: str, count: int) -> str:
    """Hatchings that are told apart in grey: the first series is solid and needs none."""
    strokes = ("", "M0 6L6 0M-1 1L1 -1M5 7L7 5", "M3 0V6", "M0 3H6M3 0V6")
    made = [
        format_html(
            '<defs><pattern id="{}-p{}" width="6" height="6" patternUnits="userSpaceOnUse">'
            '<path class="hatch" d="{}"/></pattern></defs>',
            key,
            number,
            strokes[number],
        )
        for number in range(1, min(count, HATCHES))
    ]
    return _together(made)


def _mark(value, index, down, scale, key, *, is_course) -> str:
    """The bar or point of one number, and the number."""
    zero = scale.at(Decimal(0))
    if value is None:
        return _text(f"{_n(zero)}%", down + 1, said(None), "none", dx="0.4em")
    at = scale.at(value)
    right = f"{_n(at if is_course else max(at, zero))}%"
    left, width = f"{_n(min(at, zero))}%", f"{_n(abs(at - zero))}%"
    mark = _point(at, down, index) if is_course else _rect(left, width, down, index, key)
    return _together([mark, _text(right, down + 1, said(value), "number", dx="0.6em")])


def _point(at: Decimal, down: Decimal, index: int) -> str:
    return format_html(
        '<circle class="s{}" cx="{}%" cy="{}em" r="0.3em"/>',
        index % STYLES,
        _n(at),
        _n(_middle(down)),
    )


def _join(points: list[tuple], scale: Scale, index: int) -> str:
    """The lines from point to point; none across a number that is missing."""
    lines = [
        _line(f"{_n(scale.at(one))}%", down, f"{_n(scale.at(other))}%", further, index)
        for (one, down), (other, further) in pairwise(points)
        if one is not None and other is not None
    ]
    return _together(lines)


def _line(left: str, down: Decimal, right: str, further: Decimal, index: int) -> str:
    return format_html(
        '<line class="course s{}" x1="{}" y1="{}em" x2="{}" y2="{}em"/>',
        index % STYLES,
        left,
        _n(_middle(down)),
        right,
        _n(_middle(further)),
    )


def _rect(left: str, width: str, down: Decimal, index: int, key: str) -> str:
    style = index % HATCHES
    return format_html(
        '<rect class="bar s{}" x="{}" y="{}em" width="{}" height="1em"{}/>',
        style,
        left,
        _n(down + Decimal("0.1")),
        width,
        format_html(' fill="url(#{}-p{})"', key, style) if style else "",
    )


def _text(left: str, down: Decimal, text: str, css: str, *, dx: str = "0") -> str:
    return format_html(
        '<text class="{}" x="{}" dx="{}" y="{}em">{}</text>', css, left, dx, _n(down), text
    )


def _middle(down: Decimal) -> Decimal:
    return down + Decimal("0.6")


def _n(number: Decimal) -> str:
    """A number as an attribute: two decimals, none that say nothing."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
