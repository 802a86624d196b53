"""The one place where the portal learns what time it is.

Moments are aware and in UTC; days, years and periods are those of Asia/Shanghai.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment (aware, UTC)."""
    return _told.get() or timezone.now()


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let the code inside see `moment` as the present.

    For the demo's past year and for tests only: no request path calls it, so nobody
    can back-date a publication through the portal.
    """
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def local_day(moment: datetime) -> date:
    """The day in Asia/Shanghai on which `moment` falls.

    >>> local_day(datetime(2026, 1, 1, 16, 0, tzinfo=ZoneInfo("UTC")))
    datetime.date(2026, 1, 2)
    """
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """Today in Asia/Shanghai."""
    return local_day(now())


def start_of(day: date) -> datetime:
    """The first moment of `day` in Asia/Shanghai, as an aware moment."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)
