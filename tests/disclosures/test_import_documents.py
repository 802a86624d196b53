"""Files taken in: each its own draft or a reason, the job, the command, and the repairs."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from disclosures.importing import batch, deciding
from disclosures.models import Disclosure, Edition
from portal import sweep
from portal.ledger.models import Act
from portal.organisation.jobs import Stopped
from portal.organisation.models import Job
from tests.disclosures.papers import docx, p
from tests.disclosures.workplace import address, said, stored
from tests.portal.test_text_files import encrypted_pdf

SEEDS = sorted((Path(__file__).parent.parent / "fixtures" / "seeds").glob("*.txt"))
IMPORT = "admin:disclosures_edition_import"
LOCKED = "文件设有密码，读者将无法打开。请取消密码后重新上传。"


def upload(name, content):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def job(cast):
    """Two files fit and one locked, asked for by the editor."""
    return batch.ask(
        [
            upload("通知.txt", "放假通知\n监(jiān)督电话见公示栏。\n"),
            upload("a.pdf", encrypted_pdf()),
            upload("b.docx", docx(p("校历"), p("九月一日开学"))),
        ],
        department=cast.department,
        entry=cast.short_entry,
        by=cast.editor,
    )


def files_of(job):
    return sorted(path.name for path in batch.incoming(job.pk).glob("*"))


def posted(client, cast, *files, **more):
    sent = {"department": cast.department.pk, "entry": cast.short_entry.pk, "files": files}
    return client.post(reverse(IMPORT), sent | more)


def imported(client, cast, text="放假通知\n监(jiān)督电话见公示栏。\n点击下载文档\n"):
    """One text, taken in by the editor through the workplace and the sweep."""
    client.force_login(cast.editor)
    posted(client, cast, upload("通知.txt", text))
    sweep.run_jobs()
    return Edition.objects.get()


def test_files_wait_where_only_the_portal_reads_them(job):
    assert files_of(job) == ["0", "1", "2"]
    folder = batch.incoming(job.pk)
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert {oct(path.stat().st_mode)[-3:] for path in folder.iterdir()} == {"600"}


def test_each_file_becomes_a_draft_and_the_bad_one_is_named(job, cast):
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done_count, job.total_count) == ("done", 3, 3)
    first, second = Edition.objects.order_by("title")
    assert {(e.title, e.body, e.state) for e in (first, second)} == {
        ("放假通知", "<p>监(jiān)督电话见公示栏。</p>", "draft"),
        ("校历", "<p>九月一日开学</p>", "draft"),
    }
    assert {e.drafted_by for e in (first, second)} == {cast.editor}
    assert first.audiences == ["public"] and not first.is_cleared
    assert job.result["refused"] == [{"file": "a.pdf", "reason": LOCKED}]
    assert set(job.result["drafts"]) == {str(first.pk), str(second.pk)}
    assert files_of(job) == []


def test_the_import_is_recorded_beside_the_drafts(job, cast):
    sweep.run_jobs()
    acts = Act.objects.filter(actor_id=str(cast.editor.pk), name__in=["draft", "import"])
    assert sorted(acts.values_list("name", flat=True)) == ["draft", "draft", "import"]
    act = acts.get(name="import")
    assert (act.title, act.reason) == ("总务处", "导入文件：成为草稿2份，没有导入1份。")


def test_a_stopped_import_keeps_its_drafts_and_what_they_need(job):
    def stop(done, total):
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        batch.import_documents(job, stop)
    edition = Edition.objects.get()
    assert deciding.left_for(edition)["repairs"][0][1].found == "监(jiān)"
    assert files_of(job) == []


def test_somebody_who_may_no_longer_draft_imports_nothing(job, cast):
    cast.editor.posts.get().end(by=cast.office)
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, Disclosure.objects.count()) == ("done", 0)
    reasons = {row["file"]: row["reason"] for row in job.result["refused"]}
    assert reasons["通知.txt"] == "您不是这个部门的信息员，不能为它起草。"


def test_files_of_a_job_that_is_over_are_removed_by_the_sweep(job):
    Job.objects.filter(pk=job.pk).update(stop_wanted=True)
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, files_of(job)) == ("stopped", ["0", "1", "2"])
    assert batch.clear_incoming() == 1
    assert files_of(job) == [] and batch.clear_incoming() == 0


def test_files_of_a_waiting_job_stay(job):
    assert batch.clear_incoming() == 0
    assert files_of(job) == ["0", "1", "2"]


def test_an_editor_uploads_watches_and_finds_drafts_and_reasons(cast, client):
    client.force_login(cast.editor)
    assert said(client.get(reverse(IMPORT))).count("<option") > 2
    answer = posted(
        client, cast, upload("通知.txt", "放假通知\n三天"), upload("a.pdf", encrypted_pdf())
    )
    job = Job.objects.get(kind="import_documents")
    assert answer.url == reverse("admin:disclosures_edition_import_job", args=[job.pk])
    assert "等待中" in said(client.get(answer.url)) and "停止导入" in said(client.get(answer.url))
    sweep.run_jobs()
    page = said(client.get(answer.url))
    assert address("change", Edition.objects.get()) in page
    assert LOCKED in page and "停止导入" not in page


def test_a_file_beyond_the_limit_is_refused_without_being_kept(cast, client):
    client.force_login(cast.editor)
    posted(client, cast, upload("大.xlsx", b"0" * (21 * 1024 * 1024)), upload("a.txt", "甲\n乙"))
    job = Job.objects.get(kind="import_documents")
    assert files_of(job) == ["0"]
    assert job.result["refused"] == [
        {"file": "大.xlsx", "reason": "文件超过 20 MB。请压缩或拆分后重新导入。"}
    ]


def test_a_form_without_files_or_with_a_matter_not_adopted_says_so(cast, client):
    client.force_login(cast.editor)
    assert "请选择要导入的文件。" in said(posted(client, cast))
    assert not Job.objects.filter(kind="import_documents").exists()
    other = posted(client, cast, upload("a.txt", "甲"), department=cast.department2.pk)
    assert other.status_code == 200 and not Job.objects.filter(kind="import_documents").exists()


@pytest.mark.parametrize("name", ["teacher", "parent", "principal", "supervisor", "sysadmin"])
def test_who_may_not_draft_may_not_import(cast, client, name):
    client.force_login(getattr(cast, name))
    assert client.get(reverse(IMPORT)).status_code in (302, 403)
    assert posted(client, cast, upload("a.txt", "甲")).status_code in (302, 403)
    assert not Job.objects.filter(kind="import_documents").exists()


def test_an_import_is_open_to_whoever_asked_for_it_alone(job, cast, client):
    address = reverse("admin:disclosures_edition_import_job", args=[job.pk])
    client.force_login(cast.editor)
    assert client.get(address).status_code == 200
    for other in (cast.editor_same, cast.office, cast.editor2):
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}stop/").status_code == 404


def test_whoever_asked_may_stop_it(job, cast, client):
    client.force_login(cast.editor)
    client.post(reverse("admin:disclosures_edition_import_stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.stop_wanted


def test_the_drafts_page_proposes_repairs_and_carries_one_out_as_an_edit(cast, client):
    edition = imported(client, cast)
    page = said(client.get(address("change", edition)))
    assert "监(jiān)" in page and "点击下载文档" in page and "导入时发现的问题" in page
    (sound,) = [n for n, r in deciding.left_for(edition)["repairs"] if r.kind == "pinyin"]
    client.post(address("repair", edition), {"version": edition.version, "repair": [sound]})
    after = stored(edition)
    assert after.body == "<p>监督电话见公示栏。</p><p>点击下载文档</p>"
    assert Act.objects.about(edition.disclosure_id).filter(name="edit").count() == 1
    assert [r.kind for _n, r in deciding.left_for(after)["repairs"]] == ["line"]


def test_all_repairs_at_once_and_none_left(cast, client):
    edition = imported(client, cast)
    client.post(address("repair", edition), {"version": edition.version, "all": "1"})
    assert stored(edition).body == "<p>监督电话见公示栏。</p>"
    assert "导入时发现的问题" not in said(client.get(address("change", edition)))


def test_what_is_kept_stays_and_is_proposed_no_more(cast, client):
    edition = imported(client, cast)
    places = [place for place, _repair in deciding.left_for(edition)["repairs"]]
    client.post(
        address("repair", edition), {"version": edition.version, "repair": places, "keep": "1"}
    )
    assert stored(edition).version == edition.version
    assert deciding.left_for(edition)["repairs"] == []


@pytest.mark.parametrize("version", ["7", "", "-1", "x", "²"])
def test_a_repair_of_a_text_changed_meanwhile_changes_nothing(cast, client, version):
    edition = imported(client, cast)
    answer = client.post(address("repair", edition), {"version": version, "all": "1"}, follow=True)
    assert "这份草稿刚刚被改动过" in said(answer)
    assert stored(edition).body == edition.body
    assert len(deciding.left_for(edition)["repairs"]) == 2


def test_nobody_else_repairs_a_draft(cast, client):
    edition = imported(client, cast)
    for other in (cast.editor_other, cast.principal, cast.editor2, cast.sysadmin):
        client.force_login(other)
        sent = client.post(address("repair", edition), {"version": edition.version, "all": "1"})
        assert sent.status_code == 404
    assert stored(edition).body == edition.body


def told(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("import_documents", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def test_the_command_takes_in_the_seeds_with_their_repairs(cast):
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general")
    out, err = told(*map(str, SEEDS), *asked, "--by", "editor")
    assert (len(SEEDS), out.count("《"), err) == (5, 5, "")
    titles = set(Edition.objects.values_list("title", "language"))
    assert ("校務工作者心得體會(5篇)", "zh-Hant") in titles
    assert ("教育局评议行风的工作总结", "zh-Hans") in titles
    edition = Edition.objects.get(title="校務工作者心得體會(5篇)")
    assert "\ue48d" not in edition.body and "監(jiān)督" in edition.body
    assert len(deciding.left_for(edition)["repairs"]) > 20


def test_a_dry_run_tells_and_writes_nothing(cast):
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general")
    out, err = told(str(SEEDS[0]), *asked, "--by", "editor", "--dry-run")
    assert "《校務公開工作總結》，待决定的修复7项。" in out
    assert (err, Edition.objects.count(), Job.objects.count()) == ("", 0, 0)


def test_the_command_names_bad_files_and_takes_in_the_rest(cast, tmp_path):
    bad = tmp_path / "a.pdf"
    bad.write_bytes(encrypted_pdf())
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general")
    _out, err = told(str(bad), str(tmp_path / "none.txt"), str(SEEDS[3]), *asked, "--by", "editor")
    assert f"{bad}: {LOCKED}" in err and "有2个文件没有导入。" in err
    assert Edition.objects.get().title == "教育局评议行风的工作总结"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("--school", "none", "--entry", "K12-A04"), "没有网址名为“none”的单位。"),
        (("--school", "first", "--entry", "X"), "本校没有采用目录事项“X”。"),
        (
            ("--school", "first", "--entry", "K12-A04", "--by", "nobody"),
            "没有用户名为“nobody”的人员。",
        ),
        (
            ("--school", "first", "--entry", "K12-A04", "--department", "general"),
            "请用 --by 写明由谁起草。",
        ),
        (
            (
                "--school",
                "first",
                "--entry",
                "K12-A04",
                "--department",
                "general",
                "--by",
                "teacher",
            ),
            "教师不能为这个部门起草。",
        ),
        (("--school", "first", "--entry", "K12-A04"), "请用 --department 写明责任部门的网址名。"),
    ],
)
def test_the_command_says_what_is_missing(cast, asked, sentence):
    assert told(str(SEEDS[0]), *asked) == ("", sentence)
    assert Edition.objects.count() == 0
