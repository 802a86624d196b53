"""What the index of each database is given: plain words that no parser takes apart again."""

import re
from collections import Counter

from django.db import connection

from disclosures.search import postgres, sqlite
from portal.text.chinese import fold

_strange = re.compile(r"[^a-z0-9\u4e00-\u9fa5]")
_LONGEST = 64


def plain(word: str) -> str:
    """The folded word in letters and common Han characters; any other is spelt by its number.

    What begins alike still does. Words are cut at 64 characters, in the index as in the query.
    """
    return _strange.sub(_spelt, word[:_LONGEST])


def facet(kind: str, value: object) -> str:
    """A property of a notice as one word, for instance of its school or year."""
    return f"{kind}{plain(fold(str(value)))}"


def is_long(words: list[str]) -> bool:
    """Whether a tsvector does not know the place of every word (it tells 16,383 places apart,
    and keeps 256 of each word): then what it answers must be looked at once more.
    """
    crowded = Counter(words).most_common(1)
    return len(words) > postgres.LAST_POSITION or (
        bool(crowded) and crowded[0][1] > postgres.MOST_POSITIONS
    )


def backend():
    """The index of the database in use."""
    return postgres if connection.vendor == "postgresql" else sqlite


def _spelt(found):
    return f"x{ord(found[0]):x}x"
