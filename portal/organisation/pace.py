"""How often one sender may knock, counted in this process's memory and nowhere else."""

import hashlib
import ipaddress
import secrets
from math import ceil
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from portal.ledger.moments import now

SENDERS = 20_000


class Pace:
    """At most `limit` different things within `seconds` from one sender; then the sender waits.

    The same thing again (a second click) is not counted again. Senders and things are kept as
    digests under a key that dies with the process: the counter cannot say who sent what. It
    needs no database and no cache server; each process counts alone.
    """

    def __init__(self, limit: int, *, seconds: float):
        self.limit, self.seconds = limit, seconds
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._seen: dict[bytes, dict[bytes, float]] = {}

    def admits(self, sender: str, thing: str, *, at: float | None = None) -> bool:
        """Count the thing and say whether the sender is still within their measure.

        `at` is in seconds on any clock, this moment by default.
        """
        at = now().timestamp() if at is None else at
        who, what = self._digest(sender), self._digest(thing)
        with self._lock:
            recent = self._recent(who, at)
            admitted = what in recent or len(recent) < self.limit
            if admitted:
                recent.setdefault(what, at)
            self._seen.pop(who, None)
            self._seen[who] = recent
            while len(self._seen) > SENDERS:
                del self._seen[next(iter(self._seen))]
        return admitted

    def failed(self, sender: str) -> None:
        """Count a failure: each is a thing of its own."""
        self.admits(sender, secrets.token_hex())

    def minutes_to_wait(self, sender: str) -> int:
        """How many minutes, rounded up, until one more is admitted; 0 if it is now."""
        at = now().timestamp()
        with self._lock:
            recent = self._recent(self._digest(sender), at)
        if len(recent) < self.limit:
            return 0
        return max(1, ceil((min(recent.values()) + self.seconds - at) / 60))

    def forget(self, sender: str) -> None:
        with self._lock:
            self._seen.pop(self._digest(sender), None)

    def clear(self) -> None:
        """Begin to count anew."""
        self._seen.clear()

    def _recent(self, who, at):
        return {k: t for k, t in self._seen.get(who, {}).items() if t > at - self.seconds}

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: behind our own proxy the last hop it noted.

    An IPv6 household has a whole /64 network, so it counts as one address.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TRUST_PROXY else ""
    address = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
