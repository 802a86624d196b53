"""The public page of a group."""

from datetime import timedelta

import pytest

from portal.ledger.moments import as_of, now, today

PAGE = "/schools/first/committees/leading/"


def page_of(client, path=PAGE):
    return client.get(path).content.decode()


def test_the_page_shows_name_duties_contact_and_members_by_role(client, cast, leading):
    leading.duties, leading.contact = "审定公开目录。", "0599-8000200"
    leading.save()
    leading.take_in(cast.teacher, role="member", represents="教师代表", by=cast.office)
    leading.take_in(cast.principal, role="head", by=cast.office)
    page = page_of(client)
    shown = ["第一小学校务公开领导小组", "审定公开目录。", "0599-8000200", "组长", "校长", "成员"]
    places = [page.index(text, page.index("<main")) for text in shown]
    assert places == sorted(places)
    assert "教师代表" in page
    assert f"<time>{today()}</time>起" in page


def test_past_members_are_folded_away_with_their_days(client, cast, leading):
    with as_of(now() - timedelta(days=100)):
        seat = leading.take_in(cast.teacher, role="member", by=cast.office)
    assert "往届成员" not in page_of(client)
    seat.end(by=cast.office, reason="工作调动")
    page = page_of(client)
    past = page[page.index("<details") : page.index("</details>")]
    assert "往届成员" in past
    assert "教师" in past
    assert f'{today() - timedelta(days=100)}</time>—<time datetime="{today()}"' in past
    assert "工作调动" not in page


def test_the_page_is_the_same_for_everybody_and_sets_no_cookie(client, cast, leading):
    leading.take_in(cast.teacher, role="member", by=cast.office)
    response = client.get(PAGE)
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    client.force_login(cast.teacher)
    assert client.get(PAGE).content == response.content


def test_an_empty_group_says_so(client, leading):
    assert "小组目前没有成员" in page_of(client)


def test_the_page_speaks_the_language_of_its_address(client, leading):
    leading.name_en = "Leading group"
    leading.save()
    assert "<h1>Leading group</h1>" in page_of(client, f"/en{PAGE}")


@pytest.mark.parametrize(
    "path",
    [
        "/schools/first/committees/supervision/",
        "/schools/second/committees/leading/",
        "/schools/none/committees/leading/",
        "/schools/first/committees/none/",
    ],
)
def test_an_unknown_group_is_not_found(client, leading, path):
    assert client.get(path).status_code == 404


def test_the_page_asks_as_often_for_thirty_members_as_for_one(
    client, cast, leading, django_assert_max_num_queries
):
    for name in ("teacher", "parent", "principal", "deputy", "head", "auditor", "editor"):
        leading.take_in(getattr(cast, name), role="member", by=cast.office)
    with django_assert_max_num_queries(4):
        client.get(PAGE)


def test_the_board_leads_to_the_groups(client, cast, leading, watching):
    board = client.get("/schools/first/").content.decode()
    other = client.get("/schools/second/").content.decode()
    pages = [PAGE, "/schools/first/committees/supervision/"]
    assert [page for page in pages if f'href="{page}"' not in board] == []
    assert [page for page in pages if f'href="{page}"' in other] == []


def test_the_board_asks_as_often_with_groups_as_without(
    client, cast, leading, watching, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        client.get("/schools/first/")
