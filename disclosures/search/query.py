"""What a reader typed into the search box, understood or kindly ignored."""

import re
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from portal.text.chinese import OTHER, fold, is_han, pairs, runs
from portal.text.clean import clean_line

LONGEST = 200
MOST_TERMS = 10

_marks = str.maketrans("“”„‟「」『』＂－﹣−", '"' * 9 + "-" * 3)
_term = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# Punctuation and spaces between two runs of a phrase. Where the script changes there need be
# none (2026年); runs of one script are two only because something stands between them.
_BETWEEN, _APART = r"[\W_]*", r"[\W_]+"


class Term(NamedTuple):
    """A word or phrase: its folded runs, and whether its last word is whole."""

    runs: tuple[str, ...]
    is_whole: bool

    def words(self) -> list[str]:
        """The words of the index that stand one after the other wherever the term does."""
        *before, last = self.runs
        words = [word for run in before for word in pairs(run)]
        final = pairs(last)
        return words + (final[:-1] if len(final) > 1 else final)

    @property
    def is_open(self) -> bool:
        """Whether the last word is only the beginning of one: of a pair, or of a Latin word."""
        last = self.runs[-1]
        return len(last) == 1 if is_han(last) else not self.is_whole

    def pattern(self) -> str:
        """A regular expression that finds the term in folded text."""
        found = re.escape(self.runs[0])
        for one, next_one in pairwise(self.runs):
            gap = _APART if is_han(one) == is_han(next_one) else _BETWEEN
            found += gap + re.escape(next_one)
        before = "" if is_han(self.runs[0]) else f"(?<!{OTHER})"
        after = "" if is_han(self.runs[-1]) or self.is_open else f"(?!{OTHER})"
        return f"{before}{found}{after}"


class Query:
    """A search: what must be found, what must not, and what was left out of it.

    Words are separated by spaces and must all be found; "several words" in quotation marks of
    any kind must follow each other; a minus before either excludes it. Whatever else stands there
    is punctuation. What is longer than 200 characters or ten terms is cut, and says so.
    """

    def __init__(self, text: str) -> None:
        cleaned = clean_line(text)
        self.text = cleaned[:LONGEST]
        terms = list(_terms(self.text))
        self.was_cut = len(cleaned) > LONGEST or len(terms) > MOST_TERMS
        terms = terms[:MOST_TERMS]
        self.wanted = [term for minus, term in terms if not minus]
        self.unwanted = [term for minus, term in terms if minus]

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def can_be_met(self) -> bool:
        """Whether anything is asked for that it does not itself exclude.

        No index would notice: it would look for 公示期 without 公示 in all there is.
        """
        said = [run for term in self.wanted for run in term.runs]
        return bool(self) and not any(
            is_han(term.runs[0])
            and len(term.runs) == 1
            and any(term.runs[0] in run for run in said)
            for term in self.unwanted
        )

    @cached_property
    def patterns(self) -> list[re.Pattern[str]]:
        """One pattern for each wanted term, for folded text."""
        return [re.compile(term.pattern()) for term in self.wanted]

    @cached_property
    def finder(self) -> re.Pattern[str]:
        """Finds any of the wanted terms in folded text; the longest first."""
        patterns = sorted((term.pattern() for term in self.wanted), key=len, reverse=True)
        return re.compile("|".join(patterns))

    def fits(self, text: str) -> bool:
        """Whether the text says what is asked for: the rule the indexes answer quickly."""
        folded = fold(text)
        return all(pattern.search(folded) for pattern in self.patterns) and not any(
            re.search(term.pattern(), folded) for term in self.unwanted
        )


def _terms(text):
    for minus, phrase, word in _term.findall(text.translate(_marks)):
        if found := runs(phrase or word):
            yield minus, Term(tuple(found), is_whole=bool(phrase))
