"""No column of a covered table is changed, no row added, removed or swapped, unnoticed.

By somebody who owns the tables: guards and constraints are off. The suite takes a sample, another
one with LEDGER_SEED; `make prove` takes everything.
"""

import os
import random

import pytest
from django.db import connection
from django.db.models import Q

from disclosures.models import Disclosure
from portal.ledger.anchoring import anchor
from portal.ledger.history import HistoryRow
from portal.ledger.models import Act, Anchor
from tests.ledger.house import change, erase, rows
from tests.ledger.tampering import (
    WAIVED,
    change_column,
    columns,
    insert_copy,
    swap,
    tables,
    uncovered,
)

pytestmark = pytest.mark.django_db
SAMPLE = 24
SEED = int(os.environ.get("LEDGER_SEED", "0"))
# Single rows that cannot be swapped with another of their kind.
ALONE = {"ledger.Tail"}
# Tables the ledger does not answer for, and who does.
NOT_COVERED = {
    "ledger.Lift": "empty outside an act",
    "ledger.Verification": "what this check itself found",
    "organisation.Authority": "made from posts whenever it is needed",
    "organisation.ActivationCode": "a secret, spent within days",
    "organisation.Job": "work, not record",
    "organisation.SweepPass": "work, not record",
    "organisation.Message": "work, not record",
    "disclosures.IndexCounter": "compared with the numbers in use",
    "disclosures.FileText": "read from the files again at any time",
    "disclosures.SearchText": "made from the editions again at any time",
    "disclosures.Reading": "who read an inner notice; kept for a while",
    "feedback.LetterCounter": "letters are not published",
    "feedback.Letter": "letters are not published",
    "feedback.Reply": "letters are not published",
    "feedback.Subscription": "addresses of readers, gone when they say so",
}


def some_row(model, seed):
    keys = list(answered_for(model).order_by("pk").values_list("pk", flat=True))
    assert keys, f"the house has no {model._meta.label}"
    return rows(model).get(pk=random.Random(f"{seed}{model._meta.label}").choice(keys))


def answered_for(model):
    """The rows of a table; of acts and histories those that the newest anchor covers."""
    last, found = Anchor.objects.last(), rows(model)
    anchored = Act.objects.filter(pk__lte=last.last_act)
    if model is Act:
        return anchored
    if not issubclass(model, HistoryRow):
        return found
    loose = Q(act_id=None, pk__lte=last.loose.get(model._meta.label, 0))
    return found.filter(Q(act_id__in=anchored.values("uuid")) | loose)


def noticed(house):
    return next(house.findings(), None)


def unnoticed_columns(house, chosen, seed):
    found = []
    for column in chosen:
        with house.broken():
            change_column(some_row(column.model, seed), column.field)
            if noticed(house) is None:
                found.append(str(column))
    return found


def unnoticed_rows(house, chosen, seed):
    found = []
    for model in chosen:
        with house.broken():
            erase(some_row(model, seed))
            found += [f"delete {model._meta.label}"] if noticed(house) is None else []
        with house.broken():
            if insert_copy(some_row(model, seed)) and noticed(house) is None:
                found.append(f"insert {model._meta.label}")
        if model._meta.label not in ALONE:
            with house.broken():
                swap(*two_rows(model, seed))
                found += [f"swap {model._meta.label}"] if noticed(house) is None else []
    return found


def two_rows(model, seed):
    keys = list(answered_for(model).order_by("pk").values_list("pk", flat=True))
    assert len(keys) > 1, f"the house has but one {model._meta.label}"
    return rows(model).filter(pk__in=random.Random(f"{seed}").sample(keys, 2))


def to_notice():
    return [column for column in columns() if str(column) not in WAIVED]


def test_every_table_is_covered_or_argued_for():
    assert uncovered() == set(NOT_COVERED)
    assert {str(column) for column in columns()} >= set(WAIVED)
    assert len(WAIVED) <= 10


def test_a_sample_of_columns_changed_is_noticed(house):
    chosen = random.Random(SEED).sample(to_notice(), SAMPLE)
    assert unnoticed_columns(house, chosen, SEED) == [], f"seed {SEED}"


def test_a_sample_of_rows_added_removed_and_swapped_is_noticed(house):
    chosen = random.Random(SEED).sample(tables(), SAMPLE // 4)
    assert unnoticed_rows(house, chosen, SEED) == [], f"seed {SEED}"


def test_what_is_newer_than_the_newest_anchor_is_noticed_from_the_next_one_on(house):
    last = Anchor.objects.last().last_act
    act = Act.objects.filter(pk__gt=last, name="draft").latest("pk")
    for is_anchored in (False, True):
        with house.broken():
            if is_anchored:
                anchor()
            change(Disclosure.history.get(act_id=act.uuid), year=1999)
            assert (noticed(house) is not None) == is_anchored


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(3))
def test_every_column_changed_is_noticed(house, seed):
    chosen = to_notice()
    print(f"{connection.vendor}: {len(chosen)} columns of {len(tables())} tables, {seed}")
    found = unnoticed_columns(house, chosen, seed)
    assert not found, "\n".join(found)


@pytest.mark.prove
def test_every_table_with_a_row_more_less_or_swapped_is_noticed(house):
    found = unnoticed_rows(house, tables(), 0)
    assert not found, "\n".join(found)


@pytest.mark.prove
def test_what_is_waived_is_indeed_not_noticed(house):
    waived = [column for column in columns() if str(column) in WAIVED]
    assert sorted(unnoticed_columns(house, waived, 0)) == sorted(WAIVED)
