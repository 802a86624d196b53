"""The patterns of the field, kept as data beside the code that uses them."""

import re
from functools import cache
from pathlib import Path

from portal.text.chinese import fold

FOLDER = Path(__file__).parent


@cache
def boilerplate() -> tuple[re.Pattern, ...]:
    """What sites put around a text."""
    return tuple(re.compile(line) for line in _lines("boilerplate.txt"))


@cache
def tails() -> tuple[re.Pattern, ...]:
    """Where the end of a page begins."""
    return tuple(re.compile(line) for line in _lines("tails.txt"))


@cache
def headings() -> tuple[tuple[int, re.Pattern], ...]:
    """The numberings of headings with their levels."""
    parts = (line.split(" ", 1) for line in _lines("headings.txt"))
    return tuple((int(level), re.compile(pattern)) for level, pattern in parts)


def fits(patterns: tuple[re.Pattern, ...], text: str) -> bool:
    """Whether one of the patterns is found in the text, in whichever script it is written."""
    folded = fold(text)
    return any(pattern.search(folded) for pattern in patterns)


def _lines(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
