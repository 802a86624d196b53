"""A small client: readers who ask for one page again and again."""

import http.client
import threading
import time
from typing import NamedTuple


class Ask(NamedTuple):
    """A page as it is asked for: `held` is the version the reader already has."""

    path: str
    held: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Host": "127.0.0.1"} | ({"If-None-Match": self.held} if self.held else {})

    @property
    def status(self) -> int:
        return 304 if self.held else 200


class Reader:
    """One kept connection; any answer but the one expected raises."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def read(self, ask: Ask) -> http.client.HTTPResponse:
        self.connection.request("GET", ask.path, headers=ask.headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != ask.status:
            raise RuntimeError(f"{ask.path} answered {answer.status}, not {ask.status}")
        return answer

    def milliseconds(self, ask: Ask) -> float:
        begun = time.perf_counter()
        self.read(ask)
        return 1000 * (time.perf_counter() - begun)


def requests_per_second(port: int, ask: Ask, *, seconds: float, readers: int) -> float:
    """How many answers a second `readers` get together."""
    until = time.monotonic() + seconds
    counts, faults = [0] * readers, []

    def read(number):
        reader = Reader(port)
        try:
            while time.monotonic() < until and not faults:
                reader.read(ask)
                counts[number] += 1
        except (RuntimeError, OSError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=read, args=[number]) for number in range(readers)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(counts) / (time.monotonic() - begun)
