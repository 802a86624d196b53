"""Lighthouse's four scores of the pages most read, on a phone behind a slow connection."""

from tests.audit import tools
from tests.audit.figures import Figure, at_least
from tests.audit.pages import Place

MEASURED = ("home", "board", "school list", "notice", "search", "found")
SCORES = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
# What was asked of the search is kept out of search engines on purpose.
KEPT_OUT = {"seo": {"found"}}
ATTEMPTS = 3


def of_pages(places: list[Place]) -> list[Figure]:
    plain = {place.kind: place.address for place in places if not place.mode}
    reports = {kind: best(plain[kind]) for kind in MEASURED}
    return [figure(category, reports, limit) for category, limit in SCORES.items()]


def best(address: str) -> dict:
    """The best of several loads: a busy machine only ever makes one slower."""
    reports = []
    while len(reports) < ATTEMPTS:
        reports.append(tools.lighthouse(address))
        if score(reports[-1], "performance") >= SCORES["performance"]:
            break
    return max(reports, key=lambda report: score(report, "performance"))


def score(report: dict, category: str) -> int:
    return round(100 * report["categories"][category]["score"])


def figure(category: str, reports: dict[str, dict], limit: int) -> Figure:
    held = {k: v for k, v in reports.items() if k not in KEPT_OUT.get(category, ())}
    findings = [
        f"{kind}: {told}" for kind, report in held.items() for told in lost(report, category)
    ]
    scores = {kind: score(report, category) for kind, report in held.items()}
    return at_least(f"Lighthouse {category}", scores, limit, findings)


def lost(report: dict, category: str) -> list[str]:
    """The audits of a category that cost points."""
    weighed = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    audits = [report["audits"][name] for name in weighed]
    return [
        f"{each['id']} {each.get('displayValue', '')}".rstrip()
        for each in audits
        if each["score"] is not None and each["score"] < 1
    ]
