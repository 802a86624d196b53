"""Running the long jobs people have asked for: progress, a way to stop, a result."""

import shutil
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.ledger.acts import Refused
from portal.ledger.moments import now
from portal.organisation.models import Job

LIMIT = timedelta(minutes=30)
REPORT_EVERY = 0.5
KEPT = timedelta(days=7)

Report = Callable[[int, int], None]
Work = Callable[[Job, Report], dict]


class Stopped(Exception):
    """The person who asked for the job has stopped it."""


def run_waiting_job(work: Mapping[str, Work]) -> int:
    """Run the job that has waited longest by the function `work` names for its kind.

    The function gets the job and `report(done, total)`, which it calls as it goes along; it
    returns the result as a JSON object. Returns how many jobs were run or given up.
    """
    given_up = _give_up_interrupted()
    job = Job.objects.waiting().first()
    if job is None or not _claim(job):
        return given_up
    _run(job, work)
    return given_up + 1


def run_now(job: Job, work: Work) -> None:
    """Run a short job in the request that asks for it, unless a worker was quicker to take it."""
    if _claim(job):
        _run(job, {job.kind: work})
    job.refresh_from_db()


def export_path(job: Job, name: str) -> Path:
    """Where the job writes the file it makes: a folder of its own that no URL serves."""
    folder = _exports() / str(job.pk)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / name


def clear_exports() -> int:
    """Remove what jobs made a week ago: a copy must not outlive what is lawfully removed.

    Returns how many folders went. One whose job is unknown, of an older backup, goes as well.
    """
    young = Job.objects.filter(requested_at__gt=now() - KEPT).values_list("pk", flat=True)
    kept = {str(pk) for pk in young}
    old = [folder for folder in _exports().glob("*-*") if folder.name not in kept]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _exports() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def _give_up_interrupted():
    """A job has half an hour: one that is still marked as running afterwards lost its process."""
    lost = Job.objects.filter(state=Job.State.RUNNING, started_at__lt=now() - LIMIT)
    return lost.update(
        state=Job.State.FAILED,
        ended_at=now(),
        error=_("这项工作中断了，或用时超过半小时。请重新提交。"),
    )


def _claim(job):
    """Only one worker's comparison succeeds; from here on `started_at` says whose job it is."""
    job.started_at = now()
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    return waiting.update(state=Job.State.RUNNING, started_at=job.started_at)


def _run(job, work):
    try:
        if job.stop_wanted:
            raise Stopped
        result = work[job.kind](job, _reporter(job))
    except Stopped:
        _end(job, Job.State.STOPPED)
    except Refused as refusal:
        _end(job, Job.State.FAILED, error=refusal.sentence)
    except Exception:
        _end(job, Job.State.FAILED, error=traceback.format_exc()[-4000:])
    else:
        _end(job, Job.State.DONE, result=result)


def _end(job, state, **values):
    _mine(job).update(state=state, ended_at=now(), **values)


def _mine(job):
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, started_at=job.started_at)


def _reporter(job):
    """Progress is written at most twice a second; the wish to stop is read with it."""
    told_at = float("-inf")

    def report(done, total):
        nonlocal told_at
        if time.monotonic() - told_at < REPORT_EVERY and done < total:
            return
        told_at = time.monotonic()
        _mine(job).update(done_count=done, total_count=total)
        if not _mine(job).filter(stop_wanted=False).exists():
            raise Stopped

    return report
