from datetime import timedelta

import pytest
from django.test import Client
from django.views.defaults import server_error

from portal.ledger.moments import as_of, now
from tests.boards import fill


def test_the_home_page_names_the_bureau_and_counts_honestly(client, cast, stage):
    with as_of(now() - timedelta(days=40)):
        stage.published(title="旧的公开")
    stage.published(title="新的公开", department=cast.department2, by=cast.editor2)
    stage.published(title="内部", audiences=["staff"], inner_reason="只涉及教职工")
    stage.draft(title="草稿")
    page = client.get("/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in page
    assert page.context["figures"] == {"open": 2, "recent": 1, "active": 1, "schools": 3}
    assert [row.edition.title for row in page.context["rows"]] == ["新的公开", "旧的公开"]
    assert [
        (stage["title"], [(row["school"].slug, row["count"]) for row in stage["rows"]])
        for stage in page.context["directory"]
    ] == [("主管单位", [("bureau", 0)]), ("小学", [("first", 1), ("second", 1)])]
    assert "<h1>示范区教育局</h1>" in page.content.decode()


def test_an_empty_portal_has_a_home_page(client, db):
    page = client.get("/")
    assert page.status_code == 200
    assert "还没有对外公开的内容。" in page.content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_an_address_that_is_nothing_gets_a_designed_page(client, db, prefix):
    page = client.get(f"{prefix}/nothing-here/")
    assert page.status_code == 404
    assert 'class="sheet' in page.content.decode()


def test_a_failure_gets_a_page_even_without_the_request_s_context(rf):
    page = server_error(rf.get("/"))
    assert page.status_code == 500
    assert "服务器没能完成这一步" in page.content.decode()


def test_a_form_without_its_token_is_told_what_to_do(db, cast):
    page = Client(enforce_csrf_checks=True).post("/accounts/sign-in/", {})
    assert page.status_code == 403
    assert "刷新后再提交" in page.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_home_page_takes_the_same_queries_for_any_number_of_notices(
    client, stage, count, django_assert_max_num_queries
):
    fill(stage, count)
    with django_assert_max_num_queries(8):
        client.get("/")


def test_healthz_answers_in_json(client, db):
    page = client.get("/healthz")
    assert (page.status_code, page.json()) == (200, {"status": "ok"})
