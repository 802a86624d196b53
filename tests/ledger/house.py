"""A house in order, built once for many tests that each break one thing and put it back."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import override_settings

from portal.ledger.checking import findings_of
from portal.ledger.guards import guards
from portal.ledger.moments import as_of
from portal.ledger.signing import Signer
from portal.verifying import CHECKS
from tests import cast as people
from tests.conftest import Stage
from tests.ledger.lives import anchored, tomorrow

ORIGIN = "school.example/ledger"
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The guards are off here: what is tested is what an owner of the tables can do.
BUT_GUARDS = {name: check for name, check in CHECKS.items() if name != "guards"}


class House:
    """Everything there can be, signed and anchored, without a guard or a constraint."""

    def __init__(self, folder):
        signer = Signer(folder / "signer", ORIGIN)
        self.key, self.files = signer.make_key(), folder / "files"
        with self.settings():
            self.lives = anchored(Stage(people.assemble()), signer)
            self.later = tomorrow()
            with as_of(self.later):
                self.lives.stage.published(title="签发以后的一件")
        lift_guards()
        lift_constraints()

    def settings(self):
        told = {"LEDGER_KEY": self.key, "FILES_DIR": self.files, "PASSWORD_HASHERS": HASHERS}
        return override_settings(**told)

    @contextmanager
    def broken(self):
        """Whatever is done inside is undone."""
        with self.settings(), as_of(self.later), transaction.atomic():
            yield
            transaction.set_rollback(True)

    def findings(self):
        return findings_of(BUT_GUARDS)

    def told(self):
        """What is found, as (code, row)."""
        return {(finding.code, finding.row) for finding in self.findings()}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """One for all tests of a module: no other test may stand beside those that ask for it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield House(tmp_path_factory.mktemp("house"))
        check_values_again()
        transaction.set_rollback(True)


def verified(*only):
    """The exit code of the command and what it printed."""
    out = StringIO()
    try:
        call_command("verify_ledger", only=list(only), stdout=out)
    except SystemExit as left:
        return left.code, out.getvalue()
    return 0, out.getvalue()


def rows(model):
    """The table as its owner reaches it, past every refusal of ours."""
    return QuerySet(model)


def change(row, **values):
    """UPDATE as the owner of the table types it; `values` by column, the key's too."""
    meta = row._meta
    fields = [(meta.get_field(name), value) for name, value in values.items()]
    fields.append((meta.pk, row.pk))
    told = [field.get_db_prep_save(value, connection) for field, value in fields]
    sets = ", ".join(f'"{field.column}" = %s' for field, _value in fields[:-1])
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {meta.db_table} SET {sets} WHERE "{meta.pk.column}" = %s', told)  # noqa: S608
        assert cursor.rowcount == 1


def erase(row):
    rows(type(row)).filter(pk=row.pk)._raw_delete(connection.alias)


def lift_guards():
    """Off with the triggers; the transaction that ends brings them back."""
    on = {"sqlite": "{0.name}", "postgresql": "guard_{0.event} ON {0.table}"}[connection.vendor]
    with connection.cursor() as cursor:
        for guard in guards():
            cursor.execute(f"DROP TRIGGER IF EXISTS {on.format(guard)}")


def lift_constraints():
    """Off with what refuses a value; SQLite keeps the unique columns a table was made with."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for question in CONSTRAINTS[connection.vendor]:
            cursor.execute(question)
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)


def check_values_again():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


CONSTRAINTS = {
    "sqlite": ["SELECT 'DROP INDEX ' || name FROM sqlite_master WHERE sql LIKE 'CREATE UNIQUE %'"],
    "postgresql": [
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) "
        "FROM pg_constraint WHERE contype IN ('f', 'c', 'u') "
        "AND connamespace = current_schema()::regnamespace",
        "SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index "
        "JOIN pg_class ON pg_class.oid = indexrelid WHERE indisunique AND NOT indisprimary "
        "AND relnamespace = current_schema()::regnamespace",
    ],
}
