"""What a check finds, and what all findings together come to."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Model

# The codes of verify.py; the first that occurs is the verdict.
ORDER = (40, 30, 41, 42, 43, 50)


class Finding(NamedTuple):
    """One invariant that does not hold: its code, the row, the sentence, and what it is about."""

    code: int
    row: str
    sentence: str
    detail: str = ""

    def __str__(self):
        detail = f" ({self.detail})" if self.detail else ""
        return f"[{self.code}] {self.row}: {self.sentence}{detail}"


def named(row: Model) -> str:
    """The row as a person finds it again: its table and its key."""
    return f"{row._meta.label} {row.pk}"


def verdict(codes: Iterable[int]) -> int:
    """The verdict over the codes found: 0 if there are none."""
    found = set(codes)
    return next((code for code in ORDER if code in found), 0)
