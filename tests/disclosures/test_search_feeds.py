"""The feed of a search: the newest public notices that say what is asked for."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.scope import scope_of, written
from disclosures.search.query import LONGEST, Query
from portal.ledger.moments import as_of, now
from tests.boards import fill
from tests.disclosures.feeds import ATOM, SITE, atom, titles
from tests.disclosures.test_search_page import ODD


def found(client, address):
    return [item["title"] for item in client.get(address).json()["items"]]


@pytest.fixture
def shown(stage):
    """Notices of two schools, and three that nobody may read who is not signed in."""
    cast = stage.cast
    stage.published(title="一小收費")
    stage.published(title="食堂", entry=cast.short_entry, body="<p>收费</p>")
    stage.published(title="二小收费", department=cast.department2, by=cast.editor2)
    stage.published(title="内部收费", audiences=["staff"], inner_reason="只涉及教职工")
    stage.withdrawn(title="撤回的收费")
    stage.draft(title="收费草稿")
    return stage


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("/search/feed.json?q=收费", ["二小收费", "食堂", "一小收費"]),
        ("/search/feed.json?q=收費", ["二小收费", "食堂", "一小收費"]),
        ("/search/feed.json?q=收费+-食堂", ["二小收费", "一小收費"]),
        ("/search/feed.json?q=收费&school=second", ["二小收费"]),
        ("/search/feed.json?q=收费&category=K12-A", ["食堂"]),
        ("/schools/first/search/feed.json?q=收费", ["食堂", "一小收費"]),
        ("/schools/first/search/feed.json?q=收费&school=second", ["食堂", "一小收費"]),
        ("/schools/first/search/feed.json?q=收费&category=K12-E&department=general", ["一小收費"]),
        ("/search/feed.json?q=火星", []),
    ],
)
def test_a_search_is_a_feed_of_what_is_public_and_fits(client, shown, asked, titles):
    assert found(client, asked) == titles


def test_the_feed_says_what_was_asked_and_where_its_page_is(client, shown):
    page = client.get("/schools/first/search/feed.atom?q=收費&category=K12-E")
    feed = atom(page)
    here = f"{SITE}/schools/first/search/"
    asked = f"q={quote('收费')}&category=K12-E"
    assert feed.findtext(f"{ATOM}title") == "示范区第一小学 · 收费 · 搜索“收費”"
    assert feed.findtext(f"{ATOM}id") == f"{here}feed.atom?{asked}"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{here}feed.atom?{asked}", "alternate": f"{here}?{asked}"}
    assert titles(feed) == ["一小收費"]
    assert page["X-Robots-Tag"] == "noindex"
    told = client.get("/schools/first/search/feed.json?q=收費&category=K12-E").json()
    assert told["home_page_url"] == f"{here}?{asked}"


def test_the_feed_ends_with_the_newest_thirty(client, stage, django_assert_max_num_queries):
    fill(stage, 35)
    with django_assert_max_num_queries(8):
        assert found(client, "/search/feed.json?q=号") == [f"第{n}号" for n in range(34, 4, -1)]


@pytest.mark.parametrize("query", ODD)
def test_nothing_asked_breaks_it(client, shown, query):
    """It is a feed, or there is none: never an error, and never what was not asked for."""
    address = f"?q={quote(query, errors='surrogatepass')}"
    page = client.get(f"/search/feed.atom{address}")
    assert page.status_code == (200 if scope_of(words=query) else 404)
    if page.status_code == 200:
        assert set(titles(atom(page))) <= {"二小收费", "食堂", "一小收費"}


@pytest.mark.parametrize(
    "asked",
    [
        "/search/feed.rss?q=收费",
        "/search/feed.atom",
        "/search/feed.atom?q=",
        "/search/feed.atom?q=-收费",
        "/search/feed.atom?q=收费&school=nowhere",
        "/search/feed.atom?q=收费&school=first%00",
        "/search/feed.atom?q=收费&category=none",
        "/search/feed.atom?q=收费&department=general",
        "/schools/nowhere/search/feed.atom?q=收费",
        "/schools/first/search/feed.atom?q=收费&department=none",
    ],
)
def test_what_cannot_be_searched_for_has_no_feed(client, shown, asked):
    assert client.get("/search/feed.atom?q=收费").status_code == 200
    assert client.get(asked).status_code == 404


def test_it_is_answered_304_without_searching_until_something_changes(client, shown, monkeypatch):
    address = "/search/feed.atom?q=收费"
    with as_of(now() + timedelta(seconds=11)):
        page = client.get(address)
        held = {"If-None-Match": page["ETag"]}
        with monkeypatch.context() as patch:
            patch.setattr("disclosures.scope.Search", None)
            again = client.get(address, headers=held)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in again
        assert not again.cookies
        shown.published(title="又一项收费")
        assert titles(atom(client.get(address, headers=held)))[0] == "又一项收费"


def test_the_page_of_a_search_leads_to_its_feeds_and_to_following_it(client, shown):
    page = client.get("/schools/first/search/?q=收费&category=K12-E&year=2026&order=rank")
    text = page.content.decode()
    asked = f"q={quote('收费')}&amp;category=K12-E"
    for suffix, kind in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
        feed = f"/schools/first/search/feed.{suffix}?{asked}"
        assert f'<link rel="alternate" type="{kind}" title="' in text
        assert text.count(f'href="{feed}"') == 2
    follow = f"/follow/?{asked}&amp;school=first"
    assert f'href="{follow}"' in text
    assert client.get(follow.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("asked", ["", "?q=-收费", "?q=收费&year=1900"])
def test_a_page_without_a_search_offers_no_feed(client, cast, asked):
    assert "feed.atom" in client.get("/search/?q=收费").content.decode()
    assert "feed.atom" not in client.get(f"/search/{asked}").content.decode()


def test_a_search_of_inner_notices_is_no_feed(client, shown):
    client.force_login(shown.cast.teacher)
    text = client.get("/inward/search/?q=收费").content.decode()
    assert "内部收费" not in found(client, "/search/feed.json?q=收费")
    assert "内部" in text
    assert "feed.atom" not in text


@given(st.text(st.sampled_from('收費费食堂ab1.-" “”，①é/'), max_size=30))
def test_the_written_form_asks_for_the_same(text):
    query = Query(text)
    again = Query(written(query))
    assert (again.wanted, again.unwanted) == (query.wanted, query.unwanted)
    assert written(again) == written(query)


def test_a_search_named_in_a_mail_holds_no_link(cast):
    scope = scope_of(words="https://evil.example/a?b=c 收费 me@evil.example")
    assert scope.title == "阳光校务 · 搜索“https evil example a b c 收费 me evil example”"
    assert scope.words == "https-evil-example-a-b-c 收费 me-evil-example"


def test_a_search_as_long_as_it_may_be_can_be_followed_and_a_longer_one_is_cut(cast):
    assert len(scope_of(words="收" * 199).words) == 199
    assert len(scope_of(words="收" * 300).words) == LONGEST
