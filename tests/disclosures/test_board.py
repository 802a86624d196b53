from datetime import timedelta

import pytest
from django.urls import reverse

from disclosures.models import Reading
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Affiliation, School
from tests.boards import fill

BOARD = "/schools/first/"


def quiet(response):
    """Whether a shared cache may keep the page: nothing about it depends on who asks."""
    return (
        response.status_code == 200
        and response["Cache-Control"] == "public, max-age=60"
        and "Vary" not in response
        and not response.cookies
    )


def test_the_outward_board_shows_public_notices_only(client, stage):
    stage.published(title="收费公示")
    stage.published(title="教职工内部通知", audiences=["staff"], inner_reason="只涉及教职工")
    stage.published(title="二小的公示", department=stage.cast.department2, by=stage.cast.editor2)
    page = client.get(BOARD)
    assert quiet(page)
    assert [row.edition.title for row in page.context["rows"]] == ["收费公示"]
    assert [(category["title"], category["count"]) for category in page.context["categories"]] == [
        ("学校概况", 0),
        ("收费", 1),
    ]


def test_a_signed_in_reader_gets_the_same_public_page(client, cast, stage):
    stage.published()
    client.force_login(cast.teacher)
    assert quiet(client.get(BOARD))


def test_the_inward_board_asks_the_public_to_sign_in(client, cast):
    page = client.get(f"{BOARD}inward/")
    assert (page.status_code, page["Location"]) == (
        302,
        f"{reverse('sign_in')}?next={BOARD}inward/",
    )


@pytest.mark.parametrize(
    ("reader", "status", "titles"),
    [
        ("teacher", 200, ["教职工内部通知"]),
        ("supervisor", 200, ["教职工内部通知"]),
        ("parent", 200, []),
        ("teacher2", 404, None),
        ("sysadmin", 404, None),
    ],
)
def test_the_inward_board_is_for_those_who_belong_to_the_school(
    client, cast, stage, reader, status, titles
):
    stage.published(title="教职工内部通知", audiences=["staff"], inner_reason="只涉及教职工")
    stage.published(title="公开的不在这里")
    client.force_login(getattr(cast, reader))
    page = client.get(f"{BOARD}inward/")
    assert page.status_code == status
    if titles is not None:
        assert [row.edition.title for row in page.context["page"].rows] == titles
        assert page["Cache-Control"] == "private, no-store"
    assert not Reading.objects.exists()


def test_my_boards_are_those_of_my_schools(client, cast, stage):
    stage.published(audiences=["staff"], inner_reason="只涉及教职工")
    Affiliation(user=cast.teacher, school=cast.school2, kind="parents").register(by=cast.office2)
    client.force_login(cast.teacher)
    page = client.get("/inward/")
    told = [(row["school"], row["count"]) for row in page.context["boards"]]
    assert told == [(cast.school, 1), (cast.school2, 0)]
    assert reverse("admin:index") not in page.content.decode()
    client.force_login(cast.editor)
    assert reverse("admin:index") in client.get("/inward/").content.decode()


def test_a_reader_with_one_board_goes_there(client, cast):
    client.force_login(cast.parent)
    assert client.get("/inward/").url == f"{BOARD}inward/"


def test_an_unknown_school_is_not_found(client, cast):
    assert client.get("/schools/nowhere/").status_code == 404
    assert client.get(BOARD).status_code == 200


def test_the_board_speaks_three_languages_and_links_them(client, cast):
    for prefix, tag in (("", "zh-Hans"), ("/zh-hant", "zh-Hant"), ("/en", "en")):
        page = client.get(f"{prefix}{BOARD}")
        assert quiet(page)
        text = page.content.decode()
        assert f'<html lang="{tag}">' in text
        others = [f'href="{p}{BOARD}"' for p in ("", "/zh-hant", "/en") if p != prefix]
        assert [link for link in others if link not in text] == []
        assert text.count("hreflang=") == 5


def test_a_closed_school_says_who_carries_on(client, cast):
    cast.school.closed_on, cast.school.successor = "2026-07-01", cast.school2
    cast.school.save()
    assert "由示范区第二小学承接" in client.get(BOARD).content.decode()


def test_a_school_is_open_until_the_day_it_closes(client, cast):
    cast.school.closed_on = today() + timedelta(days=1)
    cast.school.save()
    assert "停办" not in client.get(BOARD).content.decode()
    assert cast.school in School.objects.open()
    with as_of(now() + timedelta(days=1)):
        assert "停办" in client.get(BOARD).content.decode()
        assert cast.school not in School.objects.open()


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_takes_the_same_queries_for_any_number_of_notices(
    client, stage, count, django_assert_max_num_queries
):
    fill(stage, count)
    with django_assert_max_num_queries(12):
        client.get(BOARD)
