"""The index on SQLite: an FTS5 table without content whose rowid follows the order of opening.

So "newest first" is a walk backwards through each word's list. Rows are never taken out: one that
no search text points to any more is found by nobody, and rebuilding the index drops it.
"""

from django.db import connection

TABLE = "disclosures_searchwords"


def prepare():
    """Make the table unless it exists; it is no model's, so no migration rebuilds it.

    Beginnings of one character have lists of their own, and those of words long enough to be
    Latin: otherwise each search would join the lists of every word that begins so.
    """
    _execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5("
        "words, facets, content='', columnsize=0, prefix='1 3 4', "
        "tokenize='unicode61 remove_diacritics 0')"
    )


def clear():
    """Empty the index by making it anew."""
    _execute(f"DROP TABLE IF EXISTS {TABLE}")
    prepare()


def write(key, words, facets, *, is_long=False):
    """Enter what the row `key` says and is."""
    _execute(
        f"INSERT INTO {TABLE} (rowid, words, facets) VALUES (%s, %s, %s)",  # noqa: S608  our table
        [key, " ".join(words), " ".join(facets)],
    )


def settle():
    """After much was written: merge the parts of the index into one."""
    _execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608  our table


def learn():
    """Let the planner know how much there is, when it has grown tenfold; 1 if it was told.

    Nobody else tells SQLite. Without, it takes a board for ten rows and reads all of it.
    """
    rows = _execute("SELECT coalesce(max(id), 0) FROM disclosures_release")[0][0]
    if rows < 10 * _known():
        return 0
    _execute("PRAGMA analysis_limit = 1000")
    _execute("ANALYZE")
    return 1


def _known():
    """How many releases the planner believes in, at least one."""
    if not _execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"):
        return 1
    known = "SELECT max(CAST(stat AS int)) FROM sqlite_stat1 WHERE tbl = 'disclosures_release'"
    return _execute(known)[0][0] or 1


def keys(wanted, unwanted, facets, *, before, limit):
    """The keys of what fits, newest first, below `before` if given.

    `wanted` and `unwanted` are terms as (words, whether the last is open); `facets` are groups of
    words of which one each must hold.
    """
    match = " AND ".join(
        [_phrase(*term) for term in wanted]
        + [f"facets : ({' OR '.join(map(_quoted, group))})" for group in facets]
    )
    if unwanted:
        match = f"({match}) NOT ({' OR '.join(_phrase(*term) for term in unwanted)})"
    bound = "AND rowid < %s" if before is not None else ""
    rows = _execute(
        f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s {bound} "  # noqa: S608  our table
        "ORDER BY rowid DESC LIMIT %s",
        [match, *([before] if before is not None else []), limit],
    )
    return [key for (key,) in rows]


def is_exact():
    """Whether the index alone knows the order of words however long a text is."""
    return True


def _phrase(words, is_open):
    return f"words : {_quoted(' '.join(words))}{' *' if is_open else ''}"


def _quoted(words):
    return f'"{words}"'


def _execute(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
