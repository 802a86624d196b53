"""`make test`: the whole suite on SQLite, then what touches a service again on the real ones.

Arguments go to pytest; `--prove` runs the long proofs instead, on PostgreSQL and Redis.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.services import servers  # noqa: E402  the path must be set first

# Whoever is done first takes over what the other has left: some tests walk every page.
SPLIT = ["-n", "2", "--dist", "worksteal"]
COUNTS = ("tests", "failures", "errors", "skipped")


def main(arguments: list[str]) -> int:
    begun = time.monotonic()
    proving = "--prove" in arguments
    asked = [argument for argument in arguments if argument != "--prove"]
    with tempfile.TemporaryDirectory(prefix="portal-test-") as folder, servers(os.environ) as found:
        runs = []
        if not proving:
            runs.append(run("SQLite", [*SPLIT, *asked], {}, folder))
        chosen = "prove" if proving else "services and not prove"
        split = [] if proving else SPLIT
        options = [*split, "-m", chosen, *asked]
        runs.append(run("PostgreSQL and Redis", options, found, folder))
    return conclude(runs, time.monotonic() - begun)


def run(name: str, options: list[str], variables: dict[str, str], folder: str) -> dict:
    """One run of pytest in a process of its own; returns its exit code and its counts."""
    print(f"\n=== {name} ===", flush=True)
    data = Path(folder, name.split()[0])
    report = data.with_suffix(".xml")
    inherited = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    code = subprocess.run(  # noqa: S603  our own suite
        [sys.executable, "-m", "pytest", "-q", "-rs", f"--junitxml={report}", *options],
        env=inherited | {"DATA_DIR": str(data)} | variables,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    ).returncode
    suite = ElementTree.parse(report).find("testsuite") if report.exists() else {}  # noqa: S314
    return {"name": name, "code": code} | {count: int(suite.get(count, 0)) for count in COUNTS}


def conclude(runs: list[dict], seconds: float) -> int:
    """Say in pytest's own form how all of it went."""
    for one in runs:
        passed = one["tests"] - one["failures"] - one["errors"] - one["skipped"]
        print(f"{one['name']}: {passed} passed, {one['skipped']} skipped, exit {one['code']}")
    total = {count: sum(one[count] for one in runs) for count in COUNTS}
    passed = total["tests"] - total["failures"] - total["errors"] - total["skipped"]
    told = [f"{passed} passed", f"{total['skipped']} skipped"]
    told += [
        f"{total[c]} {w}" for c, w in (("failures", "failed"), ("errors", "errors")) if total[c]
    ]
    print(f"===== {', '.join(told)} in {seconds:.2f}s =====")
    return max(one["code"] for one in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
