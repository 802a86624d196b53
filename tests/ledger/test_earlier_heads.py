"""Which heads a bundle leads back to: those most people will have kept."""

from datetime import UTC, datetime

import pytest

from portal.ledger.bundles import MONTHS, RECENT, earlier_heads
from portal.ledger.models import Checkpoint

pytestmark = pytest.mark.django_db
A_MONTH = 3


@pytest.fixture
def heads():
    """Three a month for three years, of sizes 1, 2, 3 …"""
    for number in range(36 * A_MONTH):
        month, nth = divmod(number, A_MONTH)
        at = datetime(2023 + month // 12, 1 + month % 12, 10 * (1 + nth) - 2, 15, tzinfo=UTC)
        Checkpoint(size=number + 1, root=b"", note="", key="", at=at).save(force_insert=True)
    return 36 * A_MONTH


def test_the_newest_and_the_last_of_each_month(heads):
    newest = range(heads - RECENT, heads)
    first = heads - A_MONTH * MONTHS
    months = range(first + A_MONTH, heads, A_MONTH)
    assert earlier_heads(heads, None) == sorted({*newest, *months})


def test_the_one_asked_for_but_none_of_the_future(heads):
    assert 1 in earlier_heads(heads, 1)
    assert earlier_heads(heads, heads + 5) == earlier_heads(heads, None)
    assert earlier_heads(1, None) == []
    assert earlier_heads(5, None) == [1, 2, 3, 4]


def test_a_month_ends_at_midnight_here(db):
    for size, at in enumerate(
        [(1, 31, 15, 59), (1, 31, 16, 0), *[(2, 3, 0, n) for n in range(20)]]
    ):
        moment = datetime(2026, *at, tzinfo=UTC)
        Checkpoint(size=size + 1, root=b"", note="", key="", at=moment).save(force_insert=True)
    assert earlier_heads(22, None) == [1, *range(8, 22)]
