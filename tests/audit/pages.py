"""Every page there is to audit, fetched once as a browser without JavaScript would get it."""

import gzip
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from tests.audit.tools import Unready
from tests.places import ANSWERS, LANGUAGES, MODES, public_places, workplace_places


class Place(NamedTuple):
    """One page in one language, normal or large; `cookie` is the session that may open it."""

    kind: str
    mode: str
    address: str
    cookie: str = ""

    def __str__(self):
        return f"{self.kind} ({self.mode or '/'})"


def places(site, shown, cookies) -> list[Place]:
    """All public kinds in every mode, all kinds of the workplace in every language."""
    found = [
        Place(kind, mode, site + quote(mode + path, safe="/?=&%"))
        for kind, path in public_places(shown).items()
        for mode in MODES
    ]
    for role, opened in workplace_places(shown).items():
        for kind, path in opened.items():
            found += [Place(kind, m, site + m + path, cookies[role]) for m in LANGUAGES]
    return found


class Answer(NamedTuple):
    """What the server sent: the content, and how many bytes it was on the way."""

    status: int
    content: bytes
    sent: int


def fetched(place: Place) -> Answer:
    """The page; one that does not answer as its kind should would prove nothing."""
    answer = fetch(place.address, place.cookie)
    if answer.status != ANSWERS.get(place.kind, 200):
        raise Unready(f"{place.address} answered {answer.status}.")
    return answer


def fetch(address: str, cookie: str = "") -> Answer:
    """Ask as a browser does, for compressed bytes; being led elsewhere counts as a redirect."""
    headers = {"Accept-Encoding": "gzip"} | ({"Cookie": f"sessionid={cookie}"} if cookie else {})
    try:
        with urlopen(Request(address, headers=headers)) as answer:  # noqa: S310  our own server
            return read(answer, answer.status if answer.url == address else 302)
    except HTTPError as refusal:
        return read(refusal, refusal.code)


def read(answer, status: int) -> Answer:
    sent = answer.read()
    packed = answer.headers["Content-Encoding"] == "gzip"
    return Answer(status, gzip.decompress(sent) if packed else sent, len(sent))


class Linked(HTMLParser):
    """The files a page asks for: its style sheets, scripts and images."""

    def __init__(self, place: Place, content: bytes):
        super().__init__()
        self.base, self.styles, self.scripts, self.images = place.address, set(), set(), set()
        self.feed(content.decode())

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "link" and told.get("rel") in ("stylesheet", "icon"):
            kind = self.styles if told["rel"] == "stylesheet" else self.images
            kind.add(urljoin(self.base, told["href"]))
        elif tag in ("script", "img") and told.get("src"):
            (self.scripts if tag == "script" else self.images).add(urljoin(self.base, told["src"]))
