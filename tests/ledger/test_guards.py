"""What the ledger holds cannot be changed or deleted by SQL that does not lift the guards."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.ledger.guards import guards, install, lifted, missing
from portal.ledger.log import append
from portal.ledger.models import Lift, Opening

pytestmark = pytest.mark.django_db


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_ledgerentry SET kind = 'withdraw'",
        "DELETE FROM ledger_ledgerentry",
        "UPDATE ledger_node SET position = 7",
        "UPDATE ledger_opening SET pieces = '[]'",
        "UPDATE ledger_act SET actor_name = '某人'",
        "DELETE FROM ledger_act",
        "UPDATE disclosures_historicaledition SET title = '另一个标题'",
        "DELETE FROM disclosures_historicaledition",
    ],
)
def test_what_is_written_once_is_not_changed(stage, statement):
    stage.published()
    with pytest.raises(DatabaseError, match="written once"):
        run(statement)


def test_postgresql_refuses_to_empty_a_table(stage):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")
    with pytest.raises(DatabaseError, match="written once"):
        run("TRUNCATE ledger_node")


def test_a_lawful_removal_may_erase_values_but_take_no_row(db):
    entry = append("publish", item="a", parts=[("title", "text/plain", b"x")])
    with lifted():
        Opening.objects.get(pk=entry.pk).erase({"title"})
    assert Opening.objects.get(pk=entry.pk).listed()[0].is_erased
    assert not Lift.objects.exists()
    with pytest.raises(DatabaseError, match="written once"), lifted():
        run("DELETE FROM ledger_opening")


def test_a_lift_ends_with_its_transaction(db):
    with pytest.raises(ValueError, match="halfway"), lifted():
        raise ValueError("halfway")
    assert not Lift.objects.exists()


def test_every_guard_is_there_and_a_dropped_one_is_named_and_comes_back(db):
    assert missing() == []
    guard = next(guard for guard in guards() if guard.table == "ledger_act")
    on = {"sqlite": guard.name, "postgresql": f"guard_{guard.event} ON {guard.table}"}
    run(f"DROP TRIGGER {on[connection.vendor]}")
    assert missing() == [guard.name]
    install()
    assert missing() == []
