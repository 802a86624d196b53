"""The ledger's part of a run: what it costs an act, the portal's own check, and an outsider."""

import statistics

WITH, WITHOUT = "with", "without"
RATIO, SECONDS, ENTRIES = 1.5, 30, 10_000


def show_acts(database: str, acts: dict[str, dict[str, list[float]]]) -> None:
    """Print the median of each act with the ledger and without, and how many times as long."""
    pairs = len(next(iter(acts.values()))[WITH])
    print(f"\n{database}: acts with the ledger and without, ms (median of {pairs} pairs)")
    print(f"{'act':<28}{WITH:>11}{WITHOUT:>11}{'ratio':>9}")
    missed = []
    for name, times in acts.items():
        medians = [statistics.median(times[how]) for how in (WITH, WITHOUT)]
        ratio = medians[0] / medians[1]
        print(f"{name:<28}" + "".join(f"{each:>11.1f}" for each in medians) + f"{ratio:>9.2f}")
        missed += [f"{name} takes {ratio:.2f} times as long"] if ratio > RATIO else []
    print(f"budget: an act takes ≤ {RATIO} times as long as without the ledger")
    print("\n".join(missed) if missed else "all kept", flush=True)


def show_checks(database: str, checks: dict[str, dict[str, float]]) -> None:
    """Print the seconds that each check of the ledger took in the database, by its size."""
    print(f"\n{database}: manage.py verify_ledger, s, and entries a second")
    for size, times in checks.items():
        for name, seconds in times.items():
            told = f"--only {name}, {int(size):,} entries"
            print(f"{told:<39}{seconds:>11.1f}{int(size) / seconds:>11.0f}")


def show_outsider(size: int, seconds: dict[str, float]) -> None:
    """Print the seconds that `verify.py` took."""
    copy, bundle = seconds["copy"], seconds["bundle"]
    print(
        f"verify.py: a copy of {size:,} entries {copy:.1f} s, {size / copy:,.0f} a second;", end=""
    )
    print(f" one bundle of that log {bundle:.2f} s")
    kept = "kept" if copy <= SECONDS * size / ENTRIES else "missed"
    print(f"budget: {ENTRIES:,} entries in ≤ {SECONDS} s: {kept}", flush=True)
