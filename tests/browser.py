"""Headless Chromium, and what axe finds on the page it shows."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
MISSING = (
    f"No Chromium at {CHROMIUM}. Install it: apt-get install --no-install-recommends "
    "chromium fonts-noto-cjk (or set CHROMIUM to the path of one)"
)
OPTIONS = {"preload": False, "resultTypes": ["violations"]}

# A colour half-way from one to another is nobody's.
SETTLE = "document.getAnimations().forEach(each => { try { each.finish() } catch {} })"


def launch(playwright):
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )


def violations(page):
    """What axe finds wrong, of whatever impact, as rule and place, once colours have settled."""
    page.evaluate(SETTLE)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(v["id"], node["html"][:160]) for v in found for node in v["nodes"]]
