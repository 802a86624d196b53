"""The sweep: every part runs and is recorded, whatever happens to the others."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings as live
from django.core.management import call_command

from portal import sweep
from portal.celery import app
from portal.celery import sweep as task
from portal.ledger.moments import now
from portal.organisation.models import Job, Message, SweepPass
from tests.services import database_url


@pytest.fixture
def parts(monkeypatch):
    def use(**functions):
        monkeypatch.setattr(sweep, "PARTS", list(functions.items()))

    return use


@pytest.mark.django_db
def test_a_part_that_fails_is_recorded_and_stops_no_other(parts):
    def broken():
        raise ZeroDivisionError("broken")

    parts(first=lambda: 2, second=broken, third=lambda: 0)
    assert sweep.sweep_once() is False
    passes = {row.name: row for row in SweepPass.objects.all()}
    assert {name: row.handled_count for name, row in passes.items()} == {
        "first": 2,
        "second": 0,
        "third": 0,
    }
    assert passes["second"].error.endswith("ZeroDivisionError: broken\n")
    assert passes["third"].error == ""
    assert all(row.started_at <= row.ended_at for row in passes.values())


@pytest.mark.django_db
def test_a_later_pass_replaces_what_the_earlier_one_recorded(parts):
    parts(only=lambda: 1 / 0)
    sweep.sweep_once()
    parts(only=lambda: 7)
    assert sweep.sweep_once() is True
    row = SweepPass.objects.get()
    assert (row.name, row.handled_count, row.error) == ("only", 7, "")
    assert now() - row.ended_at < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_pass_sends_turns_posts_and_does_jobs(cast):
    Message.objects.create(recipient=cast.editor, key="a", subject="一", body="二")
    job = Job.objects.create(kind=Job.Kind.EXPORT_RECORD, requested_by=cast.supervisor)
    cast.leader.groups.clear()
    assert sweep.sweep_once() is True
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert Message.objects.get(key="a").state == "sent"
    assert cast.leader.groups.count() == 1
    handled = dict(SweepPass.objects.values_list("name", "handled_count"))
    assert handled == {
        **dict.fromkeys(
            ("follow", "reviews", "bodies", "texts", "incoming", "exports", "planner"), 0
        ),
        **dict.fromkeys(("messages", "posts", "jobs", "anchor", "verify"), 1),
    }


@pytest.mark.django_db
def test_the_command_makes_one_pass_and_says_by_its_exit_that_it_failed(parts):
    parts(only=lambda: 1)
    call_command("sweep")
    assert SweepPass.objects.get().handled_count == 1
    parts(only=lambda: 1 / 0)
    with pytest.raises(SystemExit) as left:
        call_command("sweep")
    assert left.value.code == 1


@pytest.mark.django_db
def test_the_celery_task_is_the_same_pass(parts):
    parts(only=lambda: 5)
    task.apply(throw=True)
    assert SweepPass.objects.get().handled_count == 5


def test_beat_rings_for_the_task_there_is():
    assert live.CELERY_BEAT_SCHEDULE["sweep"]["task"] in app.tasks


@pytest.mark.django_db(transaction=True)
def test_the_loop_sweeps_and_ends_on_a_signal():
    environment = os.environ | {"DATABASE_URL": database_url()}
    loop = subprocess.Popen(
        [sys.executable, live.BASE_DIR / "manage.py", "sweep", "--loop"], env=environment
    )
    try:
        deadline = time.monotonic() + 120
        while not SweepPass.objects.filter(name="messages", ended_at__isnull=False).exists():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(60) == 0
    finally:
        loop.kill()
        loop.wait()
