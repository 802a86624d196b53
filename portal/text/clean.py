"""What a person typed, without the characters nobody can see.

Controls, zero-width marks and direction overrides make two texts look alike that are not the
same, and break search, digests and file names. Everything stored passes through here first.
"""

import re
import unicodedata

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_ZERO_WIDTH = r"\u200b-\u200d\u2060\ufeff"
_DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_PRIVATE_USE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_SURROGATE = r"\ud800-\udfff"
_NO_CHARACTER = r"\ufdd0-\ufdef\ufffe\uffff"

_refused = re.compile(f"[{_CONTROL}]")
_invisible = re.compile(
    f"[{_CONTROL}{_ZERO_WIDTH}{_DIRECTION}{_PRIVATE_USE}{_SURROGATE}{_NO_CHARACTER}]"
)
_line_break = re.compile(r"\r\n?|[\u2028\u2029]")
_line_space = re.compile(r"[\t\n]+")


def clean_text(text: str) -> str:
    r"""Return `text` as NFC with LF line ends, without invisible characters, stripped.

    CR, CRLF, U+2028 and U+2029 become "\n"; "\n" and "\t" stay. C0 and C1 controls, zero-width
    characters, direction marks and overrides, private-use characters, lone surrogates and
    noncharacters go (no XML file may hold U+FFFF: one would spoil a whole workbook). Applying it
    twice changes nothing.

    >>> clean_text("通知\u200b\r\n  第一条\x07 ")
    '通知\n  第一条'
    """
    visible = without_invisible(_line_break.sub("\n", text))
    return unicodedata.normalize("NFC", visible).strip()


def clean_line(text: str) -> str:
    """Return `clean_text(text)` on one line: each run of line breaks and tabs is one space.

    >>> clean_line("关于\\n放假的通知")
    '关于 放假的通知'
    """
    return _line_space.sub(" ", clean_text(text))


def without_invisible(text: str) -> str:
    """Return `text` without the characters `clean_text` drops, otherwise as it is."""
    return _invisible.sub("", text)


def refused_characters(text: str) -> list[str]:
    r"""Name the control characters in `text`, each once, in order, as "U+0007".

    For the sentence with which a form refuses. Tab, LF and CR are ordinary; zero-width and
    direction characters come with every paste and are dropped without a word.
    """
    return [f"U+{ord(found):04X}" for found in dict.fromkeys(_refused.findall(text))]
