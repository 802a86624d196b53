"""The pages of the history: filters, paging, and nothing to change."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse
from simple_history.admin import SimpleHistoryAdmin

from portal.history import paging
from portal.ledger.acts import perform
from portal.ledger.models import Act
from portal.ledger.moments import SHANGHAI, as_of
from tests.portal.record import CSV, LIST, NOON, record_pages


@pytest.fixture
def listed(client, cast, year):
    client.force_login(cast.supervisor)

    def listed(**asked):
        asked = {"noun": "disclosures.edition"} | asked
        return [act.title for act in client.get(reverse(LIST), asked).context["acts"]]

    return listed


def test_the_newest_act_stands_first(listed):
    assert listed() == ["十一月课表", "十月校历", "九月收费"]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"title": "校历"}, ["十月校历"]),
        ({"person": "信息员甲"}, ["十月校历", "九月收费"]),
        ({"person": "教务"}, ["十一月课表"]),
        ({"act": "draft"}, ["十一月课表", "十月校历", "九月收费"]),
        ({"act": "publish"}, []),
        ({"category": "K12-A"}, ["十月校历"]),
        ({"entry": "k12-e01"}, ["十一月课表", "九月收费"]),
        ({"school": "first"}, ["十一月课表", "十月校历", "九月收费"]),
        ({"since": "2026-10-01"}, ["十一月课表", "十月校历"]),
        ({"until": "2026-10-01"}, ["十月校历", "九月收费"]),
        ({"since": "2026-10-01", "until": "2026-10-01"}, ["十月校历"]),
        ({"title": "校历", "person": "教务"}, []),
    ],
)
def test_the_form_narrows_the_list(listed, asked, titles):
    assert listed(**asked) == titles


def test_a_period_is_counted_in_days_of_shanghai(cast, stage, client):
    with as_of(datetime(2026, 10, 1, 0, 30, tzinfo=SHANGHAI)):
        stage.draft(title="国庆零点半")
    client.force_login(cast.supervisor)
    assert (
        datetime(2026, 9, 30, 16, 30, tzinfo=ZoneInfo("UTC"))
        == Act.objects.get(title="国庆零点半").at
    )
    for day, expected in (("2026-09-30", []), ("2026-10-01", ["国庆零点半"])):
        page = client.get(reverse(LIST), {"since": day, "until": day})
        assert [act.title for act in page.context["acts"]] == expected


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2026-10-02", "until": "2026-10-01"}, "起始日期不能晚于截止日期"),
        ({"since": "昨天"}, "since"),
        ({"until": "9999-12-31"}, "until"),
        ({"school": "second"}, "school"),
        ({"act": "nonsense"}, "act"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_a_wrong_filter_is_refused_with_a_sentence_and_shows_nothing(
    client, cast, year, asked, sentence
):
    client.force_login(cast.supervisor)
    page = client.get(reverse(LIST), asked)
    assert (page.status_code, page.context["acts"], page.context["count"]) == (200, [], 0)
    assert sentence in str(page.context["form"].errors)
    assert "errorlist" in page.content.decode()
    assert client.get(reverse(CSV), asked).status_code == 302


def test_other_schools_are_no_choice_of_the_filter(client, cast, year):
    expected = {"supervisor": ["first"], "supervisor2": ["second"], "editor": ["first"]}
    expected |= {who: ["bureau", "first", "second"] for who in ("bureau", "sysadmin")}
    for who, slugs in expected.items():
        client.force_login(getattr(cast, who))
        form = client.get(reverse(LIST)).context["form"]
        assert [slug for slug, _name in form.fields["school"].choices if slug] == slugs


def test_the_list_goes_on_page_by_page_without_loss(client, cast, monkeypatch):
    with as_of(NOON):
        for n in range(5):
            with perform("change", cast.school, by=cast.office, reason=f"第{n}次"):
                cast.school.save()
    monkeypatch.setattr(paging, "PAGE", 2)
    client.force_login(cast.supervisor)
    address, seen = f"{reverse(LIST)}?act=change", []
    while address:
        context = client.get(address).context
        seen += [act.reason for act in context["acts"]]
        following = context["next_query"]
        address = following and f"{reverse(LIST)}?{following}"
    assert seen == ["第4次", "第3次", "第2次", "第1次", "第0次"]
    assert client.get(reverse(LIST), {"after": "nonsense"}).status_code == 404


def queries_of(client, page, counter):
    with counter() as counted:
        assert client.get(page).status_code == 200
    return len(counted)


def test_list_and_timeline_ask_as_often_for_thirty_rows_as_for_one(
    client, cast, stage, django_assert_max_num_queries
):
    edition = stage.draft()
    client.force_login(cast.supervisor)
    timeline = reverse("admin:ledger_act_timeline", args=[edition.disclosure_id])
    pages = [reverse(LIST) + "?act=edit", timeline]
    edition.edit(by=cast.editor, version=0, title="第一次修改")

    def count():
        return [
            queries_of(client, page, lambda: django_assert_max_num_queries(100)) for page in pages
        ]

    client.get(pages[0])
    once = count()
    for n in range(1, 30):
        edition.edit(by=cast.editor, version=n, title=f"第{n}次修改")
    assert len(client.get(pages[0]).context["acts"]) == 30
    assert count() == once


def test_the_record_of_a_person_offers_no_texts_to_compare(client, cast):
    client.force_login(cast.office)
    timeline = reverse("admin:ledger_act_timeline", args=[cast.editor.pk])
    person = reverse("admin:organisation_user_change", args=[cast.editor.pk])
    assert timeline in client.get(person).content.decode()
    page = client.get(timeline)
    assert [act.name for act in page.context["acts"]] == ["appoint"]
    assert "comparison" not in page.content.decode()


def test_a_desk_leads_to_a_record_only_where_it_tells_the_reader_something(client, cast):
    change = reverse("admin:organisation_school_change", args=[cast.school.pk])
    timeline = reverse("admin:ledger_act_timeline", args=[cast.school.pk])
    client.force_login(cast.office)
    assert timeline not in client.get(change).content.decode()
    with perform("change", cast.school, by=cast.office):
        cast.school.save()
    assert timeline in client.get(change).content.decode()
    assert client.get(timeline).status_code == 200
    client.force_login(cast.bureau)
    assert timeline not in client.get(change).content.decode()
    assert client.get(timeline).status_code == 404


def test_an_act_page_asks_as_often_for_many_changed_rows_as_for_two(
    client, cast, stage, django_assert_max_num_queries
):
    few, many = stage.in_review(entry=cast.short_entry), stage.in_review()
    client.force_login(cast.supervisor)

    def count(edition):
        act = Act.objects.about(edition.disclosure_id).get(name="submit")
        page = reverse("admin:ledger_act_change", args=[act.uuid])
        return queries_of(client, page, lambda: django_assert_max_num_queries(100))

    count(few)
    assert (few.reviews.count(), many.reviews.count()) == (1, 3)
    assert count(few) == count(many)


def test_no_page_of_the_record_takes_anything_but_a_question(client, cast, stage):
    edition = stage.published()
    before = list(Act.objects.order_by("id").values())
    for who in (cast.supervisor, cast.office, cast.sysadmin):
        client.force_login(who)
        for page in record_pages(edition):
            for method in (client.post, client.put, client.patch, client.delete):
                assert method(page, {"title": "改写"}).status_code == 405, page
    assert list(Act.objects.order_by("id").values()) == before
    edition.refresh_from_db()
    assert edition.title == "2026年秋季学期收费公示"


def test_acts_are_never_changed_or_deleted(cast, stage):
    stage.draft()
    for wrong in (
        lambda: Act.objects.update(title="改写"),
        lambda: Act.objects.all().delete(),
        lambda: Act.objects.first().delete(),
    ):
        with pytest.raises(TypeError):
            wrong()


def every_pattern(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from every_pattern(pattern.url_patterns)
        else:
            yield pattern


def test_no_model_has_a_page_that_puts_an_old_version_back():
    found = list(every_pattern(get_resolver().url_patterns))
    assert "ledger_act_timeline" in [pattern.name for pattern in found]
    for pattern in found:
        assert "simple_history" not in f"{pattern.name} {pattern.callback.__module__}"
    for desk in admin.site._registry.values():
        assert not isinstance(desk, SimpleHistoryAdmin)
