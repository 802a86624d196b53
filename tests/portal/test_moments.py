from datetime import UTC, date, datetime, timedelta

import pytest

from portal.ledger.moments import as_of, local_day, now, start_of, today

NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (NEW_YEAR, date(2027, 1, 1)),
        (NEW_YEAR - timedelta(microseconds=1), date(2026, 12, 31)),
        (datetime(2026, 6, 1, 0, 0, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 15, 59, 59, tzinfo=UTC), date(2026, 6, 1)),
    ],
)
def test_a_day_is_the_day_in_shanghai(moment, day):
    assert local_day(moment) == day


def test_a_day_begins_at_sixteen_hours_of_the_day_before_in_utc():
    start = start_of(date(2027, 1, 1))
    assert start == NEW_YEAR
    assert local_day(start) == date(2027, 1, 1)
    assert local_day(start - timedelta(microseconds=1)) == date(2026, 12, 31)


def test_the_present_is_aware_and_in_utc():
    assert now().utcoffset() == timedelta(0)
    assert abs(now() - datetime.now(tz=UTC)) < timedelta(seconds=5)


def test_a_told_moment_holds_inside_and_ends_outside_even_after_a_fault():
    with as_of(NEW_YEAR):
        assert (now(), today()) == (NEW_YEAR, date(2027, 1, 1))
        with as_of(NEW_YEAR + timedelta(days=1)):
            assert today() == date(2027, 1, 2)
        assert now() == NEW_YEAR
    with pytest.raises(RuntimeError), as_of(NEW_YEAR):
        raise RuntimeError
    assert now() != NEW_YEAR
