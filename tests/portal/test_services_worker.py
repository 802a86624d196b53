"""A real Celery worker on a real Redis does what the embedded loop does, once."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core import mail

from portal.celery import app
from portal.organisation.models import Message, User
from tests.services import database_url

pytestmark = pytest.mark.services


@pytest.fixture
def worker(tmp_path, transactional_db):
    """Two processes of a worker that writes mail into files."""
    if not settings.REDIS_URL:
        pytest.skip("needs Redis: runs in the pass with PostgreSQL and Redis")
    variables = {"DATABASE_URL": database_url(), "EMAIL_URL": f"file:///{tmp_path}/mail"}
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "portal.celery", "worker"]
        + ["--concurrency", "2", "--loglevel", "WARNING", "--without-mingle", "--without-gossip"],
        env=os.environ | variables,
        cwd=settings.BASE_DIR,
    )
    yield tmp_path / "mail"
    process.terminate()
    process.wait(30)


def test_a_worker_sends_what_the_outbox_holds_once(worker):
    user = User(username="reader", name="王老师", email="reader@school.example")
    user.save()
    message = Message.objects.create(recipient=user, key="a", subject="待您审核", body="请看")
    for _ring in range(4):
        app.send_task("portal.sweep")
    deadline = time.monotonic() + 60
    while Message.objects.get().state != "sent":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    time.sleep(1)
    letters = "".join(path.read_text() for path in worker.iterdir())
    assert letters.count(f"Message-ID: <{message.pk}@") == 1
    assert Message.objects.get().tries_count == 1
    assert mail.outbox == []
