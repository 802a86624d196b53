"""What was measured, against what was promised, in one table."""

from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table; `findings` say what to repair."""

    name: str
    looked_at: str
    measured: str
    target: str
    is_met: bool
    findings: list[str]


def none_found(name: str, looked_at: str, findings: list[str]) -> Figure:
    return Figure(name, looked_at, str(len(findings)), "0", not findings, findings)


def at_most(name: str, looked_at: str, sizes: dict[str, int], limit: int) -> Figure:
    """The largest of several sizes in bytes, against a limit in kB of 1,000 bytes."""
    largest = max(sizes, key=sizes.get)
    over = [f"{where}: {size:,} bytes" for where, size in sizes.items() if size > limit * 1000]
    measured = f"{sizes[largest] / 1000:.1f} kB ({largest})"
    return Figure(name, looked_at, measured, f"≤ {limit} kB", not over, over)


def at_least(name: str, scores: dict[str, int], limit: int, findings: list[str]) -> Figure:
    """The scores of several pages, each against the same limit."""
    met = all(score >= limit for score in scores.values())
    measured = "  ".join(str(score) for score in scores.values())
    target = f"≥ {limit}" if limit < 100 else str(limit)
    return Figure(name, " ".join(scores), measured, target, met, findings)


def table(figures: list[Figure]) -> str:
    head = ("figure", "looked at", "measured", "target", "")
    rows = [head] + [(*each[:4], "met" if each.is_met else "MISSED") for each in figures]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    lines = ["  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
