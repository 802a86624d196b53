"""No request waits for Redis: with one that accepts and never answers all goes on as before."""

import http.client
import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from portal.organisation.models import Message, User
from tests.services import database_url, free_port

pytestmark = pytest.mark.services
PATHS = ("/healthz", "/", "/notices/", "/accounts/sign-in/", "/admin/login/", "/en/")


@pytest.fixture
def hung():
    """A listener whose queue takes connections in and nobody ever reads from."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def gone():
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture(scope="module")
def static_root(tmp_path_factory):
    root = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "collectstatic", "-v", "0", "--no-input"],
        env=os.environ | {"STATIC_ROOT": str(root)},
        check=True,
    )
    return str(root)


@pytest.fixture
def site(transactional_db, static_root):
    """The real server as a process of its own, told of that Redis."""
    running = []

    def serve(redis_url):
        port = free_port()
        variables = {"DATABASE_URL": database_url(), "REDIS_URL": redis_url}
        variables["STATIC_ROOT"] = static_root
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"]
                + ["--worker-class", "gthread", "--threads", "2", "--no-control-socket"]
                + ["--log-level", "warning"],
                env=os.environ | variables,
                cwd=settings.BASE_DIR,
            )
        )
        wait_for(port)
        return port

    yield serve
    for process in running:
        process.terminate()
        process.wait(30)


def wait_for(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


def visit(port, path, method="GET", body=None):
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body=body)
    status = connection.getresponse().status
    return status, time.monotonic() - begun


@pytest.mark.parametrize("state", ["hung", "gone"])
def test_no_page_is_slow_or_fails_when_redis_is_away(state, site, request):
    port = site(request.getfixturevalue(state))
    for path in PATHS:
        visit(port, path)
    answered = {path: min(visit(port, path), visit(port, path)) for path in PATHS}
    assert {path: status for path, (status, _s) in answered.items() if status >= 500} == {}
    assert answered["/healthz"][0] == answered["/"][0] == 200
    assert {path: seconds for path, (_status, seconds) in answered.items() if seconds > 1} == {}


def test_an_act_is_done_and_its_message_waits_when_redis_is_away(hung, site, monkeypatch):
    """What an act writes is a row; nothing in the act rings the doorbell."""
    monkeypatch.setenv("REDIS_URL", hung)
    user = User(username="reader", name="王老师")
    user.save()
    begun = time.monotonic()
    Message.objects.create(recipient=user, key="a", subject="待您审核", body="请看")
    assert time.monotonic() - begun < 1
    assert Message.objects.due(Message.objects.get().due_at).count() == 1
