"""The columns of a typed table: how a cell is read, kept, shown and told to others.

A value is kept as JSON can say it: text, a whole number, true or false, or None for an empty
cell. Amounts and days are text in the form of `portal.text.canonical`, so that the same value has
the same bytes everywhere.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from disclosures.sheets.cells import EMPTY_MARKS, day_in, number_in, text_in
from portal.text.canonical import decimal_bytes
from portal.text.chinese import fold
from portal.text.clean import clean_line, clean_text
from portal.text.masking import MARK
from portal.text.reader import listed

Value = str | int | bool | None
_phone = re.compile(r"[0-9][0-9 \-()转]{2,38}")


class Unfit(ValueError):
    """A cell that cannot be read; `sentence` says what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Column:
    """One column: its key in files for programs, its heading, and what may stand in it."""

    name: str
    label: Any
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    help: Any = ""
    example: str = ""
    type: ClassVar[str] = "text"
    is_number: ClassVar[bool] = False

    def read(self, cell: Any) -> Value:
        """Return what is kept of a cell of a spreadsheet or a form; raise Unfit.

        An empty cell is None; whether one may be empty is asked of the whole row.
        """
        if cell is None or text_in(cell) in EMPTY_MARKS:
            return None
        # A text of nothing but invisible characters says nothing.
        return None if (value := self.take(cell)) == "" else value

    def take(self, cell: Any) -> Value:
        """Read a cell that says something."""
        raise NotImplementedError

    def shown(self, value: Value) -> str:
        """Return a kept value as a reader sees it; what was lawfully removed keeps its mark."""
        if value is None or value == MARK:
            return str(value or "")
        return self.show(value)

    def show(self, value: Value) -> str:
        """Return a value of this type as a reader sees it."""
        return str(value)

    def typed(self, value: Value) -> str:
        """Return a kept value as `read` would take it from a person who writes this language."""
        return self.shown(value)

    def told(self) -> dict:
        """Describe the column for files, and for tables that outlive the program's own kinds."""
        with override(settings.LANGUAGE_CODE):
            told = {"name": self.name, "type": self.type, "label": str(self.label)}
        return told | ({"is_required": True} if self.is_required else {})


@dataclass(frozen=True)
class Text(Column):
    """A short text on one line."""

    longest: int = 200

    def take(self, cell: Any) -> Value:
        text = clean_line(text_in(cell))
        if len(text) > self.longest:
            raise Unfit(_("最多%(most)d个字，现在是%(count)d个字。") % self._lengths(text))
        return text

    def _lengths(self, text: str) -> dict[str, int]:
        return {"most": self.longest, "count": len(text)}


@dataclass(frozen=True)
class Prose(Text):
    """A text that may have several lines."""

    longest: int = 2000
    type: ClassVar[str] = "prose"

    def take(self, cell: Any) -> Value:
        text = clean_text(text_in(cell))
        if len(text) > self.longest:
            raise Unfit(_("最多%(most)d个字，现在是%(count)d个字。") % self._lengths(text))
        return text


@dataclass(frozen=True)
class Person(Text):
    """A person's name, and nothing else about them."""

    longest: int = 60
    type: ClassVar[str] = "person"

    def take(self, cell: Any) -> Value:
        name = str(super().take(cell))
        if sum(character.isdigit() for character in name) > 2:
            raise Unfit(_("姓名里有数字。这一列只写姓名，不写证件号码、学号或电话。"))
        return name


@dataclass(frozen=True)
class Amount(Column):
    """A number with decimals, kept exactly; `least` None lets it be negative.

    `even` is how many decimals are shown at the least, so that a column stands in line.
    """

    places: int = 2
    least: Decimal | None = Decimal(0)
    most: Decimal = Decimal(10) ** 12
    even: int = 0
    type: ClassVar[str] = "amount"
    is_number: ClassVar[bool] = True

    def take(self, cell: Any) -> Value:
        number = number_in(cell)
        if number is None:
            raise Unfit(_("要写数字，如“1200”或“1,200.50”，不写单位。"))
        if self.least is not None and number < self.least:
            raise Unfit(_("不能小于%(least)s。") % {"least": self.least})
        if abs(number) > self.most:
            raise Unfit(_("数字大得不合情理，请核对单位是元还是万元。"))
        if number != round(number, self.places):
            raise Unfit(_("最多%(places)d位小数。") % {"places": self.places})
        return decimal_bytes(number).decode()

    def show(self, value: Value) -> str:
        """Return the number with separators between thousands, as accounts are printed."""
        number = Decimal(str(value))
        return f"{number:,.{max(self.decimals(value), self.even)}f}"

    def decimals(self, value: Value) -> int:
        """How many decimals a value is shown with: none if it is whole, else two or all it has."""
        if value is None or value == MARK:
            return 0
        needed = -int(Decimal(str(value)).normalize().as_tuple().exponent)
        return max(needed, min(self.places, 2)) if needed > 0 else 0

    def typed(self, value: Value) -> str:
        return "" if value is None else str(value)

    def told(self) -> dict:
        return super().told() | {"places": self.places, "is_signed": self.least is None}


