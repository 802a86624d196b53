"""Long jobs: run once, with progress, a way to stop, and an end even after a crash."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from portal.ledger.acts import Refused
from portal.ledger.moments import as_of, now
from portal.organisation import jobs
from portal.organisation.jobs import clear_exports, export_path, run_waiting_job
from portal.organisation.models import Job


@pytest.fixture
def job(db):
    return Job.objects.create(kind=Job.Kind.EXPORT_RECORD)


def test_a_job_is_done_with_its_result_and_progress(job):
    def work(given, report):
        assert given.pk == job.pk
        report(3, 3)
        return {"rows": 3}

    assert run_waiting_job({"export_record": work}) == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.done_count, job.total_count) == ("done", {"rows": 3}, 3, 3)
    assert job.is_over
    assert job.started_at <= job.ended_at
    assert run_waiting_job({"export_record": work}) == 0


def test_the_job_that_has_waited_longest_goes_first(job):
    early = Job.objects.create(
        kind=Job.Kind.CHECK_BODIES, requested_at=now() - timedelta(minutes=5)
    )
    done = []
    work = {kind: lambda given, report: done.append(given.pk) or {} for kind in Job.Kind.values}
    run_waiting_job(work)
    run_waiting_job(work)
    assert done == [early.pk, job.pk]


def test_the_wish_to_stop_ends_a_job_at_its_next_report(job, monkeypatch):
    monkeypatch.setattr(jobs, "REPORT_EVERY", 0)

    def work(given, report):
        report(1, 100)
        Job.objects.filter(pk=given.pk).update(stop_wanted=True)
        report(2, 100)
        raise AssertionError("the job went on")

    run_waiting_job({"export_record": work})
    job.refresh_from_db()
    assert (job.state, job.done_count, job.error) == ("stopped", 2, "")


def test_a_job_stopped_before_it_began_does_nothing(job):
    job.stop_wanted = True
    job.save()
    run_waiting_job({})
    job.refresh_from_db()
    assert job.state == "stopped"


def test_a_refusal_is_kept_as_its_sentence(job):
    def work(given, report):
        raise Refused("您没有权限导出这所学校的记录。")

    run_waiting_job({"export_record": work})
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "您没有权限导出这所学校的记录。")


def test_an_error_is_kept_with_its_place(job):
    def work(given, report):
        raise ZeroDivisionError("nothing to divide")

    run_waiting_job({"export_record": work})
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error.endswith("ZeroDivisionError: nothing to divide\n")


def test_a_job_whose_process_died_is_given_up_after_half_an_hour(job):
    Job.objects.filter(pk=job.pk).update(state="running", started_at=now())
    with as_of(now() + timedelta(minutes=29)):
        assert run_waiting_job({}) == 0
    with as_of(now() + timedelta(minutes=31)):
        assert run_waiting_job({}) == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error == "这项工作中断了，或用时超过半小时。请重新提交。"


def test_a_job_given_up_meanwhile_cannot_report_or_end_as_done(job, monkeypatch):
    monkeypatch.setattr(jobs, "REPORT_EVERY", 0)

    def work(given, report):
        Job.objects.filter(pk=given.pk).update(state="failed", error="中断")
        report(50, 100)
        raise AssertionError("the job went on")

    run_waiting_job({"export_record": work})
    job.refresh_from_db()
    assert (job.state, job.error, job.done_count) == ("failed", "中断", 0)


def test_what_a_job_writes_lies_where_no_address_leads(job, settings):
    path = export_path(job, "record.csv")
    assert path == settings.DATA_DIR / "exports" / str(job.pk) / "record.csv"
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_a_job_wrote_goes_after_a_week(job, settings):
    path = export_path(job, "record.csv")
    path.write_text("操作记录")
    with as_of(now() + timedelta(days=6)):
        assert (clear_exports(), path.exists()) == (0, True)
    with as_of(now() + timedelta(days=8)):
        assert (clear_exports(), path.parent.exists()) == (1, False)
        assert clear_exports() == 0


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_run_a_job_once():
    Job.objects.create(kind=Job.Kind.EXPORT_RECORD)
    together, runs = threading.Barrier(2), []

    def worker():
        together.wait()
        run_waiting_job({"export_record": lambda job, report: runs.append(job.pk) or {}})
        connection.close()

    workers = [threading.Thread(target=worker) for _n in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(60)
    assert len(runs) == 1
