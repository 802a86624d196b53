"""The audit itself: serve the seeded portal, fetch every page, measure, tell."""

import tempfile
from pathlib import Path

from tests.audit import markup, sight, speed, weight
from tests.audit.figures import Figure, table
from tests.audit.pages import fetched, places
from tests.audit.seeded import cookie_of, seeded, serving
from tests.places import workplace_places


def run(address) -> int:
    """0 when every target is met; `address` is where the portal is to listen."""
    shown = seeded()
    cookies = {role: cookie_of(getattr(shown, role)) for role in workplace_places(shown)}
    with serving(address):
        figures = measured(address.url, places(address.url, shown, cookies))
    missed = [figure for figure in figures if not figure.is_met]
    for figure in missed:
        print(f"\n{figure.name}:", *figure.findings, sep="\n  ")
    print(f"\n{table(figures)}")
    return 1 if missed else 0


def measured(site, found) -> list[Figure]:
    print(f"Fetching {len(found)} pages …", flush=True)
    pages = {place: fetched(place) for place in found}
    with tempfile.TemporaryDirectory() as folder:
        figures = [markup.of_pages(pages, Path(folder)), markup.of_styles()]
    figures += weight.of_pages(pages)
    print("Measuring speed …", flush=True)
    figures += speed.of_pages(found)
    print("Looking at every page …", flush=True)
    return [*figures, sight.of_pages(site, found)]
