"""What may never stand in a list of people: found by how it looks, whatever column it is in.

A list says who and for what. Numbers of documents, telephones, cards, days of birth and homes of
the people on it are nobody's to publish (《个人信息保护法》第六、二十五条；教财〔2018〕16号).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.sheets.table import Fault, Table
from portal.ledger.moments import today
from portal.text.chinese import fold

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK_DIGITS = "10X98765432"
TYPED_OTHERWISE = {"day", "period", "choice", "yes_no"}

_day = r"(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
_identity = re.compile(rf"(?<!\d)[1-9]\d{{5}}(?:19|20)\d{{2}}{_day}\d{{3}}[\dX](?!\d)", re.I)
_old_identity = re.compile(rf"(?<!\d)[1-9]\d{{7}}{_day}\d{{3}}(?!\d)")
_mobile = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_card = re.compile(r"(?<!\d)\d{15,19}(?!\d)")
_starred = re.compile(r"\d{2,}[*×xX●]{3,}[\dXx]{2,}")
_email = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_long = re.compile(r"\d{15,}")
_born = re.compile(
    r"(?:出生|生于|生日|年龄).{0,4}\d"
    r"|(?<!\d)(?:19|20)\d{2}年?(?:[-/.]?\d{1,2}月?)?(?:\d{1,2}日)?(?:出生|生(?![产效源]))"
)
_whole_day = re.compile(
    rf"(?<!\d)((?:19|20)\d{{2}})(?:[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}|{_day})(?!\d)"
)
_home = re.compile(
    r"(?:[村路街道巷弄]|小区|花园|新村|家园|公寓)[^，。；、\s]{0,10}?\d+"
    r"(?:-\d+)*(?:号|幢|栋|座|弄|单元|室)"
)
_between_digits = re.compile(r"(?<=\d)[ \-—–](?=[\dXx*])")
YOUNGEST = 3  # a whole day of more years ago stands for a birth, not for the matter of the list


def likeness(text: str) -> str:
    """Say what personal datum a text looks like, '' if none; full-width and spaced digits count.

    >>> likeness("联系13812345678")
    '手机号码'
    """
    plain = unicodedata.normalize("NFKC", text)
    if not any(character.isdigit() or character == "@" for character in plain):
        return ""
    joined = _between_digits.sub("", plain)
    for name, shows in LIKENESSES:
        if shows(joined) or shows(plain):
            return str(name)
    return ""


def nothing_personal(kind: Any, table: Table) -> Iterator[Fault]:
    """Refuse each cell of a list of people that looks like a datum about one of them."""
    for columns, place, values in _places(kind, table):
        for column in columns:
            looks = likeness(str(values.get(column.name) or ""))
            if looks:
                told = _("像是%(what)s。人员名单只公开规定的内容，请删去。") % {"what": looks}
                yield Fault(place, str(column.label), told)


def barred(heading: str, *, words: tuple[str, ...] = ()) -> str:
    """The word of a heading for which no list of people has a column, '' if there is none.

    `words` are more such words, as `MARKS` for lists of pupils.

    >>> barred("学生身份证号码"), barred("总成绩"), barred("总成绩", words=MARKS)
    ('身份证', '', '成绩')
    """
    said = fold(heading).replace(" ", "")
    return next((word for word in (*BARRED, *words) if word in said), "")


def _places(kind: Any, table: Table) -> Iterator[tuple[list, int | None, dict]]:
    header, columns = (
        [column for column in those if column.type not in TYPED_OTHERWISE]
        for those in (kind.header, kind.columns)
    )
    yield header, None, table.header
    for row in table.rows:
        yield columns, row.place, row.values


def is_identity(number: str) -> bool:
    """Whether 18 characters are a citizen's number by the check digit of GB 11643.

    >>> is_identity("11010519491231002X")
    True
    """
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECK_DIGITS[total % 11] == number[-1].upper()


def is_card(number: str) -> bool:
    """Whether the digits are a card's by Luhn's rule.

    >>> is_card("6222021234567890128")
    True
    """
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _any(pattern: re.Pattern, holds: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: any(holds(found[0]) for found in pattern.finditer(text))


def _long_ago(text: str) -> bool:
    return any(int(found[1]) < today().year - YOUNGEST for found in _whole_day.finditer(text))


LIKENESSES = (
    (gettext_lazy("身份证号码"), _any(_identity, is_identity)),
    (gettext_lazy("身份证号码"), _old_identity.search),
    (gettext_lazy("银行卡号"), _any(_card, is_card)),
    (gettext_lazy("证件或账户一类的长号码"), _long.search),
    (gettext_lazy("手机号码"), _mobile.search),
    (gettext_lazy("遮去一部分的证件或电话号码"), _starred.search),
    (gettext_lazy("电子邮箱"), _email.search),
    (gettext_lazy("出生日期或年龄"), _born.search),
    (gettext_lazy("出生日期或年龄"), _long_ago),
    (gettext_lazy("家庭住址"), _home.search),
)

# Words of headings that ask for what is nobody's to publish.
BARRED = (
    *("身份证", "证件号", "公民身份", "护照", "学籍号", "学号", "工号", "考生号", "准考证"),
    *("手机", "联系电话", "家长电话", "联系方式", "微信", "qq", "邮箱", "电子邮件"),
    *("住址", "地址", "户籍", "籍贯", "出生", "生日", "年龄", "民族", "宗教", "疾病"),
    *("银行", "卡号", "账号", "帐号", "家庭情况", "家庭收入", "监护人", "父亲", "母亲", "家长姓名"),
)
# Marks and ranks of single pupils (《未成年人学校保护规定》); universities publish some by law.
MARKS = ("成绩", "分数", "总分", "名次", "排名")
