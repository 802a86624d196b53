"""The open list and the frame: what is public, for programs and for schools' own sites."""

import pytest

from tests.boards import fill
from tests.disclosures.feeds import SITE


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
