"""Failed attempts, counted in the memory of this process: no database, no Redis, no waiting."""

from datetime import timedelta
from math import ceil
from threading import Lock

from django.core.cache.backends.locmem import LocMemCache

from portal.ledger.moments import now


class Attempts:
    """At most `limit` failures for one key within `window`; then the key waits.

    The count is this process's own: with several web processes the limit is theirs together.
    """

    def __init__(self, name: str, *, limit: int, window: timedelta):
        self.limit, self.window = limit, window
        self._lock = Lock()
        params = {"timeout": window.total_seconds(), "max_entries": 20_000}
        self._failures = LocMemCache(name, params)

    def minutes_to_wait(self, key: str) -> int:
        """How many minutes, rounded up, until one more attempt is allowed; 0 if it is now."""
        recent = self._recent(key)
        if len(recent) < self.limit:
            return 0
        left = recent[-self.limit] + self.window - now()
        return max(1, ceil(left.total_seconds() / 60))

    def failed(self, key: str) -> None:
        with self._lock:
            self._failures.set(key, [*self._recent(key), now()][-self.limit :])

    def forget(self, key: str) -> None:
        self._failures.delete(key)

    def clear(self) -> None:
        self._failures.clear()

    def _recent(self, key):
        since = now() - self.window
        return [moment for moment in self._failures.get(key, []) if moment > since]
