"""The tables of a run: every page beside the trivial view of the same minutes, and the budgets.

The sizes were measured in turn, so what else the machine did weighs on each alike.
"""

import math

GROWTH, MILLISECONDS = 1.2, 50
TRIVIAL = "trivial"
# Pages that list or prove, and must not cost more at a million than at a thousand.
FLAT = (
    *("list", "list, deep", "school's list", "search"),
    *("verification", "bundle", "checkpoint", "tile", "pieces"),
)
# Searches that find a full page at any size.
COMMON = ("in 60 % of notices", "two such words", "one without the other", "one common character")


def show(database: str, table: dict[int, dict]) -> None:
    """Print what the database told, the sizes side by side, then what missed its budget."""
    print(f"\n{database}: requests a second, and of the trivial view's")
    missed = _rates(table)
    for order in ("date", "rank"):
        print(f"\n{database}: search by {order}, ms for one reader (median, 95th of 100)")
        missed += _times(table, order)
    print(f"\nbudgets: lists, search and proofs grow ≤ {GROWTH} times,", end=" ")
    print(f"search by date takes ≤ {MILLISECONDS} ms")
    print("\n".join(missed) if missed else "all kept", flush=True)


def _rates(table):
    """Print the rates; tell which pages grew with the number of notices."""
    missed = []
    print(_head("page", table))
    for name in next(iter(table.values()))["rates"]:
        rates = [told["rates"] for told in table.values()]
        parts = [rate[name] / rate[TRIVIAL] for rate in rates]
        growth = rates[0][name] / rates[-1][name]
        cells = (f"{r[name]:>11.0f}{part:>9.3f}" for r, part in zip(rates, parts, strict=True))
        print(f"{name:<28}" + "".join(cells) + f"{growth:>9.2f}")
        if growth > GROWTH and name.removesuffix(", held") in FLAT:
            missed.append(f"{name} costs {growth:.2f} times as much")
    return missed


def _times(table, order):
    """Print the times; tell which searches by date took too long, or grew."""
    missed = []
    print(_head("search for what stands", table))
    for name in next(iter(table.values()))[order]:
        times = [told[order][name] for told in table.values()]
        medians = [_part(one, 0.5) for one in times]
        growth = medians[-1] / medians[0]
        cells = (f"{_part(one, 0.5):>11.1f}{_part(one, 0.95):>9.1f}" for one in times)
        print(f"{name:<28}" + "".join(cells) + f"{growth:>9.2f}")
        if order == "date" and max(_part(one, 0.95) for one in times) > MILLISECONDS:
            missed.append(f"search for what stands {name} took longer")
        if order == "date" and name in COMMON and growth > GROWTH:
            missed.append(f"search for what stands {name} costs {growth:.2f} times as much")
    return missed


def _head(first, table):
    return f"{first:<28}" + "".join(f"{f'{size:,}':>20}" for size in table) + f"{'growth':>9}"


def _part(ordered, share):
    return ordered[math.ceil(share * len(ordered)) - 1]
