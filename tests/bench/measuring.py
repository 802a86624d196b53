"""Fill the database, start the server, measure, print the ratios."""

import subprocess
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from portal.demo.running import Address
from portal.demo.start import commands_for, environment_for
from portal.demo.static import collect_static
from portal.management.catalogues import compile_catalogues
from tests.bench.generator import Generator
from tests.bench.load import requests_per_second
from tests.services import free_port

SIZES = (1_000, 100_000)
SECONDS, READERS = 5, 4


def main() -> None:
    compile_catalogues()
    call_command("migrate", verbosity=0)
    collect_static()
    generator = Generator()
    pages = {
        "trivial": "/healthz",
        "home": "/",
        "board": "/schools/first/",
        "notice": generator.models[0][0].get_absolute_url(),
        "catalogue": "/schools/first/catalogue/",
    }
    table = {}
    for size in SIZES:
        begun = time.monotonic()
        generator.grow_to(size)
        connection.close()
        print(f"{size:,} notices, written in {time.monotonic() - begun:.0f} s", flush=True)
        table[size] = measure(pages)
    show(pages, table)


def measure(pages: dict[str, str]) -> dict[str, float]:
    """Requests per second of every page, each warmed up first."""
    with server() as port:
        for path in pages.values():
            requests_per_second(port, path, seconds=1, readers=READERS)
        return {
            name: requests_per_second(port, path, seconds=SECONDS, readers=READERS)
            for name, path in pages.items()
        }


@contextmanager
def server():
    """The same web server, with the same workers, as the demo's."""
    address = Address("127.0.0.1", free_port())
    command, environment = commands_for(address)["web"], environment_for(address)
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


def show(pages: dict[str, str], table: dict[int, dict[str, float]]) -> None:
    print(f"\n{'':<12}" + "".join(f"{f'{size:,} notices':>26}" for size in table))
    print(f"{'page':<12}" + f"{'req/s':>14}{'of trivial':>12}" * len(table))
    for name in pages:
        cells = (f"{t[name]:>14.0f}{t[name] / t['trivial']:>12.3f}" for t in table.values())
        print(f"{name:<12}" + "".join(cells))
