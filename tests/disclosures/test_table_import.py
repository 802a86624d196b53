"""A table from a file: read at once or by the sweep, looked at, then put into the draft or not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from disclosures.importing import batch, tables
from disclosures.importing.batch import clear_incoming, incoming
from disclosures.kinds.fees import FEES
from disclosures.models import Edition, Sheet
from portal import sweep
from portal.ledger.acts import Refused, Stale
from portal.ledger.models import Act
from portal.organisation.jobs import Stopped
from portal.organisation.models import Job
from tests.disclosures.intake import files_of

FACTS = "学期：2026-autumn,适用年级：七年级,投诉电话：12315,减免政策：困难学生免收。\n"
HEAD = "收费项目,性质,收费标准,计费单位,是否自愿\n"
CLEAN = FACTS + HEAD + "作业本费,代收费,12.5,元/学期,是\n校服费,代收费,180,元/套,是\n"


def upload(text=CLEAN, name="收费.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def long_table(count=1500):
    return FACTS + HEAD + "".join(f"项目{n},代收费,1,元,是\n" for n in range(count))


@pytest.fixture
def draft(stage):
    return stage.draft()


def asked(cast, draft, text=CLEAN, **options):
    return tables.ask(upload(text, **options), edition=draft, kind=FEES, by=cast.editor)


def test_a_small_file_is_read_while_the_person_waits(cast, draft):
    job = asked(cast, draft)
    assert (job.state, job.requested_by, job.kind) == ("done", cast.editor, "import_table")
    assert (tables.faults_in(job), tables.is_ready(job)) == ([], True)
    assert (job.result["row_count"], job.result["header"]["grades"]) == (2, "七年级")
    assert [row["item"] for row in job.result["sample"]] == ["作业本费", "校服费"]
    assert (tables.kind_asked(job), files_of(job)) == (FEES, ["read.json"])
    assert list(tables.asked_by(cast.editor)) == [job]
    assert not tables.asked_by(cast.office).exists()


def test_nothing_is_saved_before_it_is_confirmed(cast, draft):
    job = asked(cast, draft)
    assert not Sheet.objects.exists()
    edition = tables.confirm(job, by=cast.editor, version=draft.version)
    assert [row["item"] for row in edition.sheet.rows()] == ["作业本费", "校服费"]
    assert Act.objects.latest("id").name == "edit"
    job.refresh_from_db()
    assert (files_of(job), tables.is_ready(job), job.result) == ([], False, {"row_count": 2})
    with pytest.raises(Refused, match="已经用过"):
        tables.confirm(job, by=cast.editor, version=edition.version)


def test_faults_are_told_in_the_result_and_the_file_is_not_kept(cast, draft):
    job = asked(cast, draft, CLEAN + "保险费,代收费,六十,元,是\n")
    assert [tuple(fault) for fault in tables.faults_in(job)] == [
        (5, "收费标准", "要写数字，如“1200”或“1,200.50”，不写单位。", "")
    ]
    assert (job.result["digest"], tables.is_ready(job), files_of(job)) == ("", False, [])
    with pytest.raises(Refused, match="还有错误"):
        tables.confirm(job, by=cast.editor, version=draft.version)
    assert Edition.objects.get(pk=draft.pk).sheet is None


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-", "请上传 .xlsx 或 .csv 文件，可以先下载模板填写。"),
        ("a.csv", b"", "文件是空的。请检查原文件后重新上传。"),
    ],
)
def test_what_is_no_table_is_told_the_same_way(cast, draft, name, content, sentence):
    job = asked(cast, draft, content, name=name)
    assert [fault.sentence for fault in tables.faults_in(job)] == [sentence]
    assert job.state == "done"


def test_a_file_that_is_too_large_is_not_even_kept(cast, draft):
    file = upload()
    file.size = 200 * 1024 * 1024
    job = tables.ask(file, edition=draft, kind=FEES, by=cast.editor)
    told = "文件超过 20 MB。请只留要公开的表，删去图片和多余的工作表后重新上传。"
    assert [fault.sentence for fault in tables.faults_in(job)] == [told]
    assert files_of(job) == []


def test_a_long_file_is_read_by_the_sweep_with_progress(cast, draft, monkeypatch):
    monkeypatch.setattr("portal.organisation.jobs.REPORT_EVERY", 0)
    job = asked(cast, draft, long_table())
    assert (job.state, job.result, files_of(job)) == ("waiting", {}, ["table"])
    with pytest.raises(Refused):
        tables.confirm(job, by=cast.editor)
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, job.result["row_count"], job.total_count) == ("done", 1500, 1503)
    assert len(job.result["sample"]) == 20
    assert tables.confirm(job, by=cast.editor).sheet.row_count == 1500


def test_a_long_reading_can_be_stopped(cast, draft):
    job = asked(cast, draft, long_table())

    def stop(done, total):
        assert (done, total) == (500, 1503)
        raise Stopped

    with pytest.raises(Stopped):
        tables.check(job, stop)
    tables.give_up(job)
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, files_of(job)) == ("stopped", [])


def test_only_who_asked_confirms(cast, draft, refused):
    job = asked(cast, draft)
    with refused("这份文件不是您上传的，不能由您放进文稿。"):
        tables.confirm(job, by=cast.office, version=draft.version)
    assert tables.is_ready(job)


def test_only_who_may_edit_asks(cast, draft):
    for stranger in (cast.teacher, cast.editor2, cast.supervisor):
        with pytest.raises(Refused):
            tables.ask(upload(), edition=draft, kind=FEES, by=stranger)
    assert not Job.objects.exists()


def test_a_draft_that_was_changed_in_between_keeps_its_table(cast, draft):
    job, version = asked(cast, draft), draft.version
    draft.edit(by=cast.editor, version=version, title="改过的标题")
    with pytest.raises(Stale):
        tables.confirm(job, by=cast.editor, version=version)
    assert Edition.objects.get(pk=draft.pk).sheet is None
    assert tables.is_ready(job)


def test_a_file_that_is_not_what_was_uploaded_is_not_read(cast, draft):
    job = asked(cast, draft, long_table())
    (incoming(job.pk) / tables.FILE).write_bytes(CLEAN.encode())
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "保存的文件不完整。请重新上传。")


def test_what_waits_and_is_not_what_was_read_is_refused(cast, draft):
    job = asked(cast, draft)
    path = incoming(job.pk) / tables.READ
    path.write_bytes(path.read_bytes().replace(b"12.5", b"99.5"))
    with pytest.raises(Refused, match="不完整"):
        tables.confirm(job, by=cast.editor, version=draft.version)
    assert not Sheet.objects.exists()


def test_a_file_waits_a_day_to_be_confirmed_and_then_goes(cast, draft, monkeypatch):
    job = asked(cast, draft)
    monkeypatch.setattr(batch, "FILLING", 0)
    assert (clear_incoming(), files_of(job)) == (0, ["read.json"])
    monkeypatch.setattr(batch, "CONFIRMING", batch.CONFIRMING * 0)
    assert (clear_incoming(), files_of(job)) == (1, [])
    with pytest.raises(Refused, match="已经清除"):
        tables.confirm(job, by=cast.editor, version=draft.version)


def test_rows_keep_their_ids_from_one_import_to_the_next(cast, draft):
    tables.confirm(asked(cast, draft), by=cast.editor)
    before = {row["item"]: row.id for row in Edition.objects.get(pk=draft.pk).sheet.rows()}
    draft.refresh_from_db()
    tables.confirm(asked(cast, draft, CLEAN.replace("180", "200")), by=cast.editor)
    after = {row["item"]: row.id for row in Edition.objects.get(pk=draft.pk).sheet.rows()}
    assert before == after


def test_the_uploaded_file_is_readable_to_the_portal_alone(cast, draft):
    folder = incoming(asked(cast, draft).pk)
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert oct((folder / tables.READ).stat().st_mode)[-3:] == "600"
    folder = incoming(asked(cast, draft, long_table()).pk)
    assert oct((folder / tables.FILE).stat().st_mode)[-3:] == "600"


def test_faults_are_told_in_the_language_in_which_the_file_was_brought(cast, draft):
    with translation.override("en"):
        small = asked(cast, draft, CLEAN.replace("12.5", "-1"))
        long = asked(cast, draft, long_table().replace("项目7,代收费,1,", "项目7,代收费,-1,"))
    sweep.run_jobs()
    long.refresh_from_db()
    for job in (small, long):
        assert [fault.sentence for fault in tables.faults_in(job)] == ["Not less than 0."]
