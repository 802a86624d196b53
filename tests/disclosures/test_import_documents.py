"""Files taken in by the job: each its own draft or a reason."""

import pytest

from disclosures.importing import batch, deciding
from disclosures.models import Disclosure, Edition
from portal import sweep
from portal.ledger.models import Act
from portal.organisation.jobs import Stopped
from portal.organisation.models import Job
from tests.disclosures.intake import LOCKED, files_of, two_and_a_locked_one


@pytest.fixture
def job(cast):
    return two_and_a_locked_one(cast)


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
