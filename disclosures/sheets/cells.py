"""What a cell of a spreadsheet or a form says: a number, a day, or words."""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

EXCEL_EPOCH = datetime.date(1899, 12, 30)
LAST_SERIAL = 73_050  # the last day of 2099 as spreadsheets count
EMPTY_MARKS = {"", "-", "--", "—", "——", "/", "\\", "无数据"}
_money = re.compile(r"[,，'\s¥￥]")
_day = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")
_packed_day = re.compile(r"(\d{4})(\d{2})(\d{2})")


def number_in(cell: Any) -> Decimal | None:
    """Return the number a cell says, None if it says none.

    Full-width digits, separators of thousands, currency signs and the accountants' brackets for
    less than nothing are read. A float of a spreadsheet is taken to its fifteen digits, as it is
    displayed there, so that 0.1+0.2 is 0.3.

    >>> number_in("１，２３４.50"), number_in("(30)"), number_in("约30")
    (Decimal('1234.50'), Decimal('-30'), None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float):
        cell = format(cell, ".15g")
    text = _money.sub("", unicodedata.normalize("NFKC", str(cell))).removesuffix("元")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    try:
        number = Decimal(text.replace("−", "-"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def day_in(cell: Any) -> datetime.date | None:
    """Return the day a cell says in any usual way, None if it says none.

    >>> day_in("2026年9月1日") == day_in("2026/9/1") == day_in("20260901") == day_in(46266)
    True
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    found = _day.fullmatch(text.replace(" ", "") if "年" in text else text)
    found = found or _packed_day.fullmatch(text)
    if found:
        try:
            return datetime.date(*map(int, found.groups()))
        except ValueError:
            return None
    serial = number_in(cell)
    is_serial = serial is not None and 18_000 < serial <= LAST_SERIAL and serial == int(serial)
    return EXCEL_EPOCH + datetime.timedelta(days=int(serial)) if is_serial else None


def text_in(cell: Any) -> str:
    """Return a cell as text; a whole number of a spreadsheet has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()