@dataclass(frozen=True)
class Count(Column):
    """A whole number that is not negative."""

    most: int = 10**9
    type: ClassVar[str] = "count"
    is_number: ClassVar[bool] = True

    def take(self, cell: Any) -> Value:
        number = number_in(cell)
        if number is None or number != number.to_integral_value():
            raise Unfit(_("要写整数，如“45”，不写单位。"))
        if number < 0:
            raise Unfit(_("不能小于%(least)s。") % {"least": 0})
        if number > self.most:
            raise Unfit(_("数字大得不合情理，请核对。"))
        return int(number)

    def show(self, value: Value) -> str:
        return f"{int(value):,}"

    def typed(self, value: Value) -> str:
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Day(Column):
    """A calendar day."""

    type: ClassVar[str] = "day"

    def take(self, cell: Any) -> Value:
        day = day_in(cell)
        if day is None:
            raise Unfit(_("要写日期，如“2026-09-01”或“2026年9月1日”。"))
        if not 1949 <= day.year <= 2099:
            raise Unfit(_("年份不对，请核对日期。"))
        return day.isoformat()

    def show(self, value: Value) -> str:
        return date_format(datetime.date.fromisoformat(str(value)), "DATE_FORMAT")

    def typed(self, value: Value) -> str:
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Choice(Column):
    """One of a few words; files for programs carry the code, readers see the label."""

    choices: tuple[tuple[str, Any], ...] = ()
    words: tuple[tuple[str, str], ...] = ()  # other words that occur, each with its code
    type: ClassVar[str] = "choice"

    def take(self, cell: Any) -> Value:
        said = fold(clean_line(text_in(cell)))
        code = self._codes().get(said)
        if code is None:
            known = listed(label for _code, label in self.choices)
            raise Unfit(_("只能填写：%(known)s。") % {"known": known})
        return code

    def _codes(self) -> dict[str, str]:
        codes = {fold(word): code for word, code in self.words}
        for language, _name in settings.LANGUAGES:
            with override(language):
                codes |= {fold(str(label)): code for code, label in self.choices}
        return codes | {fold(code): code for code, _label in self.choices}

    def show(self, value: Value) -> str:
        return str(dict(self.choices).get(str(value), value))

    def told(self) -> dict:
        told = super().told()
        with override(settings.LANGUAGE_CODE):
            return told | {"choices": {code: str(label) for code, label in self.choices}}


@dataclass(frozen=True)
class YesNo(Column):
    """Yes or no."""

    type: ClassVar[str] = "yes_no"

    def take(self, cell: Any) -> Value:
        said = fold(clean_line(text_in(cell)))
        if said in {"是", "有", "√", "✓", "对", "y", "yes", "true", "1"}:
            return True
        if said in {"否", "无", "没有", "×", "✗", "不", "n", "no", "false", "0"}:
            return False
        raise Unfit(_("只能填写“是”或“否”。"))

    def show(self, value: Value) -> str:
        return _("是") if value else _("否")


@dataclass(frozen=True)
class Phone(Text):
    """One or several telephone numbers of an office; never one of a person."""

    longest: int = 80
    type: ClassVar[str] = "phone"

    def take(self, cell: Any) -> Value:
        text = unicodedata.normalize("NFKC", str(super().take(cell)))
        numbers = [part.strip() for part in re.split(r"[、,;/]", text) if part.strip()]
        if not all(_phone.fullmatch(number) for number in numbers):
            raise Unfit(_("要写电话号码，如“0571-88001234”，几个之间用顿号隔开。"))
        return "、".join(numbers)
