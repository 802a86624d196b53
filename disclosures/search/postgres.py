"""The index on PostgreSQL: a tsvector for each search text, under GIN.

Each row also carries the month and year of its opening as words. A search begins with the newest
months and widens until it has enough: so a common word never reads the whole index, and a rare
one never walks through all rows in time, whatever the planner believes of its frequency.
"""

from datetime import UTC, datetime

from django.db import connection

TABLE = "disclosures_searchwords"
# Positions past this one are not told apart, nor more than this many of one word.
LAST_POSITION, MOST_POSITIONS = 16_000, 255
# A tsvector holds less than a megabyte.
_MOST_BYTES = 900_000
_LONG = ":long"
_MONTHS = (2, 12, 48)


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
    facets = [f":{facet}" for facet in [*facets, *_times(key)]] + ([_LONG] if is_long else [])
    _execute(
        f"INSERT INTO {TABLE} (key, words) VALUES (%s, %s::tsvector) "  # noqa: S608  our table
        "ON CONFLICT (key) DO UPDATE SET words = EXCLUDED.words",
        [key, _vector(words, facets)],
    )


def settle():
    """After much was written: let the planner know."""
    _execute(f"ANALYZE {TABLE}")


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
    for months in (*_MONTHS, None):
        times = f" & ({' | '.join(_window(before, months))})" if months else ""
        found = _matching(query + times, before, limit)
        if len(found) >= limit:
            break
    return found


def is_exact():
    return False


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


def _vector(words, facets):
    places = {}
    for position, word in enumerate(words, start=1):
        places.setdefault(word, []).append(position)
    told, size = [_quoted(facet) for facet in facets], 0
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
