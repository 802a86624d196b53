"""Where the head of a table stands in a sheet, and which column of the kind each heading means."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import override

from disclosures.sheets.columns import Choice, Column, Unfit
from disclosures.sheets.kind import Kind
from disclosures.sheets.opening import Leaf
from portal.text.chinese import fold

DEPTH = 60  # rows within which the head begins
NUMBERING = {"序号", "no", "no.", "#", "行号", "顺序号", "序"}
_marks = re.compile(r"[\s*:\u200b]+")
_bracket = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")


@dataclass
class Head:
    """The head of a table: its last row, and what stands in which column (counted from one)."""

    first: int
    last: int
    labels: dict[int, str]
    columns: dict[int, Column]
    header: dict[int, Column] = field(default_factory=dict)
    twice: dict[int, Column] = field(default_factory=dict)

    @property
    def strange(self) -> dict[int, str]:
        """Headings the kind does not know; a column that only numbers the rows is none."""
        known = self.columns.keys() | self.header.keys() | self.twice.keys()
        return {
            at: label
            for at, label in self.labels.items()
            if at not in known and plain(label) not in NUMBERING
        }

    def lacks(self, kind: Kind) -> list[Column]:
        """The columns a table of this kind cannot do without."""
        found = {column.name for column in self.columns.values()}
        return [each for each in kind.columns if each.is_required and each.name not in found]


class Words:
    """The headings by which columns are known: their own first, other words after.

    What readers call one column goes before what programs call another.
    """

    def __init__(self, columns: Iterable[Column]) -> None:
        columns = list(columns)
        self.own = {plain(word): column for column in columns for word in labels_of(column)}
        self.other: dict[str, Column] = {}
        for column in columns:
            self.own.setdefault(plain(column.name), column)
            for word in column.aliases:
                self.other.setdefault(plain(word), column)

    def column(self, label: str) -> Column | None:
        """The column a heading means, its unit in brackets left aside if need be."""
        for said in (plain(label), _bracket.sub("", plain(label))):
            if said and (found := self.own.get(said) or self.other.get(said)):
                return found
        return None

    def among(self, said: set[str]) -> int:
        """How many columns are known by one of these words, so at most named in a head."""
        known = (*self.own.items(), *self.other.items())
        return len({column.name for word, column in known if word in said})

    def is_own(self, label: str) -> bool:
        return plain(label) in self.own


def find_head(kind: Kind, leaf: Leaf) -> Head | None:
    """The row of the sheet, or the two rows, that name most of the kind's columns."""
    rows = top(leaf)
    own, header = Words(kind.columns), Words(kind.header)
    best, score = None, 0
    for depth in (1, 2):
        for at in range(len(rows)):
            head = _head(rows[at : at + depth], at + 1, own, header)
            if len(head.columns) > score:
                best, score = head, len(head.columns)
    return best if score >= min(2, len(kind.columns)) else None


def words_in(leaf: Leaf) -> set[str]:
    """Everything in the first rows of a sheet that could be a heading, for comparison."""
    rows, found = top(leaf), set()
    for depth in (1, 2):
        for at in range(len(rows)):
            for _at, words in _labels(rows[at : at + depth]):
                found.update(map(plain, words))
    return found | {_bracket.sub("", word) for word in found}


def top(leaf: Leaf) -> list[list[Any]]:
    """The first rows of a sheet, what is merged filled with what it says."""
    rows = [list(row) for _at, row in zip(range(DEPTH + 1), leaf.rows(), strict=False)]
    for left, first, right, last in leaf.plan.merged:
        if first > len(rows) or left > len(rows[first - 1]):
            continue
        for row in rows[first - 1 : last]:
            row += [None] * (min(right, 200) - len(row))
            row[left - 1 : right] = [rows[first - 1][left - 1]] * (min(right, 200) - left + 1)
    return rows


def in_brackets(label: str) -> str:
    """The unit or remark in brackets at the end of a heading, '' for none."""
    found = _bracket.search(plain(label))
    return found[1] if found else ""


def labels_of(column: Column) -> Iterator[str]:
    """What readers of each language call a column."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield str(column.label)


def plain(label: Any) -> str:
    """A heading for comparison: folded, without spaces, asterisks and colons."""
    return _marks.sub("", fold(unicodedata.normalize("NFKC", str(label or ""))))


def can_read(column: Column, value: Any) -> bool:
    """Whether a choice knows the word: `元` is a unit, whatever else is called 单位."""
    try:
        return isinstance(column, Choice) and column.read(value) is not None
    except Unfit:
        return False


def _head(rows: Sequence[list[Any]], first: int, own: Words, header: Words) -> Head:
    said = dict(_labels(rows))
    labels = {at: words[0] for at, words in said.items()}
    head = Head(first, first + len(rows) - 1, labels, {})
    # A heading of its own wins over another word for the same column, wherever they stand.
    for at in sorted(said, key=lambda at: not own.is_own(labels[at])):
        column, fact = (_first(words.column, said[at]) for words in (own, header))
        if column and column not in head.columns.values():
            head.columns[at] = column
        elif fact and fact not in head.header.values():
            head.header[at] = fact
        elif column:
            head.twice[at] = column
    return head


def _first(known, words):
    return next(filter(None, map(known, words)), None)


def _labels(rows):
    """What each column is called: by its row, or by two rows together, or by the lower alone."""
    for at in range(1, max(map(len, rows), default=0) + 1):
        cells = [row[at - 1] for row in rows if at <= len(row)]
        words = list(dict.fromkeys(str(cell).strip() for cell in cells if cell is not None))
        words = [word for word in words if word]
        if len(words) > 1:
            yield at, ["".join(words), words[-1]]
        elif words:
            yield at, words
