"""Last period's table as the beginning of the next: its period, days and amounts moved."""

import calendar
import datetime
import re

from disclosures.sheets.columns import Column, Day, Value
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import following
from disclosures.sheets.table import Row, Table

_DIGITS = "〇一二三四"
_dash = "[-—–~至]"
_terms = re.compile(rf"(\d{{4}})年(秋|春)季|(\d{{4}}){_dash}\d{{4}}学年度?第([一二12])学期")
_quarters = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_months = re.compile(r"(\d{4})年(\d{1,2})月(?!\d)")
_years = re.compile(r"(\d{4})年")


def rolled(kind: Kind, table: Table) -> Table:
    """The table as the next period's draft begins; rows keep their ids, to be compared by them.

    Days within the old period move by as many months as it has, and each cell that a kind
    `rolls` takes what another said a period ago.
    """
    period = kind.period_of(table)
    header = _moved(kind, kind.header, table.header, period)
    if period and kind.period:
        header[kind.period.name] = following(period)
    rows = [Row(_moved(kind, kind.columns, row.values, period), id=row.id) for row in table.rows]
    return kind.table(header, rows)


def retold(text: str, period: str) -> str:
    """The text with every way of saying the period replaced by the next period's.

    >>> retold("2026年秋季学期收费公示", "2026-autumn")
    '2027年春季学期收费公示'
    """
    if not period:
        return text
    pairs = zip(words(period), words(following(period)), strict=True)
    then = dict(reversed(list(pairs)))  # of two ways that look alike the first counts
    longest = sorted(then, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest)
    return re.sub(rf"(?<!\d)(?:{pattern})(?!\d)", lambda found: then[found[0]], text)


def period_in(text: str) -> str:
    """The period a title speaks of, '' if it speaks of none.

    >>> period_in("2026年第三季度预算执行情况"), period_in("校历")
    ('2026-Q3', '')
    """
    if found := _terms.search(text):
        if found[3]:
            return f"{found[3]}-{'autumn' if found[4] in '一1' else 'spring'}"
        year = int(found[1])
        return f"{year}-autumn" if found[2] == "秋" else f"{year - 1}-spring"
    if found := _quarters.search(text):
        quarter = _DIGITS.find(found[2])
        return f"{found[1]}-Q{quarter if quarter > 0 else found[2]}"
    found = _months.search(text)
    if found and 1 <= int(found[2]) <= 12:
        return f"{found[1]}-{int(found[2]):02d}"
    found = _years.search(text)
    return found[1] if found else ""


def words(period: str) -> list[str]:
    """The ways in which a title may say a period, in the same order for all of one kind."""
    year, _dash_, part = period.partition("-")
    following_year = int(year) + 1
    if part in ("autumn", "spring"):
        return _words_of_term(int(year), is_first=part == "autumn")
    if part.startswith("Q"):
        quarter = part[1:]
        said = (f"第{quarter}", f"第{_DIGITS[int(quarter)]}", _DIGITS[int(quarter)], quarter)
        return [f"{year}年{each}季度" for each in said]
    if part:
        return [f"{year}年{int(part)}月", f"{year}年{part}月"]
    school_years = [f"{year}{dash}{following_year}学年" for dash in "—-–~"]
    return [*school_years, f"{year}年", f"{year}学年"]


def _words_of_term(year: int, *, is_first: bool) -> list[str]:
    calendar_year, season = (year, "秋季") if is_first else (year + 1, "春季")
    names = ("第一学期", "第1学期", f"{season}学期") if is_first else None
    names = names or ("第二学期", "第2学期", f"{season}学期")
    years = [f"{year}{dash}{year + 1}学年" for dash in "—-–~至"] + [f"{year}学年"]
    years += [f"{each}度" for each in years]
    return [f"{each}{name}" for each in years for name in names] + [f"{calendar_year}年{season}"]


def _moved(
    kind: Kind, columns: tuple[Column, ...], values: dict[str, Value], period: str
) -> dict[str, Value]:
    """The values of a row, or of the header, with days moved and earlier amounts filled in."""
    moved, names = dict(values), {column.name for column in columns}
    for column in columns if period else ():
        if isinstance(column, Day) and moved.get(column.name):
            moved[column.name] = _later(str(moved[column.name]), period)
    pairs = [(to, source) for to, source in kind.rolls if {to, source} <= names]
    return moved | {to: values.get(source) for to, source in pairs}


def _later(day: str, period: str) -> str:
    """A day of the period as one of the next; the last of a month stays the last of its month."""
    first, months = _stretch(period)
    date = datetime.date.fromisoformat(day)
    month = date.year * 12 + date.month - 1
    if not first <= month < first + months:
        return day
    year, month = divmod(month + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = date.day == calendar.monthrange(date.year, date.month)[1]
    return date.replace(
        year=year, month=month + 1, day=last if is_last else min(date.day, last)
    ).isoformat()


def _stretch(period: str) -> tuple[int, int]:
    """The first month of a period, counted from the year 0, and how many it has.

    Terms take the holiday after them: from August to January, from February to July.
    """
    year, _dash_, part = period.partition("-")
    months = int(year) * 12
    if not part:
        return months, 12
    if part in ("autumn", "spring"):
        return months + (7 if part == "autumn" else 13), 6
    if part.startswith("Q"):
        return months + 3 * (int(part[1:]) - 1), 3
    return months + int(part) - 1, 1
