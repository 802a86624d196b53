"""What is measured: the public pages, the same pages already held, and searches of every kind."""

from urllib.parse import urlencode

from django.core import signing

from disclosures.models import Release
from disclosures.views.pages import SALT
from tests.bench.load import Ask, Reader
from tests.bench.report import TRIVIAL

HELD = ("home", "board", "notice", "list", "feed", "search")
# By date; each is within the budget or is named.
SEARCHES = {
    "in 60 % of notices": "学校",
    "two such words": "学校 公示",
    "one without the other": "学校 -公示",
    "a phrase of such words": "学校负责解释",
    "in 10 %": "食堂",
    "in 1 %": "职称",
    "in 0.5 %, three characters": "助学金",
    "in 0.1 %, three characters": "奖学金",
    "in 0.1 %, two words": "食堂 职称",
    "in 0.01 %": "校车",
    "in 0.001 %": "鑫源",
    "nowhere": "校公",
    "one common character": "学",
    "one rare character": "鑫",
    "a year": "收费 2026",
    "the beginning of a number": "第12",
}

RANKED = {name: SEARCHES[name] for name in ("in 60 % of notices", "two such words", "in 1 %")}


def asks(generator) -> dict[str, Ask]:
    paths = {
        TRIVIAL: "/healthz",
        "home": "/",
        "board": "/schools/first/",
        "notice": generator.address,
        "catalogue": "/schools/first/catalogue/",
        "list": "/notices/",
        "list, deep": f"/notices/?{urlencode({'after': _middle(generator)})}",
        "school's list": "/schools/first/notices/",
        "feed": "/feed.atom",
        "school's feed": "/schools/first/feed.atom",
        "search": search("学校"),
        "verification": f"{generator.address}verification/",
        "bundle": f"{generator.address}proof.json",
        "checkpoint": "/ledger/checkpoint",
        "tile": "/ledger/entries/00000.jsonl",
        "pieces": "/ledger/content/0.json",
        "heads.txt": "/ledger/heads.txt",
    }
    return {name: Ask(path) for name, path in paths.items()}


def held(port: int, asked: dict[str, Ask]) -> dict[str, Ask]:
    """The same pages for readers who hold their present version."""
    reader = Reader(port)
    told = {}
    for name in HELD:
        if version := reader.read(asked[name]).headers["ETag"]:
            told[f"{name}, held"] = asked[name]._replace(held=version)
    return told


def search(words: str, **more: str) -> str:
    return f"/search/?{urlencode({'q': words} | more)}"


def _middle(generator):
    """The key of the page in the middle of the list."""
    public = Release.objects.public().filter(opens_at__lte=generator.middle())
    opens_at, pk = public.order_by("-opens_at", "-id").values_list("opens_at", "pk")[0]
    return signing.Signer(salt=SALT).sign_object([opens_at.isoformat(), pk])
