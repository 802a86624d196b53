"""The pages of the history: filters, paging, tables to take away, and nothing to change."""

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse
from openpyxl import load_workbook
from simple_history.admin import SimpleHistoryAdmin

from disclosures.models import Reading
from portal.history import export, paging, views
from portal.history.export import export_record
from portal.ledger.acts import perform
from portal.ledger.models import Act
from portal.ledger.moments import SHANGHAI, as_of
from portal.organisation.jobs import export_path
from portal.organisation.models import Job

LIST, CSV, XLSX = (f"admin:ledger_act_{name}" for name in ("changelist", "csv", "xlsx"))
READINGS = "admin:disclosures_reading_changelist"
NOON = datetime(2026, 9, 1, 12, tzinfo=SHANGHAI)


@pytest.fixture
def year(cast, stage):
    """Three drafts on three days, two by one editor."""
    with as_of(NOON):
        stage.draft(title="九月收费", entry=cast.entry)
    with as_of(NOON + timedelta(days=30)):
        stage.draft(title="十月校历", entry=cast.short_entry)
    with as_of(NOON + timedelta(days=60)):
        stage.draft(title="十一月课表", department=cast.other_department, by=cast.editor_other)


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


def record_pages(edition):
    act = Act.objects.about(edition.disclosure_id).order_by("id").first()
    about = [edition.disclosure_id]
    return [
        *(reverse(name) for name in (LIST, CSV, XLSX, READINGS)),
        reverse("admin:ledger_act_change", args=[act.uuid]),
        reverse("admin:ledger_act_timeline", args=about),
        reverse("admin:ledger_act_comparison", args=about),
    ]


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


def csv_rows(answer):
    text = answer.getvalue().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


HEAD = (
    "时间 学校 经办人 以何身份 动作 对象类型 对象名称 目录类别 目录事项 理由 之前摘要 之后摘要 编号"
)


def test_the_csv_holds_what_the_filter_asked_for(client, cast, year):
    client.force_login(cast.supervisor)
    head, *rows = csv_rows(client.get(reverse(CSV), {"title": "校历", "act": "draft"}))
    act = Act.objects.get(title="十月校历")
    assert head == HEAD.split()
    assert rows == [
        [
            "2026-10-01 12:00:00",
            "示范区第一小学",
            "信息员甲",
            "",
            "起草",
            "公开文稿",
            "十月校历",
            "K12-A",
            "K12-A04",
            "",
            act.digest_before,
            act.digest_after,
            str(act.uuid),
        ]
    ]


def test_the_workbook_holds_the_same_rows(client, cast, year):
    client.force_login(cast.supervisor)
    asked = {"noun": "disclosures.edition"}
    rows = csv_rows(client.get(reverse(CSV), asked))
    book = load_workbook(io.BytesIO(client.get(reverse(XLSX), asked).content))
    cells = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert cells == rows
    assert len(cells) == 4


def test_a_title_that_looks_like_a_formula_arrives_as_text(client, cast, stage):
    stage.draft(title='=HYPERLINK("http://example.org","点此")')
    client.force_login(cast.supervisor)
    _head, row = csv_rows(client.get(reverse(CSV), {"act": "draft"}))
    assert row[6] == '\'=HYPERLINK("http://example.org","点此")'
    book = load_workbook(io.BytesIO(client.get(reverse(XLSX), {"act": "draft"}).content))
    assert book.active["G2"].data_type == "s"


def test_taking_the_record_away_is_an_act_at_each_school_it_tells_of(client, cast, stage):
    stage.published()
    stage.published(department=cast.department2, by=cast.editor2, entry=cast.short_entry)
    client.force_login(cast.bureau)
    client.get(reverse(CSV), {"act": "publish"})
    acts = Act.objects.filter(name="export").order_by("school")
    assert [(act.school, act.actor_name, act.reason) for act in acts] == [
        (slug, "局办公室", "导出操作记录（CSV）2条，筛选条件：动作：公开")
        for slug in ("first", "second")
    ]
    client.force_login(cast.supervisor)
    shown = client.get(reverse(LIST), {"act": "export"}).context["acts"]
    assert [act.school for act in shown] == ["first"]


