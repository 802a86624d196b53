"""Triggers that refuse to change or delete what is written once, on both databases.

A guard rail against mistakes and against a stolen application role, not the evidence: the owner
of the tables can lift them (docs/ledger.md). SQLite drops them when it rebuilds a table, so they
are put in place after every migration.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.apps import apps
from django.db import connection, transaction

from portal.ledger.history import HistoryRow
from portal.ledger.models import Lift

MESSAGE = "written once"
EVENTS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}
# Model of the ledger → whether a lawful removal may erase values in its rows.
WRITTEN = {
    "Act": True,
    "Anchor": False,
    "Checkpoint": False,
    "LedgerEntry": False,
    "Node": False,
    "Opening": True,
    "Rehash": False,
}


class Guard(NamedTuple):
    """One trigger: what it refuses on its table, and whether it yields to a lawful removal."""

    table: str
    event: str
    yields: bool

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event}"


def guards() -> list[Guard]:
    """Every trigger there must be: on the log, the act log, and every history."""
    tables = {apps.get_model("ledger", name)._meta.db_table: WRITTEN[name] for name in WRITTEN}
    histories = [model for model in apps.get_models() if issubclass(model, HistoryRow)]
    tables |= {model._meta.db_table: True for model in histories}
    return [
        Guard(table, event, erasable and event == "update")
        for table, erasable in sorted(tables.items())
        for event in EVENTS[connection.vendor]
    ]


def install(**_kwargs) -> None:
    """Put every trigger in place; what is there already stays as it is."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for function in FUNCTIONS[connection.vendor]:
            cursor.execute(function)
        for guard in guards():
            if guard.table in there:
                cursor.execute(CREATE[connection.vendor](guard))


def missing() -> list[str]:
    """The names of the triggers that should be there and are not (or are switched off)."""
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return sorted({guard.name for guard in guards()} - there)


@contextmanager
def lifted() -> Iterator[None]:
    """Let a lawful removal erase values inside; no other transaction sees the mark."""
    with transaction.atomic():
        mark = Lift.objects.create()
        yield
        mark.delete()


def _on_sqlite(guard: Guard) -> str:
    unless = f"WHEN NOT EXISTS ({_LIFT})" if guard.yields else ""
    return (
        f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"{unless} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _on_postgresql(guard: Guard) -> str:
    function = "ledger_refuse_unless_lifted" if guard.yields else "ledger_refuse"
    each = "STATEMENT" if guard.event == "truncate" else "ROW"
    return (
        f"CREATE OR REPLACE TRIGGER guard_{guard.event} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}()"
    )


_LIFT = f"SELECT 1 FROM {Lift._meta.db_table}"  # noqa: S608  our own table
CREATE = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT 'guard_' || relname || substr(tgname, 6) FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE 'guard\\_%' AND tgenabled IN ('O', 'A')"
    ),
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {first} RAISE EXCEPTION '{message}'; END $$
"""
_PASS = f"IF EXISTS ({_LIFT}) THEN RETURN NEW; END IF;"
FUNCTIONS = {
    "sqlite": (),
    "postgresql": (
        _FUNCTION.format(name="ledger_refuse", first="", message=MESSAGE),
        _FUNCTION.format(name="ledger_refuse_unless_lifted", first=_PASS, message=MESSAGE),
    ),
}
