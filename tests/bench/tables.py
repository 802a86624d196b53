"""What typed tables cost: each part in a process of its own, so that its memory is its own.

Parts: `make` fills the database, the others read files from the folder or ask what it published.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from disclosures import paper
from disclosures.kinds import KINDS
from disclosures.models import Release
from disclosures.sheets.reading import read
from disclosures.sheets.writing import write_csv, write_xlsx
from portal.demo.static import collect_static
from portal.management.catalogues import compile_catalogues
from tests.bench.load import Ask
from tests.bench.report import TRIVIAL
from tests.bench.report_tables import FORMS, NOTICES, TABLES
from tests.cast import assemble
from tests.conftest import Stage
from tests.disclosures.tables import fees

FEES, SCHOOL = KINDS["fees"], "first"
Timed = dict[str, float]


def main() -> None:
    """Arguments: the part, the folder of files, how many rows; prints what it measured as JSON."""
    name, folder, rows = sys.argv[1:]
    told = PARTS[name](Path(folder), int(rows))
    print(json.dumps(told | {"peak": peak()}))


def peak() -> float:
    """The most memory this process has held, in MB; the system counts in kB, macOS in bytes."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def table_of(rows: int, period: str = "2026-autumn"):
    """A sound list of fees, as long as none is."""
    return fees(*((f"收费项目第{n}号", f"{n % 900 + 1}.50") for n in range(rows)), period=period)


def write_files(folder: Path, rows: int) -> Timed:
    table = table_of(rows)
    lines = write_csv(FEES, table.header, table.rows)
    (folder / "table.csv").write_bytes("".join(lines).encode())
    with (folder / "table.xlsx").open("wb") as file:
        write_xlsx(FEES, table.header, table.rows, file)
    return {}


def read_file(folder: Path, rows: int, *, form: str) -> Timed:
    """Seconds to read the file as the import does; RuntimeError unless all rows are found sound."""
    begun = time.perf_counter()
    with (folder / f"table.{form}").open("rb") as file:
        found = read(FEES, f"table.{form}", file, others=list(KINDS.values()))
    told = time.perf_counter() - begun
    if found.table is None or len(found.table.rows) != rows:
        raise RuntimeError(f"{form}: {found.faults[:3]}")
    return {"seconds": told}


def make(folder: Path, rows: int) -> Timed:
    """Begin a database and fill it."""
    compile_catalogues()
    call_command("migrate", verbosity=0)
    collect_static()
    return published(Stage(assemble()), rows)


def published(stage: Stage, rows: int) -> Timed:
    """Median seconds to keep and to publish each of the tables, by the models' own acts.

    After them the two notices whose pages are asked for, the longer first.
    """
    times: dict[str, list[float]] = {"keep": [], "publish": []}
    periods = [f"{2010 + n}-autumn" for n in range(TABLES)]
    for size, period in [*((rows, period) for period in periods), *NOTICES.items()]:
        edition, table = stage.draft(body=""), table_of(size, period)
        keep = seconds(lambda e=edition, t=table: e.tabulate(by=e.drafted_by, table=t))
        edition.submit(by=edition.drafted_by)
        stage.approve_all(edition)
        publish = seconds(lambda e=edition: e.publish(by=stage.cast.office))
        if period in periods:
            times["keep"].append(keep)
            times["publish"].append(publish)
    return {name: statistics.median(each) for name, each in times.items()}


def addresses() -> list[str]:
    """Of the notices in the order in which they were published."""
    rows = Release.objects.public().with_rows().order_by("opens_at", "id")
    return [release.disclosure.address for release in rows]


def exported(form: str) -> Timed:
    """Seconds and MB of a file as a reader downloads it, of which nothing is kept."""
    place = f"/schools/{SCHOOL}/open-data.jsonl"
    place = place if form == "jsonl" else f"{addresses()[0]}table.{form}"
    begun, size = time.perf_counter(), 0
    response = Client().get(place)
    if response.status_code != 200:
        raise RuntimeError(f"{place} answered {response.status_code}")
    for part in response.streaming_content:
        size += len(part)
    return {"seconds": time.perf_counter() - begun, "size": size / 1e6}


def poster(_folder: Path, _rows: int) -> dict:
    """Seconds of the first PDF of a process and of another one, or what this machine lacks."""
    if missing := paper.missing():
        return {"missing": missing}
    places = addresses()
    first, other = (
        seconds(lambda p=place: Client().get(f"{p}poster.pdf")) for place in (places[-1], places[0])
    )
    return {"first": first, "seconds": other}


def pages(_folder: Path, _rows: int) -> dict:
    """Requests a second of the trivial view and of the two notices, in turn."""
    from tests.bench.measuring import measure_rates, server  # noqa: PLC0415  heavy

    places = addresses()[-len(NOTICES) :]
    asked = {TRIVIAL: Ask("/healthz")}
    asked |= {str(size): Ask(place) for size, place in zip(NOTICES, places, strict=True)}
    with server({"DATA_DIR": str(settings.DATA_DIR)}) as port:
        return {"rates": measure_rates({0: port}, {0: asked})[0]}


PARTS: dict[str, Callable[[Path, int], dict]] = {
    "idle": lambda _folder, _rows: {"seconds": 0.0},
    "files": write_files,
    "make": make,
    "poster": poster,
    "pages": pages,
    **{
        f"read {form}": lambda folder, rows, form=form: read_file(folder, rows, form=form)
        for form in ("xlsx", "csv")
    },
    **{f"export {form}": lambda _f, _r, form=form: exported(form) for form in FORMS},
}