def test_what_the_record_says_of_an_export_is_in_its_own_language(client, cast, stage):
    stage.published()
    client.force_login(cast.supervisor)
    client.get("/en" + reverse(CSV), {"act": "publish", "title": "a"})
    assert Act.objects.get(name="export").reason == (
        "导出操作记录（CSV）0条，筛选条件：名称含有：a；动作：公开"
    )


def test_an_export_of_nothing_is_noted_at_the_readers_own_name(client, cast):
    client.force_login(cast.head)
    assert csv_rows(client.get(reverse(CSV))) == [HEAD.split()]
    act = Act.objects.get(name="export")
    assert (act.noun, act.object_id) == ("organisation.user", str(cast.head.pk))


def test_a_large_workbook_becomes_a_job_that_keeps_the_readers_reach(
    client, cast, year, monkeypatch
):
    monkeypatch.setattr(views, "DIRECT_ROWS", 2)
    client.force_login(cast.supervisor)
    answer = client.get(reverse(XLSX), {"noun": "disclosures.edition"})
    job = Job.objects.get()
    assert answer.status_code == 302
    assert (job.kind, job.requested_by) == ("export_record", cast.supervisor)
    told = []
    job.result = export_record(job, lambda done, total: told.append((done, total)))
    job.state = "done"
    job.save()
    assert (job.result, told) == ({"file": "history.xlsx", "count": 3}, [(3, 3)])
    page = client.get(reverse(LIST)).content.decode()
    address = reverse("admin:ledger_act_export", args=[job.pk])
    assert address in page
    book = load_workbook(io.BytesIO(client.get(address).getvalue()))
    assert [row[6] for row in book.active.iter_rows(min_row=2, values_only=True)] == [
        "十一月课表",
        "十月校历",
        "九月收费",
    ]
    client.force_login(cast.office)
    assert client.get(address).status_code == 404


def test_a_job_writes_nothing_its_reader_may_no_longer_read(cast, year):
    job = Job.objects.create(kind="export_record", requested_by=cast.supervisor)
    cast.supervisor.posts.get().end(by=cast.sysadmin)
    assert export_record(job, lambda done, total: None)["count"] == 0
    assert export_path(job, "history.xlsx").exists()


def test_the_limit_for_a_direct_workbook_is_fifty_thousand():
    assert export.DIRECT_ROWS == 50_000


def test_readings_are_listed_and_filtered(client, cast, stage):
    named = {
        "audiences": ["named"],
        "named_authority": cast.principal.groups.get().authority,
        "inner_reason": "限定知悉",
    }
    edition = stage.draft(title="处分决定", **named)
    with as_of(NOON):
        Reading.objects.note(edition, by=cast.office)
    with as_of(NOON + timedelta(days=1)):
        Reading.objects.note(edition, by=cast.principal)
    client.force_login(cast.supervisor)

    def readers(**asked):
        shown = client.get(reverse(READINGS), asked).context["readings"]
        return [reading.reader.name for reading in shown]

    assert readers() == ["校长", "公开办主任"]
    assert readers(reader="公开办") == ["公开办主任"]
    assert readers(title="处分", until="2026-09-01") == ["公开办主任"]
    assert readers(title="收费") == []


def test_reading_a_restricted_text_in_the_history_is_a_reading(client, cast, stage):
    named = {
        "audiences": ["named"],
        "named_authority": cast.principal.groups.get().authority,
        "inner_reason": "限定知悉",
    }
    restricted, plain = stage.draft(**named), stage.draft()
    client.force_login(cast.supervisor)
    for page in record_pages(plain)[4:] + record_pages(restricted)[4:]:
        assert client.get(page).status_code == 200
    found = list(Reading.objects.values_list("edition", "reader"))
    assert found == [(restricted.pk, cast.supervisor.pk)] * 2
