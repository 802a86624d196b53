"""Feeds, the open list and the frame: what is public, to be read by other programs."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree

from portal.ledger.acts import perform
from portal.ledger.moments import as_of, now, today
from tests.boards import fill

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


ASKED_AGAIN = (
    *(f"{address}.{suffix}" for address in FEEDS for suffix in ("atom", "json")),
    "/open/notices.json",
    "/schools/first/embed/",
)


@pytest.mark.parametrize("address", ASKED_AGAIN)
def test_what_has_not_changed_is_answered_304_without_rendering(
    client, stage, address, monkeypatch, django_assert_max_num_queries
):
    edition = stage.published()
    with as_of(now() + timedelta(seconds=11)):
        page = client.get(address)
        assert page["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in page
        assert not page.cookies
        for header, value in (
            ("If-None-Match", page["ETag"]),
            ("If-Modified-Since", page["Last-Modified"]),
        ):
            with monkeypatch.context() as patch, django_assert_max_num_queries(8):
                patch.setattr("disclosures.views.open_data.render", None)
                patch.setattr("disclosures.feeds.entries_of", None)
                patch.setattr("disclosures.views.open_data.listed", None)
                again = client.get(address, headers={header: value})
            assert (again.status_code, again.content) == (304, b""), header
            assert again["ETag"] == page["ETag"]
        edition.propose_withdrawal(by=stage.cast.editor, ground="error", reason="有误")
        edition.withdraw(by=stage.cast.office)
    with as_of(now() + timedelta(seconds=30)):
        for header, value in (
            ("If-None-Match", page["ETag"]),
            ("If-Modified-Since", page["Last-Modified"]),
        ):
            again = client.get(address, headers={header: value})
            assert again.status_code == 200, header


def test_a_draft_changes_no_feed(client, stage):
    stage.published()
    held = client.get("/feed.atom")["ETag"]
    stage.in_review(title="草稿")
    assert client.get("/feed.atom", headers={"If-None-Match": held}).status_code == 304
    stage.published(title="新的")
    assert client.get("/feed.atom", headers={"If-None-Match": held}).status_code == 200


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


def test_the_list_tells_each_notice_and_where_the_next_page_is(client, stage, monkeypatch):
    monkeypatch.setattr("disclosures.views.open_data.SIZE", 2)
    edition = stage.published(title="收费公示", summary="概述")
    fill(stage, 2)
    first = client.get("/open/notices.json")
    assert first["Access-Control-Allow-Origin"] == "*"
    told = first.json()
    assert [row["title"] for row in told["notices"]] == ["收费公示", "第1号"]
    release = edition.releases.get()
    assert told["notices"][0] == {
        "id": str(edition.disclosure_id),
        "index_number": edition.disclosure.index_number,
        "url": SITE + edition.disclosure.get_absolute_url(),
        "title": "收费公示",
        "summary": "概述",
        "language": "zh-Hans",
        "school": {"slug": "first", "name": "示范区第一小学"},
        "department": {"slug": "general", "name": "总务处"},
        "category": {"code": "K12-E", "title": "收费"},
        "entry": {"code": "K12-E01", "title": "收费项目、标准、依据"},
        "genre": "notice",
        "document_number": "",
        "written_on": edition.written_on.isoformat(),
        "opened_at": release.opens_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "closes_at": None,
        "edition": 1,
        "digest": edition.digest,
    }
    assert told["next"].startswith(f"{SITE}/open/notices.json?after=")
    second = client.get(told["next"].removeprefix(SITE)).json()
    assert [row["title"] for row in second["notices"]] == ["第0号"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [("school=first", 2), ("school=second", 0), ("category=K12-A&year=2026", 0)],
)
def test_the_list_is_narrowed_by_its_parameters(client, stage, asked, found):
    stage.published()
    stage.published()
    assert len(client.get(f"/open/notices.json?{asked}").json()["notices"]) == found


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("school=nowhere", "school"),
        ("year=1%00", "year"),
        ("after=forged", "after"),
        ("q=x", "q"),
        ("category=" + "x" * 10_000, "category"),
    ],
)
def test_the_list_says_what_is_wrong_with_a_question(client, stage, asked, fault):
    page = client.get(f"/open/notices.json?{asked}")
    assert page.status_code == 400
    assert list(page.json()["errors"]) == [fault]
    assert page["Access-Control-Allow-Origin"] == "*"


def test_the_frame_may_stand_anywhere_and_nothing_else_may(client, stage):
    stage.published(title="收费公示")
    page = client.get("/schools/first/embed/")
    text = page.content.decode()
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert (text.count("<script"), text.count("<a "), text.count('target="_top"')) == (0, 3, 3)
    assert not page.cookies
    board = client.get("/schools/first/")
    assert "frame-ancestors 'none'" in board["Content-Security-Policy"]
    assert board["X-Frame-Options"] == "DENY"


def test_the_frame_shows_the_newest_ten(client, stage):
    fill(stage, 12)
    text = client.get("/schools/first/embed/").content.decode()
    assert [n for n in range(12) if f"第{n}号" in text] == list(range(2, 12))


def test_the_list_is_explained_on_a_page(client, stage):
    stage.published()
    page = client.get("/open/")
    assert page["Cache-Control"] == "public, max-age=300"
    fields = client.get("/open/notices.json").json()["notices"][0]
    assert [name for name in fields if f"<code>{name}</code>" not in page.content.decode()] == []


PAGES = (
    "/schools/first/",
    "/notices/",
    "/schools/first/notices/",
    "/schools/first/categories/K12-E/",
    "/schools/first/departments/general/",
    "/en/schools/first/2026-00001/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_has_not_changed_is_answered_304_without_rendering(
    client, stage, address, monkeypatch
):
    edition = stage.published()
    address = address.replace("2026-", f"{edition.disclosure.year}-")
    page = client.get(address)
    assert page["Cache-Control"] == "public, max-age=60"
    with monkeypatch.context() as patch:
        for view in ("board", "lists", "notice"):
            patch.setattr(f"disclosures.views.{view}.render", None)
        again = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in again
    assert not again.cookies
    stage.cast.school.phone = "0599-1"
    with perform("change", stage.cast.school, by=stage.cast.office):
        stage.cast.school.save()
    assert client.get(address, headers={"If-None-Match": page["ETag"]}).status_code == 200


def test_a_page_changes_when_a_notice_opens_or_closes_by_the_clock(client, stage):
    with as_of(now() + timedelta(seconds=1)):
        stage.published(title="以后的", opens_at=now() + timedelta(minutes=5))
        stage.published(title="到今天", closes_on=today())
        held = client.get("/schools/first/")["ETag"]
    for later in (timedelta(minutes=6), timedelta(days=1)):
        with as_of(now() + later):
            page = client.get("/schools/first/", headers={"If-None-Match": held})
            assert page.status_code == 200
            held = page["ETag"]


def test_a_page_for_one_reader_has_no_name_to_be_held_by(client, stage):
    edition = stage.published(audiences=["staff"], inner_reason="只涉及教职工")
    client.force_login(stage.cast.teacher)
    page = client.get(edition.disclosure.get_absolute_url())
    assert page.status_code == 200
    assert "ETag" not in page
    assert page["Cache-Control"] == "private, no-store"


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
