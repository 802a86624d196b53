"""The index on PostgreSQL: a tsvector for each search text, under GIN.

What the planner believes of a word's frequency is not relied on. A search first walks down the
newest rows and looks into each: what is common is found there at once, and how much is found
says how rare the rest is. The rest is asked of GIN: within as many months as should hold enough
(each row carries the month and year of its opening as words), or everywhere if it is rare.
"""

from datetime import UTC, datetime
from math import ceil
from typing import NamedTuple

from django.db import connection

TABLE = "disclosures_searchwords"
# Positions past this one are not told apart, nor more than this many of one word.
LAST_POSITION, MOST_POSITIONS = 16_000, 255
# A tsvector holds less than a megabyte.
_MOST_BYTES = 900_000
_LONG = ":long"
# Looked into at a time, and at most.
_STEP, _WALK = 500, 6000
_MONTH = 30 * 86400
# A window of years; above it, everything.
_MOST_MONTHS = 48


class Walk(NamedTuple):
    """What a walk down the newest rows found, where it ended (None: nothing is left), and the
    seconds of opening that should hold as much again as is still wanted (None: cannot be told).
    """

    found: list[int]
    end: int | None
    span: float | None


def prepare():
    """Make the table and its index unless they exist."""
    _execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} (key bigint PRIMARY KEY, words tsvector NOT NULL)"
    )
    _execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING gin (words)")


def clear():
    _execute(f"TRUNCATE {TABLE}")


def write(key, words, facets, *, is_long=False):
    """Enter what the row `key` says and is."""
    _execute(
        f"INSERT INTO {TABLE} (key, words) VALUES (%s, %s::tsvector) "  # noqa: S608  our table
        "ON CONFLICT (key) DO UPDATE SET words = EXCLUDED.words",
        [key, _vector(key, words, facets, is_long=is_long)],
    )


def settle():
    """After much was written: let the planner know."""
    _execute(f"ANALYZE {TABLE}")


def learn():
    """The server's own housekeeping lets the planner know."""
    return 0


def keys(wanted, unwanted, facets, *, before, limit):
    """The keys of what fits, newest first, below `before` if given (as `sqlite.keys`).

    Of texts longer than a tsvector knows the order of, also some that have the words elsewhere:
    `is_exact()` is false, and the caller looks at those once more.
    """
    query = " & ".join(
        [f"({_phrase(*term)} | {_LONG_WORD} & {_all(*term)})" for term in wanted]
        + [f"({' | '.join(_quoted(f':{word}') for word in group)})" for group in facets]
        + [f"!({_phrase(*term)} & !{_LONG_WORD})" for term in unwanted]
    )
    before = before if before is not None else _newest() + 1
    walk = _walk(query, before, limit)
    if len(walk.found) >= limit or walk.end is None:
        return walk.found[:limit]
    return walk.found + _asked(query, walk, limit - len(walk.found))


def is_exact():
    return False


def _walk(query, before, limit):
    """Look into the newest rows below `before`, as long as the end seems near."""
    found, seen, begin, end = [], 0, None, before
    while len(found) < limit:
        rows = _execute(
            f"SELECT key, words @@ %s::tsquery FROM (SELECT key, words FROM {TABLE} "  # noqa: S608  our table
            "WHERE key < %s ORDER BY key DESC LIMIT %s) newest ORDER BY key DESC",
            [query, end, _STEP],
        )
        found += [key for key, fits in rows if fits]
        seen += len(rows)
        if len(rows) < _STEP:
            return Walk(found, None, None)
        begin, end = begin or rows[0][0], rows[-1][0]
        wanted = seen * (limit - len(found)) / len(found) if found else None
        if wanted is None or seen + wanted > _WALK:
            return Walk(found, end, wanted and 1.5 * wanted * (begin - end) / seen)
    return Walk(found, end, None)


def _asked(query, walk, limit):
    """Ask GIN for what lies below the walk's end: twice within a window, then everywhere.

    Few hits tell little of how rare the rest is; what the first window holds tells more.
    """
    span = walk.span
    for _attempt in range(2):
        if not span or (months := ceil(span / _MONTH) + 1) > _MOST_MONTHS:
            break
        times = f" & ({' | '.join(_window(walk.end, months))})"
        near = _matching(query + times, walk.end, limit)
        if len(near) >= limit:
            return near
        span = 1.5 * months * _MONTH * limit / len(near) if near else None
    return _matching(query, walk.end, limit)


def _matching(query, before, limit):
    rows = _execute(
        f"WITH fit AS MATERIALIZED (SELECT key FROM {TABLE} "  # noqa: S608  our table
        "WHERE words @@ %s::tsquery AND key < %s) SELECT key FROM fit ORDER BY key DESC LIMIT %s",
        [query, before, limit],
    )
    return [key for (key,) in rows]


def _newest():
    return _execute(f"SELECT coalesce(max(key), 0) FROM {TABLE}")[0][0]  # noqa: S608  our table


def _times(key):
    at = datetime.fromtimestamp(key, UTC)
    return [f"t{at:%Y%m}", f"t{at:%Y}"]


def _window(before, months):
    """The words for the months that end with the one of `before`; whole years where they can."""
    at = datetime.fromtimestamp(before, UTC)
    last = at.year * 12 + at.month - 1
    if months > 24:
        return [_quoted(f":t{year:04}") for year in range(at.year - months // 12, at.year + 1)]
    return [_quoted(f":t{n // 12:04}{n % 12 + 1:02}") for n in range(last - months + 1, last + 1)]


def facets_of(key, facets, *, is_long=False):
    """The words for what a row is: no word of a text begins with a colon."""
    return [f":{facet}" for facet in [*facets, *_times(key)]] + ([_LONG] if is_long else [])


def _vector(key, words, facets, *, is_long=False):
    """What a row says and is, as a tsvector is written."""
    places = {}
    for position, word in enumerate(words, start=1):
        places.setdefault(word, []).append(position)
    told, size = [_quoted(facet) for facet in facets_of(key, facets, is_long=is_long)], 0
    for word, found in places.items():
        kept = [n for n in found if n <= LAST_POSITION][:MOST_POSITIONS]
        size += len(word.encode()) + 4 + 2 * len(kept)
        if size > _MOST_BYTES:
            break
        told.append(_quoted(word) + (f":{','.join(map(str, kept))}" if kept else ""))
    return " ".join(told)


def _phrase(words, is_open):
    *before, last = map(_quoted, words)
    return f"({' <-> '.join([*before, last + (':*' if is_open else '')])})"


def _all(words, is_open):
    *before, last = map(_quoted, words)
    return f"({' & '.join([*before, last + (':*' if is_open else '')])})"


def _quoted(word):
    return f"'{word}'"


_LONG_WORD = _quoted(_LONG)


def _execute(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
