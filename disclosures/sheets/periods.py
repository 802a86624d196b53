"""The stretch of time a typed table is about: a year, a term, a quarter or a month.

Kept as text that sorts by time within its kind: `2026`, `2026-autumn`, `2026-Q3`, `2026-09`. A
term is named by the school year it belongs to, as schools do: 2026-spring is that of early 2027.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from disclosures.sheets.columns import Column, Unfit, Value

_ORDER = {
    "year": (None,),
    "term": ("autumn", "spring"),
    "quarter": ("Q1", "Q2", "Q3", "Q4"),
    "month": tuple(f"{month:02d}" for month in range(1, 13)),
}
_DIGITS = str.maketrans("一二三四", "1234")
_year = re.compile(r"(\d{4})(?:[-—–~]\d{4})?(?:学年度?|年度?)?")
_term = re.compile(
    r"(\d{4})(?:[-—–~]\d{4})?(?:学年度?|年)?-?(autumn|spring|秋季|春季|第[1一2二]|[1-2])"
)
_quarter = re.compile(r"(\d{4})年?-?(?:Q|第)?([1-4])(?:季度)?", re.IGNORECASE)
_month = re.compile(r"(\d{4})[-年./]?(\d{1,2})月?")


@dataclass(frozen=True)
class Period(Column):
    """The period a table is about; `of` is year, term, quarter or month."""

    of: str = "year"
    type: ClassVar[str] = "period"

    def take(self, cell: Any) -> Value:
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(cell))).replace("學", "学")
        found = getattr(self, f"_{self.of}")(text)
        if found is None or not 1990 <= int(found[:4]) <= 2099:
            raise Unfit(
                _("要写期间，如“%(example)s”。") % {"example": self.shown(EXAMPLES[self.of])}
            )
        return found

    def _year(self, text: str) -> str | None:
        found = _year.fullmatch(text)
        return found[1] if found else None

    def _term(self, text: str) -> str | None:
        """`2026年春季学期` is spring of the school year that began in 2025; codes are as kept."""
        found = _term.fullmatch(text.removesuffix("学期"))
        if not found:
            return None
        year, season = int(found[1]), found[2].removeprefix("第").translate(_DIGITS)
        if season == "春季" and "学年" not in text:
            return f"{year - 1}-spring"
        names = {"autumn": "autumn", "秋季": "autumn", "1": "autumn"}
        return f"{year}-{names.get(season, 'spring')}"

    def _quarter(self, text: str) -> str | None:
        found = _quarter.fullmatch(text.translate(_DIGITS))
        return f"{found[1]}-Q{found[2]}" if found else None

    def _month(self, text: str) -> str | None:
        found = _month.fullmatch(text)
        return f"{found[1]}-{int(found[2]):02d}" if found and 1 <= int(found[2]) <= 12 else None

    def show(self, value: Value) -> str:
        return shown(str(value)) if value else ""

    def typed(self, value: Value) -> str:
        """A term or quarter as readers say it, where that is read again; else as it is kept."""
        if self.of in ("year", "month"):
            return str(value or "")
        told = self.show(value)
        try:
            return told if self.read(told) == value else str(value)
        except Unfit:
            return str(value)

    def told(self) -> dict:
        return super().told() | {"of": self.of}


EXAMPLES = {"year": "2026", "term": "2026-autumn", "quarter": "2026-Q3", "month": "2026-09"}


def shown(period: str) -> str:
    """Return a period as a reader says it.

    >>> shown("2026-Q3")
    '2026年第3季度'
    """
    year, _dash, part = period.partition("-")
    if not part:
        return _("%(year)s年") % {"year": year}
    if part in _ORDER["term"]:
        told = (
            _("%(from)s—%(to)s学年第一学期")
            if part == "autumn"
            else _("%(from)s—%(to)s学年第二学期")
        )
        return told % {"from": year, "to": int(year) + 1}
    if part.startswith("Q"):
        return _("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": part[1:]}
    return _("%(year)s年%(month)d月") % {"year": year, "month": int(part)}


def following(period: str, count: int = 1) -> str:
    """Return the period `count` later of the same kind, or earlier for a negative count.

    >>> following("2026-Q4"), following("2026", -1), following("2026-autumn")
    ('2027-Q1', '2025', '2026-spring')
    """
    year, _dash, part = period.partition("-")
    order = _order(part)
    index = int(year) * len(order) + order.index(part or None) + count
    year_then, at = divmod(index, len(order))
    return f"{year_then}-{order[at]}" if order[at] else str(year_then)


def span(period: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a period; terms with the holidays that follow them.

    >>> span("2026-Q1")[1], span("2026-spring")[0]
    (datetime.date(2026, 3, 31), datetime.date(2027, 2, 1))
    """
    year, _dash, part = period.partition("-")
    if part == "autumn":
        return datetime.date(int(year), 8, 1), datetime.date(int(year) + 1, 3, 1)
    if part == "spring":
        return datetime.date(int(year) + 1, 2, 1), datetime.date(int(year) + 1, 8, 31)
    months = 12 // len(_order(part))
    last = months * (_order(part).index(part or None) + 1)
    end = datetime.date(int(year) + last // 12, last % 12 + 1, 1) - datetime.timedelta(days=1)
    return datetime.date(int(year), last - months + 1, 1), end


def _order(part: str) -> tuple[str | None, ...]:
    return next(parts for parts in _ORDER.values() if (part or None) in parts)
