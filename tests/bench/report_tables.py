"""The tables' part of a run: files read and written, kept and published, pages and posters."""

from tests.bench.report import TRIVIAL

MEGABYTES, SECONDS = 300, 2
TABLES = 10
# Rows of the notices whose pages are asked for, and the period each is about.
NOTICES = {2000: "2008-autumn", 30: "2009-autumn"}
FORMS = ("csv", "xlsx", "json", "jsonl")
ORDER = ("files", "idle", "read xlsx", "read csv", "make")
AFTER = (*(f"export {form}" for form in FORMS), "poster", "pages")


def show_tables(database: str, rows: int, told: dict[str, dict]) -> None:
    """Print what each part took, and which budgets were missed."""
    print(f"\n{database}: tables of {rows:,} rows, each part in a process of its own")
    print(f"{'part':<44}{'s':>9}{'peak MB':>9}")
    for name, seconds, peak in _lines(rows, told):
        print(f"{name:<44}{seconds:>9.2f}{peak:>9.0f}")
    _show_pages(told["pages"]["rates"])
    print(f"budgets: an export holds ≤ {MEGABYTES} MB, a poster takes ≤ {SECONDS} s")
    print("\n".join(_missed(told)) or "all kept", flush=True)


def _lines(rows, told):
    """Name, seconds and peak of each line."""
    made, poster = told["make"], told["poster"]
    yield "the program alone", 0, told["idle"]["peak"]
    for form in ("xlsx", "csv"):
        yield f"read as {form}", told[f"read {form}"]["seconds"], told[f"read {form}"]["peak"]
    yield f"keep, median of {TABLES}", made["keep"], made["peak"]
    yield f"publish, median of {TABLES}", made["publish"], made["peak"]
    for form in FORMS:
        part = told[f"export {form}"]
        what = f"export {rows:,} rows as {form}"
        if form == "jsonl":
            what = f"a whole school, {rows * TABLES:,} rows"
        yield f"{what}, {part['size']:.1f} MB", part["seconds"], part["peak"]
    if "missing" not in poster:
        yield "poster as PDF, the first of a process", poster["first"], poster["peak"]
        yield "poster as PDF, another one", poster["seconds"], poster["peak"]


def _show_pages(rates):
    """Requests a second of the notices, and of the trivial view's."""
    print(f"requests a second: {TRIVIAL} {rates[TRIVIAL]:.0f};", end=" ")
    told = (
        f"a notice of {size:,} rows {rates[str(size)]:.0f}"
        f" ({rates[str(size)] / rates[TRIVIAL]:.3f})"
        for size in NOTICES
    )
    print("; ".join(told))


def _missed(told):
    for form in FORMS:
        if (peak := told[f"export {form}"]["peak"]) > MEGABYTES:
            yield f"the export as {form} held {peak:.0f} MB"
    poster = told["poster"]
    if "missing" in poster:
        yield f"no poster was made: {poster['missing']}"
    elif poster["seconds"] > SECONDS:
        yield f"a poster took {poster['seconds']:.1f} s"
