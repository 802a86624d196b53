"""The record as tables to take away; taking it away is an act."""

import csv
import io

from django.urls import reverse
from openpyxl import load_workbook

from portal.history import export, views
from portal.history.export import export_record
from portal.ledger.models import Act
from portal.organisation.jobs import export_path
from portal.organisation.models import Job
from tests.portal.record import CSV, LIST, XLSX


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
