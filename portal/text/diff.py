"""Word-level differences that read well in Chinese.

Texts are compared by lines, changed lines by sentences, changed sentences by words (a Latin word
or a number is one word, every other character is its own). At each level too much work means
whole replacement, so that 100 kB answer quickly whatever they hold.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

# Pairs of equal units one comparison may look at: two seconds where each match splits off one.
_MOST_PAIRS = 200_000

# Line ends stay with what they end, since by themselves they match everywhere.
_line = re.compile(r"[^\n]*\n+|[^\n]+")
_sentence = re.compile(r"[^。；！？\n]*(?:[。；！？]+\n*|\n+)|[^。；！？\n]+")
_word = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-zÀ-ÖØ-öø-ɏ]+|.", re.DOTALL)
_LEVELS: tuple[Callable[[str], list[str]], ...] = (
    _line.findall,
    _sentence.findall,
    _word.findall,
)


class Piece(NamedTuple):
    """A stretch of text that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


Opcode = tuple[str, int, int, int, int]
Side = list[Piece]


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from `before` to `after`, in reading order.

    The "same" and "removed" pieces joined are `before`, the "same" and "added" ones `after`.
    Neighbours differ in kind, a removal stands before the addition that replaces it, and a single
    character between two changes counts as changed.

    >>> differences("周一开会", "周五开会")
    [Piece(kind='same', text='周'), Piece(kind='removed', text='一'),
     Piece(kind='added', text='五'), Piece(kind='same', text='开会')]
    """
    return _settled(list(_compared(before, after, _LEVELS)))


def side_by_side(before: str, after: str) -> list[tuple[Side, Side]]:
    """Return one (old, new) pair for each paragraph, for two texts shown in two columns.

    The old side holds "same" and "removed" pieces, the new side "same" and "added" ones; an empty
    list stands for an empty paragraph and for none. A paragraph is a line, without its line end.
    """
    old, new = before.split("\n"), after.split("\n")
    rows: list[tuple[Side, Side]] = []
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            rows += ((_side("same", line), _side("same", line)) for line in old[a:b])
        else:
            rows += (_row(*pair) for pair in zip_longest(old[a:b], new[c:d]))
    return rows


def _row(old: str | None, new: str | None) -> tuple[Side, Side]:
    if old is None or new is None:
        return _side("removed", old or ""), _side("added", new or "")
    pieces = differences(old, new)
    left = [piece for piece in pieces if piece.kind != "added"]
    return left, [piece for piece in pieces if piece.kind != "removed"]


def _side(kind: Literal["same", "added", "removed"], text: str) -> Side:
    return [Piece(kind, text)] if text else []


def _compared(before: str, after: str, levels: Sequence) -> Iterator[Piece]:
    if not (before and after and levels):
        yield from _side("removed", before)
        yield from _side("added", after)
        return
    split, *finer = levels
    old, new = split(before), split(after)
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield from _compared("".join(old[a:b]), "".join(new[c:d]), finer)


def _opcodes(old: list[str], new: list[str]) -> list[Opcode]:
    """difflib's opcodes, found after the common head and tail are set aside."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    a, b = len(old) - tail, len(new) - tail
    codes: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    for tag, *bounds in _inner(old[head:a], new[head:b]):
        codes.append((tag, *(bound + head for bound in bounds)))
    return codes + ([("equal", a, len(old), b, len(new))] if tail else [])


def _inner(old: list[str], new: list[str]) -> list[Opcode]:
    mine, theirs = Counter(old), Counter(new)
    if sum(count * theirs[unit] for unit, count in mine.items()) > _MOST_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _common(old: list[str], new: list[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(old), len(new)))


def _settled(pieces: list[Piece]) -> list[Piece]:
    settled: list[Piece] = []
    removed: list[str] = []
    added: list[str] = []
    for i, (kind, text) in enumerate(pieces):
        island = kind == "same" and (removed or added) and _is_island(pieces, i)
        if kind == "removed" or island:
            removed.append(text)
        if kind == "added" or island:
            added.append(text)
        if kind == "same" and not island:
            settled += _side("removed", "".join(removed)) + _side("added", "".join(added))
            removed, added = [], []
            _append_same(settled, text)
    return settled + _side("removed", "".join(removed)) + _side("added", "".join(added))


def _append_same(settled: list[Piece], text: str) -> None:
    if settled and settled[-1].kind == "same":
        text = settled.pop().text + text
    settled.append(Piece("same", text))


def _is_island(pieces: list[Piece], i: int) -> bool:
    if i + 1 == len(pieces) or pieces[i + 1].kind == "same":
        return False
    return len(pieces[i].text.strip()) < 2 and "\n" not in pieces[i].text
