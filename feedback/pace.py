"""How often one address may knock, counted in this process's memory and nowhere else."""

import hashlib
import ipaddress
import secrets
import threading
import time

from django.conf import settings
from django.http import HttpRequest

ADDRESSES = 10_000


class Pace:
    """At most `limit` different things within `seconds` from one address.

    The same thing again (a second click) is not counted again. Addresses and things are kept
    as digests under a key that dies with the process: the counter cannot say who wrote what.
    It needs no cache server, so it never keeps a letter waiting; each process counts alone.
    """

    def __init__(self, limit: int, *, seconds: float):
        self.limit, self.seconds = limit, seconds
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._seen: dict[bytes, dict[bytes, float]] = {}

    def admits(self, address: str, thing: str, *, at: float | None = None) -> bool:
        """Count the thing and say whether the address is still within its measure."""
        at = time.monotonic() if at is None else at
        who, what = self._digest(address), self._digest(thing)
        with self._lock:
            recent = {k: t for k, t in self._seen.pop(who, {}).items() if t > at - self.seconds}
            admitted = what in recent or len(recent) < self.limit
            if admitted:
                recent.setdefault(what, at)
            self._seen[who] = recent
            while len(self._seen) > ADDRESSES:
                del self._seen[next(iter(self._seen))]
        return admitted

    def forget(self) -> None:
        """Begin to count anew."""
        self._seen.clear()

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()


LETTERS = Pace(20, seconds=3600)
LOOKUPS = Pace(20, seconds=3600)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: behind our own proxy, what the proxy saw.

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
