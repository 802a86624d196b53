"""Fill a database, keep a copy of it at each size, serve them all, measure them in turn."""

import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from portal.demo.running import Address
from portal.demo.start import commands_for, environment_for
from portal.demo.static import collect_static
from portal.management.catalogues import compile_catalogues
from tests.bench.acts import measured
from tests.bench.copies import kept
from tests.bench.generator import Generator
from tests.bench.load import Ask, Reader, requests_per_second
from tests.bench.pages import RANKED, SEARCHES, asks, held, search
from tests.bench.report import TRIVIAL
from tests.services import free_port

SECONDS, READERS, ROUNDS = float(os.environ.get("SECONDS", "0.7")), 4, 5
TIMES, ACTS = (int(os.environ.get(name, most)) for name, most in (("TIMES", 20), ("ACTS", 30)))
# What made-up notices, which have no history, can pass; and up to how many are checked.
CHECKS, CHECKED = ("log", "heads"), 10_000


def main() -> None:
    """Arguments: the file to report to, and the sizes."""
    report, *sizes = sys.argv[1:]
    compile_catalogues()
    call_command("migrate", verbosity=0)
    collect_static()
    generator, asked, ports, checks = Generator(), {}, {}, {}
    with ExitStack() as stack:
        for size in map(int, sizes):
            grow(generator, size)
            if size <= CHECKED:
                checks[size] = {name: seconds_to_check(name) for name in CHECKS}
            asked[size] = asks(generator)
            copy = stack.enter_context(kept(size)) if size < int(sizes[-1]) else {}
            connection.close()
            ports[size] = stack.enter_context(server(copy))
            asked[size] |= held(ports[size], asked[size])
        rates, times = measure_rates(ports, asked), measure_times(ports)
    table = {size: {"rates": rates[size]} | times[size] for size in ports}
    told = {"table": table, "checks": checks, "acts": measured(generator.stage, ACTS)}
    Path(report).write_text(json.dumps(told))


def grow(generator: Generator, size: int) -> None:
    begun = time.monotonic()
    generator.grow_to(size)
    told = f"{size:,} notices on {connection.vendor}, written in"
    print(f"{told} {time.monotonic() - begun:.0f} s", flush=True)


def seconds_to_check(name: str) -> float:
    """How long `verify_ledger` takes for one check; SystemExit unless all is right."""
    begun = time.perf_counter()
    call_command("verify_ledger", only=[name], stdout=StringIO())
    return time.perf_counter() - begun


def measure_rates(ports: dict[int, int], asked: dict[int, dict[str, Ask]]):
    """Requests a second by size and page: the median of rounds in which each has its turn."""
    rounds = {size: {name: [] for name in asks_of} for size, asks_of in asked.items()}
    for seconds in (min(0.3, SECONDS), *[SECONDS] * ROUNDS):
        for name in next(iter(asked.values())):
            for size, port in ports.items():
                ask = asked[size][name]
                rate = requests_per_second(port, ask, seconds=seconds, readers=READERS)
                rounds[size][name].append(rate)
    # The first of each warms up.
    return {
        size: {name: statistics.median(rates[1:]) for name, rates in pages.items()}
        for size, pages in rounds.items()
    }


def measure_times(ports: dict[int, int]):
    """Milliseconds of each search for one reader, in turn, by size and order."""
    readers = {size: Reader(port) for size, port in ports.items()}
    told: dict = {size: {} for size in ports}
    for order, searches in {"date": SEARCHES, "rank": RANKED}.items():
        asked = {TRIVIAL: Ask("/healthz")}
        asked |= {name: Ask(search(text, order=order)) for name, text in searches.items()}
        times = {size: {name: [] for name in asked} for size in ports}
        for _turn in range(TIMES + 1):
            for name, ask in asked.items():
                for size, reader in readers.items():
                    times[size][name].append(reader.milliseconds(ask))
        for size in ports:
            told[size][order] = {name: sorted(each[1:]) for name, each in times[size].items()}
    return told


@contextmanager
def server(variables: dict[str, str]):
    """The same web server, with the same workers, as the demo's."""
    address = Address("127.0.0.1", free_port())
    command, environment = commands_for(address)["web"], environment_for(address) | variables
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
    try:
        while not address.answers():
            if process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.1)
        yield address.port
    finally:
        process.terminate()
        process.wait(30)
