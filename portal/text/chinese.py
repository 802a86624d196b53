"""Folding and bigrams: what makes 學校公開 findable by 公开."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from portal.text.clean import clean_text

# Past the Han extensions nothing folds one to one.
_LAST = 0x33480

HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# A character of a Latin word or number, in whatever script but Han.
OTHER = rf"[^\W_{HAN}]"
_word = re.compile(rf"[{HAN}]+|{OTHER}+")
_han = re.compile(rf"[{HAN}]")


def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, lower case, traditional to simplified.

    Each character is folded alone and only where one character comes of it, so that
    `len(fold(text)) == len(text)` and every offset in the folded text holds in the original.
    Folding twice changes nothing.

    >>> fold("Ａ班學費")
    'a班学费'
    """
    return text.translate(_table())


def runs(text: str) -> list[str]:
    """Return the folded runs of `text` in order: Han characters, or a Latin word or number.

    >>> runs("校務公開，2026年")
    ['校务公开', '2026', '年']
    """
    return _word.findall(fold(clean_text(text)))


def is_han(run: str) -> bool:
    """Return whether a run of `runs` is one of Han characters."""
    return bool(_han.match(run))


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of a run of Han characters and its last character alone.

    So each character begins one of its words, and a search for what begins with a character
    finds it wherever it stands. Latin words and numbers stay whole.

    >>> pairs("校务公开")
    ['校务', '务公', '公开', '开']
    """
    return [run[i : i + 2] for i in range(len(run))] if is_han(run) else [run]


def bigrams(text: str) -> str:
    """Return the folded words of `text` for a search index, separated by single spaces.

    A run of Han characters gives its pairs; Latin words and numbers stay whole; punctuation
    separates.

    >>> bigrams("校務公開 2026年")
    '校务 务公 公开 开 2026 年'
    """
    return " ".join(word for run in runs(text) for word in pairs(run))


@cache
def _table() -> dict[int, str]:
    simplified = _simplified()
    table = {}
    for code in range(_LAST):
        before, after = None, chr(code)
        while before != after:
            before, after = after, _fold_once(after, simplified)
        if after != chr(code):
            table[code] = after
    return table


def _fold_once(char: str, simplified: dict[str, str]) -> str:
    for folded in (unicodedata.normalize("NFKC", char), char.lower(), simplified.get(char, char)):
        if len(folded) == 1 and folded != char:
            return folded
    return char


def _simplified() -> dict[str, str]:
    """Every Han character that has a simplified form, in one conversion.

    One character to a line: the converter joins phrases, never across a line break.
    """
    han = [chr(code) for code in range(_LAST) if _han.match(chr(code))]
    converted = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {one: other for one, other in zip(han, converted, strict=True) if one != other and other}
