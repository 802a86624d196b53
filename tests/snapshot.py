"""Assembling the cast is the dearest step of most tests: done once, then its rows are put back."""

from copy import deepcopy

from django.contrib.auth.models import Group
from django.db import connection, transaction

from portal.ledger.models import Act

_kept: dict = {}


def once(assemble):
    """What `assemble()` returns and writes, as if it had just run on an empty database.

    The rows of the first run are kept and inserted again for each later test; the objects are
    copies. Beside rows of another fixture it simply runs. PostgreSQL's sequences never go back,
    so that no later row gets the key of one that is put back.
    """
    if Act.objects.exists() or Group.objects.exists():
        return assemble()
    if not _kept:
        before = _rows()
        made = assemble()
        _kept["objects"] = deepcopy(made)
        _kept["rows"] = {table: _new(before[table], rows) for table, rows in _rows().items()}
        return made
    # One transaction: the rows refer to each other in no particular order.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _kept["rows"].items():
            if rows:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608  our tables
    return deepcopy(_kept["objects"])


def _rows():
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in sorted(tables)}


def _rows_of(cursor, table):
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  our tables
    return cursor.fetchall()


def _new(before, after):
    known = set(before)
    return [row for row in after if row not in known]
