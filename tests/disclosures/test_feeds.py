"""Feeds: the newest public notices in two formats, each as its own page tells it."""

from datetime import timedelta

import pytest

from portal.ledger.moments import as_of, now
from tests.boards import fill
from tests.disclosures.feeds import ATOM, FEEDS, SITE, atom, titles


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_carries_its_public_notices_in_both_formats(client, stage, address):
    edition = stage.published(title="收费公示 <b>&", summary="每学期 < 500 元")
    stage.published(title="内部", audiences=["staff"], inner_reason="只涉及教职工")
    stage.draft(title="草稿")
    path = edition.disclosure.get_absolute_url()
    feed = atom(client.get(f"{address}.atom"))
    (entry,) = feed.iter(f"{ATOM}entry")
    opened = edition.releases.get().opens_at.isoformat(timespec="seconds")
    assert entry.findtext(f"{ATOM}id") == edition.disclosure_id.urn
    assert entry.findtext(f"{ATOM}title") == "收费公示 <b>&"
    assert entry.findtext(f"{ATOM}summary") == "每学期 < 500 元"
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == opened
    assert entry.find(f"{ATOM}link").get("href") == SITE + path
    assert entry.find(f"{ATOM}category").attrib == {"term": "K12-E", "label": "收费"}
    assert feed.findtext(f"{ATOM}id") == f"{SITE}{address}.atom"
    assert feed.findtext(f"{ATOM}updated") == opened
    told = client.get(f"{address}.json")
    assert told["Content-Type"] == "application/feed+json; charset=utf-8"
    told = told.json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{SITE}{address}.json"
    assert told["items"] == [
        {
            "id": edition.disclosure_id.urn,
            "url": SITE + path,
            "title": "收费公示 <b>&",
            "content_text": "每学期 < 500 元",
            "date_published": opened,
            "date_modified": opened,
            "authors": [{"name": "示范区第一小学"}],
            "tags": ["收费"],
            "language": "zh-Hans",
        }
    ]


def test_a_scope_is_no_wider_than_its_name(client, stage):
    cast = stage.cast
    stage.published(title="收费")
    stage.published(
        title="校历", entry=cast.short_entry, department=cast.other_department, by=cast.editor_other
    )
    stage.published(title="二小", department=cast.department2, by=cast.editor2)
    found = [titles(atom(client.get(f"{address}.atom"))) for address in FEEDS]
    assert found == [["二小", "校历", "收费"], ["校历", "收费"], ["收费"], ["收费"]]


def test_an_entry_says_how_the_body_begins_without_a_broken_tag(client, stage):
    stage.published(body=f'<p>{"字" * 1990}</p><p><a href="https://a.example/">看</a></p>')
    (item,) = client.get("/feed.json").json()["items"]
    assert item["content_text"] == "字" * 200 + "…"


def test_a_correction_is_the_same_entry_updated(client, stage):
    with as_of(now() - timedelta(days=3)):
        first = stage.published(title="收费公示", summary="原文")
    successor = first.correct(by=stage.cast.editor)
    successor.edit(by=stage.cast.editor, version=0, title="收费公示", change_note="金额更正")
    stage.carry_out(successor)
    (entry,) = atom(client.get("/feed.atom")).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == first.disclosure_id.urn
    assert entry.findtext(f"{ATOM}summary") == "金额更正 原文"
    opened = [edition.releases.get().opens_at for edition in (first, successor)]
    told = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
    assert told == [moment.isoformat(timespec="seconds") for moment in opened]


def test_what_is_withdrawn_leaves_every_list(client, stage):
    edition = stage.published(title="收费公示")
    for address in ("/feed.atom", "/feed.json", "/open/notices.json", "/schools/first/embed/"):
        assert "收费公示" in client.get(address).content.decode(), address
    edition.propose_withdrawal(by=stage.cast.editor, ground="error", reason="有误")
    edition.withdraw(by=stage.cast.office)
    for address in ("/feed.atom", "/feed.json", "/open/notices.json", "/schools/first/embed/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "收费公示" not in page.content.decode(), address


def test_an_empty_feed_is_valid_and_stays_the_same(client, cast):
    first, second = client.get("/schools/first/feed.atom"), client.get("/schools/first/feed.atom")
    assert first.content == second.content
    assert atom(first).findtext(f"{ATOM}updated")
    assert titles(atom(first)) == []


def test_a_feed_speaks_the_language_of_its_address(client, stage):
    stage.published()
    feed = atom(client.get("/en/schools/first/feed.atom"))
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    (entry,) = feed.iter(f"{ATOM}entry")
    assert (feed.get(language), entry.get(language)) == ("en", "zh-Hans")
    assert entry.find(f"{ATOM}link").get("href").startswith(f"{SITE}/en/schools/first/")


@pytest.mark.parametrize(
    "address",
    [
        "/feed.rss",
        "/schools/nowhere/feed.atom",
        "/schools/first/categories/none/feed.atom",
        "/schools/first/departments/none/feed.json",
    ],
)
def test_a_feed_that_does_not_exist_is_not_found(client, cast, address):
    assert client.get("/schools/first/feed.atom").status_code == 200
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_a_feed_takes_the_same_queries_for_any_number_of_notices(
    client, stage, count, django_assert_max_num_queries
):
    fill(stage, count)
    with django_assert_max_num_queries(6):
        feed = atom(client.get("/schools/first/feed.atom"))
    assert len(titles(feed)) == min(count, 30)


@pytest.mark.parametrize(
    ("page", "feed", "follow"),
    [
        ("/notices/", "/feed", ""),
        ("/schools/first/", "/schools/first/feed", "?school=first"),
        ("/schools/first/notices/", "/schools/first/feed", "?school=first"),
        (
            "/schools/first/categories/K12-E/",
            "/schools/first/categories/K12-E/feed",
            "?school=first&amp;category=K12-E",
        ),
        (
            "/schools/first/departments/general/",
            "/schools/first/departments/general/feed",
            "?school=first&amp;department=general",
        ),
    ],
)
def test_pages_name_their_feeds_and_the_way_to_follow_by_mail(client, cast, page, feed, follow):
    text = client.get(page).content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="' in text
    assert f'href="{feed}.atom">' in text
    assert f'href="{feed}.json">' in text
    assert f'<a href="/follow/{follow}">订阅更新</a>' in text
    assert client.get(f"/follow/{follow.replace('&amp;', '&')}").status_code == 200
