"""A small client: a few readers who ask for one page again and again for a few seconds."""

import http.client
import threading
import time


def requests_per_second(port: int, path: str, *, seconds: float, readers: int) -> float:
    """How many answers a second `readers` get over kept connections; anything but 200 raises."""
    until = time.monotonic() + seconds
    counts, faults = [0] * readers, []

    def read(number):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until and not faults:
            connection.request("GET", path, headers={"Host": "127.0.0.1"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                faults.append(answer.status)
            counts[number] += 1

    threads = [threading.Thread(target=read, args=[number]) for number in range(readers)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{path} answered {faults[0]}")
    return sum(counts) / (time.monotonic() - begun)
