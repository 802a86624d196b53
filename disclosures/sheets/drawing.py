"""Figures as SVG: bars, or points joined by lines, that need neither script nor colour.

Lengths along the screen are shares of the drawing's width and those down it are multiples of the
letters' height, so that the letters are as large as the page's on every screen and on paper.
"""

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from disclosures.sheets.charts import Figure

LINE, BAR, GAP = 1.45, 1.25, 0.7
REACH = Decimal(70)  # of a hundred: what is left holds the number behind the longest bar
SHORT = 30  # half-widths: fifteen Chinese characters fit on a telephone in large type
STYLES = 4


class Scale(NamedTuple):
    """From numbers to shares of the width; zero is always on it."""

    least: Decimal
    most: Decimal

    def at(self, value: Decimal) -> Decimal:
        span = self.most - self.least
        return (value - self.least) * REACH / span if span else Decimal(0)


def draw(figure: Figure, *, key: str, is_course: bool = False) -> SafeString:
    """Return the figure as one `svg` element; `key` makes its ids the only ones on the page.

    Categories go down the drawing, in each a bar for every series with its number behind it; for
    a course of periods a point instead, joined to the one before. A number that is missing is
    a dash. Everything written is escaped.
    """
    scale = scale_of(figure)
    parts = [_words(figure, key), _patterns(key, len(figure.series))]
    down = Decimal("0.2")
    if len(figure.series) > 1:
        for index, (label, _values) in enumerate(figure.series):
            parts.append(_legend(label, index, down, key))
            down += Decimal(str(LINE))
        down += Decimal(str(GAP)) / 2
    places: list[list[tuple]] = [[] for _series in figure.series]
    for at, category in enumerate(figure.categories):
        for line in shortened(category):
            parts.append(_text("0", down + 1, line, "name"))
            down += Decimal(str(LINE))
        for index, (_label, values) in enumerate(figure.series):
            parts.append(_mark(values[at], index, down, scale, key, is_course=is_course))
            places[index].append((values[at], down))
            down += Decimal(str(BAR))
        down += Decimal(str(GAP))
    if is_course:
        parts += [_join(points, scale, index) for index, points in enumerate(places)]
    return _whole(parts, key, down)


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


def _whole(parts: list, key: str, height: Decimal) -> SafeString:
    inner = mark_safe("".join(conditional_escape(part) for part in parts))
    told = (
        '<svg class="chart" role="img" aria-labelledby="{0}-t {0}-d"'
        ' width="100%" height="{1}em">{2}</svg>'
    )
    return format_html(told, key, _n(height), inner)


def _words(figure: Figure, key: str) -> SafeString:
    title = f"{figure.title}（{figure.unit}）" if figure.unit else figure.title
    told = '<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>'
    return format_html(told, key, title, figure.description)


def _patterns(key: str, count: int) -> SafeString:
    """Hatchings that are told apart in grey: the first series is solid and needs none."""
    strokes = ("", "M0 6L6 0M-1 1L1 -1M5 7L7 5", "M3 0V6", "M0 3H6M3 0V6")
    told = (
        '<pattern id="{}-p{}" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path class="hatch" d="{}"/></pattern>'
    )
    made = [format_html(told, key, n, strokes[n]) for n in range(1, min(count, STYLES))]
    return format_html("<defs>{}</defs>", mark_safe("".join(made))) if made else mark_safe("")


def _legend(label: str, index: int, down: Decimal, key: str) -> SafeString:
    swatch = _rect("0", "1.2em", down + Decimal("0.15"), index, key)
    return mark_safe(swatch + _text("1.8em", down + 1, label, "name"))


def _mark(value, index, down, scale, key, *, is_course) -> SafeString:
    """The bar or point of one number, and the number."""
    zero = scale.at(Decimal(0))
    if value is None:
        return _text(f"{_n(zero)}%", down + 1, said(None), "none", dx="0.4em")
    at = scale.at(value)
    right = f"{_n(at if is_course else max(at, zero))}%"
    number = _text(right, down + 1, said(value), "number", dx="0.6em")
    if is_course:
        told = '<circle class="s{}" cx="{}%" cy="{}em" r="0.3em"/>'
        return mark_safe(format_html(told, index % STYLES, _n(at), _n(_middle(down))) + number)
    width = f"{_n(abs(at - zero))}%"
    return mark_safe(_rect(f"{_n(min(at, zero))}%", width, down, index, key) + number)


def _join(points: list[tuple], scale: Scale, index: int) -> SafeString:
    """The lines from point to point; none across a number that is missing."""
    told = '<line class="course s{}" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>'
    lines = [
        format_html(
            told,
            index % STYLES,
            _n(scale.at(one)),
            _n(_middle(down)),
            _n(scale.at(other)),
            _n(_middle(further)),
        )
        for (one, down), (other, further) in pairwise(points)
        if one is not None and other is not None
    ]
    return mark_safe("".join(lines))


def _rect(left: str, width: str, down: Decimal, index: int, key: str) -> SafeString:
    style = index % STYLES
    fill = format_html(' fill="url(#{}-p{})"', key, style) if style else mark_safe("")
    told = '<rect class="bar s{}" x="{}" y="{}em" width="{}" height="1em"{}/>'
    return format_html(told, style, left, _n(down + Decimal("0.1")), width, fill)


def _text(left: str, down: Decimal, text: str, css: str, *, dx: str = "0") -> SafeString:
    told = '<text class="{}" x="{}" dx="{}" y="{}em">{}</text>'
    return format_html(told, css, left, dx, _n(down), text)


def _middle(down: Decimal) -> Decimal:
    return down + Decimal("0.6")


def _n(number: Decimal) -> str:
    """A number as an attribute: two decimals, none that say nothing."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
