"""Feeds as a reader's program reads them."""

from defusedxml import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://127.0.0.1:8000"
FEEDS = (
    "/feed",
    "/schools/first/feed",
    "/schools/first/categories/K12-E/feed",
    "/schools/first/departments/general/feed",
)


def atom(response):
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
