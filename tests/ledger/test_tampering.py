"""No column of a covered table is changed, no row added, removed or swapped, unnoticed.

By somebody who owns the tables: guards and constraints are off. The suite takes a sample, another
one with LEDGER_SEED; `make prove` takes everything.
"""

import os
import random

import pytest
from django.db import connection

from tests.ledger.house import erase, rows
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
    keys = list(rows(model).order_by("pk").values_list("pk", flat=True))
    assert keys, f"the house has no {model._meta.label}"
    return rows(model).get(pk=random.Random(f"{seed}{model._meta.label}").choice(keys))


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
    keys = list(rows(model).order_by("pk").values_list("pk", flat=True))
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
