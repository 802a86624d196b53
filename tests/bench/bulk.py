"""Rows written past the models, as fast as each database takes them."""

from contextlib import contextmanager

from django.db import connection

from disclosures.search import postgres, sqlite


class Copier:
    """Writes copies of one saved row that differ in some columns."""

    def __init__(self, row):
        fields = row._meta.concrete_fields
        self.fields = {field.attname: field for field in fields}
        if row._meta.pk.get_internal_type() == "BigAutoField":
            del self.fields["id"]
        self.table = row._meta.db_table
        self.columns = [field.column for field in self.fields.values()]
        self.row = {name: self._stored(name, getattr(row, name)) for name in self.fields}

    def copy(self, changes: list[dict]) -> None:
        rows = []
        for one in changes:
            stored = {name: self._stored(name, value) for name, value in one.items()}
            rows.append(list((self.row | stored).values()))
        insert(self.table, self.columns, rows)

    def _stored(self, name, value):
        return self.fields[name].get_db_prep_save(value, connection)


def insert(table: str, columns: list[str], rows: list) -> None:
    """Add the rows to a table: by COPY where there is one."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608  our tables


def index(entries: list[tuple[int, str, list[str]]]) -> None:
    """Give the search index the key, words and facets of many texts."""
    if connection.vendor == "sqlite":
        rows = [(key, words, " ".join(facets)) for key, words, facets in entries]
        insert(sqlite.TABLE, ["rowid", "words", "facets"], rows)
        return
    rows = [(key, words, postgres.facets_of(key, facets)) for key, words, facets in entries]
    _execute("CREATE TEMP TABLE entry (key bigint, words text, facets text[]) ON COMMIT DROP")
    insert("entry", ["key", "words", "facets"], rows)
    # The words hold nothing that PostgreSQL's own parser would divide.
    _execute(
        f"INSERT INTO {postgres.TABLE} (key, words) SELECT key, "  # noqa: S608  our table
        "to_tsvector('simple', words) || array_to_tsvector(facets) FROM entry"
    )


@contextmanager
def filling(tables: list[str]):
    """Trade safety for speed, and build the indexes of the tables once, when all is written."""
    is_postgres = connection.vendor == "postgresql"
    _execute(*(POSTGRES if is_postgres else SQLITE))
    dropped = _indexes([*tables, postgres.TABLE])
    _execute(*(f'DROP INDEX "{name}"' for name, _made in dropped))
    yield
    _execute(*(made for _name, made in dropped))
    if not is_postgres:
        sqlite.settle()
    _execute(*(["VACUUM ANALYZE"] if is_postgres else ["ANALYZE"]))
    # The next connection is an ordinary one.
    connection.close()


POSTGRES = (
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '1GB'",
    # Foreign keys are not asked again of copies; only a superuser may say so.
    "SELECT set_config('session_replication_role', 'replica', false) "
    "FROM pg_user WHERE usename = current_user AND usesuper",
)
SQLITE = (
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -1000000",
    *(
        f"INSERT INTO {sqlite.TABLE} ({sqlite.TABLE}, rank) VALUES ('{name}', {value})"  # noqa: S608  our table
        for name, value in (("automerge", 0), ("crisismerge", 1999), ("hashsize", 2**26))
    ),
)


def _indexes(tables):
    """The indexes of the tables that only make reading fast: name and how they are made."""
    sql = (
        "SELECT indexname, indexdef FROM pg_indexes "
        "WHERE tablename = ANY(%s) AND indexdef NOT LIKE 'CREATE UNIQUE%%'"
    )
    if connection.vendor == "sqlite":
        places = ", ".join(["%s"] * len(tables))
        sql = (
            f"SELECT name, sql FROM sqlite_master WHERE tbl_name IN ({places}) "  # noqa: S608  our tables
            "AND type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%%'"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, tables if connection.vendor == "sqlite" else [tables])
        return cursor.fetchall()


def _execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
