"""The record of acts is anchored in the log once a day."""

from datetime import timedelta

import pytest
from django.db import connection

from portal.ledger.anchoring import (
    anchor,
    anchor_if_due,
    columns_now,
    histories,
    leaves_of,
    loose_leaves,
    loose_tables,
    scope_leaf,
    split,
)
from portal.ledger.guards import lifted
from portal.ledger.merkle import root
from portal.ledger.models import Act, Anchor, LedgerEntry
from portal.ledger.moments import as_of, now
from portal.ledger.signing import Signer

pytestmark = pytest.mark.django_db


def leaves():
    """Those of every act and history row, without what each anchor says of itself."""
    acts = [leaf for _act, leaf in leaves_of(Act.objects.order_by("pk"), columns_now())]
    return acts + [leaf for _row, leaf in loose_leaves({}, everything(), columns_now())]


def everything():
    return {model._meta.label: 10**9 for model in loose_tables()}


def test_an_anchor_holds_every_act_with_its_history(stage):
    stage.published()
    row = anchor()
    loose = sum(model.objects.filter(act_id=None).count() for model in histories())
    entry = row.entry.told
    assert Act.objects.count() > 10
    assert loose > 10
    hashes = [scope_leaf(row), *leaves()]
    assert len(hashes) == 1 + Act.objects.count() + loose
    assert entry["facts"] == {"acts": len(hashes), "root": root(hashes).hex()}
    assert split(row.leaves) == hashes


def test_the_next_anchor_goes_on_where_the_last_ended(stage):
    stage.published()
    first = anchor()
    stage.withdrawn()
    school = stage.cast.school
    school.phone = "0599-1"
    school.save()
    second = anchor()
    both = split(first.leaves) + split(second.leaves)
    assert second.start == len(split(first.leaves))
    assert sorted(both) == sorted([scope_leaf(first), scope_leaf(second), *leaves()])
    assert second.entry.told["facts"]["root"] == root(both).hex()
    assert Anchor.objects.count() == 2


def test_there_is_one_anchor_a_day_even_when_nothing_happened(db):
    assert anchor_if_due() == 1
    assert anchor_if_due() == 0
    with as_of(now() + timedelta(days=1)):
        assert anchor_if_due() == 1
    assert LedgerEntry.objects.filter(kind="anchor").count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_act SET actor_name = '某人' WHERE name = 'publish'",
        "UPDATE disclosures_historicaledition SET title = '另一个标题' WHERE state = 'published'",
        "UPDATE disclosures_historicalrelease SET opens_at = '2020-01-01 00:00:00+00:00'",
        "UPDATE organisation_historicalschool SET name = '另一所学校' WHERE act_id IS NULL",
    ],
)
def test_a_changed_act_or_history_row_has_another_hash(stage, statement):
    stage.published()
    row = anchor()
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert split(row.leaves)[1:] != leaves()


def test_a_column_added_later_changes_no_hash(stage):
    stage.published()
    row = anchor()
    fewer = columns_now()
    fewer["ledger.Act"] = [name for name in fewer["ledger.Act"] if name != "reason"]
    then = [leaf for _act, leaf in leaves_of(Act.objects.order_by("pk"), fewer)]
    again = [leaf for _act, leaf in leaves_of(Act.objects.order_by("pk"), row.columns)]
    assert split(row.leaves)[1 : len(again) + 1] == again != then


def test_signed_heads_are_anchored_too(stage, tmp_path):
    stage.published()
    signer = Signer(tmp_path, "school.example/ledger")
    signer.make_key()
    head = signer.sign()
    row = anchor()
    assert row.loose["ledger.Checkpoint"] == head.size
    assert len(split(row.leaves)) == 1 + len(leaves())
    assert split(row.leaves)[-1] == leaves()[-1]
