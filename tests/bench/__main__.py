"""Give each bench a database of its own, in a process of its own.

SIZES (1000 100000) are the numbers of notices, DATABASES (sqlite) any of sqlite and postgres:
the server DATABASE_URL names, on which a database is made for the time, else a private one.
SECONDS (0.7) is how long each page is asked for in a round, TIMES (20) how often each search,
ACTS (30) how many pairs of each act are performed, ENTRIES (10000) what `verify.py` is given,
TABLE_ROWS (10000) how long the typed tables are, SECTIONS (verify pages tables) what is measured.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.outsider import verified  # noqa: E402  the path must be set first
from tests.bench.report import show  # noqa: E402
from tests.bench.report_ledger import show_acts, show_checks, show_outsider  # noqa: E402
from tests.bench.report_tables import AFTER, ORDER, show_tables  # noqa: E402
from tests.services import private_postgresql  # noqa: E402

SIZES = os.environ.get("SIZES", "1000 100000").split()
DATABASES = os.environ.get("DATABASES", "sqlite").split()
SECTIONS = os.environ.get("SECTIONS", "verify pages tables").split()
ENTRIES = int(os.environ.get("ENTRIES", "10000"))
TABLE_ROWS = int(os.environ.get("TABLE_ROWS", "10000"))
# Notices, their log, indexes and what building them needs for a while.
BYTES_OF_A_NOTICE = 25_000


def main() -> None:
    if "verify" in SECTIONS:
        show_outsider(ENTRIES, verified(ENTRIES))
    for database in DATABASES:
        if "pages" in SECTIONS:
            with begun(database) as (folder, variables):
                show_pages(database, measured(folder, variables))
        if "tables" in SECTIONS:
            with begun(database) as (folder, variables):
                show_tables(database, TABLE_ROWS, tables_measured(folder, variables))


def show_pages(database: str, told: dict[str, dict]) -> None:
    show(database, {int(size): table for size, table in told["table"].items()})
    show_checks(database, told["checks"])
    show_acts(database, told["acts"])


@contextmanager
def begun(database):
    """A folder and what a process must be told to have a new database in it."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        must_have_room(folder)
        with {"sqlite": sqlite, "postgres": postgres}[database](folder) as variables:
            yield folder, environment(folder) | variables


def must_have_room(folder: Path) -> None:
    needed = BYTES_OF_A_NOTICE * max(map(int, SIZES))
    if shutil.disk_usage(folder).free < needed:
        sys.exit(f"{folder.parent} needs {needed / 1e9:.0f} GB; name another place with TMPDIR.")


def environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "PRODUCTION")
    }
    told = {"DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return kept | told


def measured(folder: Path, variables: dict[str, str]) -> dict[str, dict]:
    report = folder / "report.json"
    command = [sys.executable, "-c", MEASURE, str(report), *SIZES]
    subprocess.run(command, env=variables, cwd=ROOT, check=True)
    return json.loads(report.read_text())


def tables_measured(folder: Path, variables: dict[str, str]) -> dict[str, dict]:
    """What each part took, by its name; SystemExit with its words if one does not end well."""
    return {name: part(name, folder, variables) for name in (*ORDER, *AFTER)}


def part(name: str, folder: Path, variables: dict[str, str]) -> dict:
    command = [sys.executable, "-c", PART, name, str(folder), str(TABLE_ROWS)]
    told = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True)
    if told.returncode:
        sys.exit(told.stderr)
    return json.loads(told.stdout.splitlines()[-1])


# Only after `setup` can the models be imported.
MEASURE = "import django; django.setup(); from tests.bench.measuring import main; main()"
PART = "import django; django.setup(); from tests.bench.tables import main; main()"


@contextmanager
def sqlite(folder):
    yield {}


@contextmanager
def postgres(folder):
    """A new database on the server named, or on one of our own."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        folder.chmod(0o755)
        with private_postgresql(folder) as url:
            yield {"DATABASE_URL": url}
        return
    name = f"portal_bench_{token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


if __name__ == "__main__":
    main()
