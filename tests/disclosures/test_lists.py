from datetime import datetime, timedelta

import pytest

from portal.ledger.moments import SHANGHAI, as_of, now
from tests.boards import fill
from tests.cast import entry_of


def titles(page):
    return [row.edition.title for row in page.context["page"].rows]


def test_all_schools_stand_in_one_list_newest_first(client, cast, stage):
    with as_of(now() - timedelta(days=2)):
        stage.published(title="旧")
    stage.published(title="新", department=cast.department2, by=cast.editor2)
    page = client.get("/notices/")
    assert titles(page) == ["新", "旧"]
    assert page["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in page


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("school=first", ["一小收费", "一小校历"]),
        ("school=second", ["二小收费"]),
        ("category=K12-A", ["一小校历"]),
        ("school=first&category=K12-E", ["一小收费"]),
        ("year=2025", ["一小校历"]),
        ("school=&category=&year=", ["二小收费", "一小收费", "一小校历"]),
    ],
)
def test_filters_narrow_the_list(client, cast, stage, query, left):
    with as_of(datetime(2025, 12, 31, 23, 30, tzinfo=SHANGHAI)):
        stage.published(title="一小校历", entry=cast.short_entry)
    with as_of(datetime(2026, 1, 1, 0, 30, tzinfo=SHANGHAI)):
        stage.published(title="一小收费")
        stage.published(title="二小收费", department=cast.department2, by=cast.editor2)
    assert titles(client.get(f"/notices/?{query}")) == left


@pytest.mark.parametrize(
    "query", ["school=nowhere", "category=K99", "year=1890", "year=x", "school=%00"]
)
def test_an_unknown_filter_is_refused_with_a_sentence_and_lists_nothing(client, stage, query):
    stage.published()
    assert len(titles(client.get("/notices/"))) == 1
    page = client.get(f"/notices/?{query}")
    assert (page.status_code, titles(page)) == (200, [])
    assert "没有这个选项，请从列表中重新选择。" in page.content.decode()


def test_pages_follow_each_other_without_gap_or_repeat(client, stage):
    fill(stage, 45)
    seen, address = [], "/notices/"
    while address:
        page = client.get(address)
        seen.append(titles(page))
        key = page.context["page"].next_key
        address = f"/notices/?after={key}" if key else ""
    assert [len(part) for part in seen] == [20, 20, 5]
    assert [title for part in seen for title in part] == [f"第{n}号" for n in range(44, -1, -1)]


@pytest.mark.parametrize("key", ["x", "WzEsMl0:abc", "%00", "1" * 5000])
def test_a_forged_page_key_leads_to_the_first_page_with_a_sentence(client, stage, key):
    stage.published(title="唯一")
    page = client.get("/notices/", {"after": key})
    assert (page.status_code, titles(page)) == (200, ["唯一"])
    assert "这个翻页链接无法识别" in page.content.decode()


def test_a_school_lists_its_departments_and_categories(client, cast, stage):
    stage.published(title="总务处收费")
    stage.published(
        title="教务处收费",
        department=cast.other_department,
        by=cast.editor_other,
        entry=cast.short_entry,
    )
    assert titles(client.get("/schools/first/notices/")) == ["教务处收费", "总务处收费"]
    assert titles(client.get("/schools/first/notices/?department=general")) == ["总务处收费"]
    assert titles(client.get("/schools/first/departments/general/")) == ["总务处收费"]
    assert titles(client.get("/schools/first/categories/K12-A/")) == ["教务处收费"]
    assert titles(client.get("/schools/second/notices/")) == []


@pytest.mark.parametrize(
    "address",
    ["/schools/first/categories/K99/", "/schools/first/departments/none/", "/schools/no/notices/"],
)
def test_what_a_school_does_not_have_is_not_found(client, cast, address):
    assert client.get(address).status_code == 404
    assert client.get("/schools/first/notices/").status_code == 200


@pytest.mark.parametrize("address", ["/notices/", "/schools/first/notices/"])
def test_categories_of_a_list_that_nobody_follows_are_not_offered(client, cast, address):
    for sector in ("he", ""):
        named = {"category": f"X{sector}", "category_title": f"学位{sector}", "title": "学位授予"}
        entry_of(cast.bureau_school, f"X{sector}1", sector=sector, offices="office", **named)
    text = client.get(address).content.decode()
    assert ("学位</option>" in text, "学位he</option>" in text) == (True, False)


def test_an_inner_notice_is_on_no_public_list(client, stage):
    stage.published(title="内部", audiences=["staff"], inner_reason="只涉及教职工")
    stage.published(title="公开")
    for address in (
        "/notices/",
        "/schools/first/notices/",
        "/schools/first/categories/K12-E/",
        "/schools/first/departments/general/",
    ):
        assert titles(client.get(address)) == ["公开"]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    "address",
    ["/notices/", "/schools/first/notices/", "/schools/first/categories/K12-A/"],
)
def test_a_list_takes_the_same_queries_for_any_number_of_rows(
    client, stage, count, address, django_assert_max_num_queries
):
    fill(stage, count)
    with django_assert_max_num_queries(10):
        client.get(address)
