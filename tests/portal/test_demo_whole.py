"""`manage.py demo` as a newcomer meets it: one command, a login that works, Ctrl-C, again."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings

SECONDS = 300


@pytest.fixture
def demo(tmp_path):
    """Start a demo in a directory of this test; `start()` returns once it says how to sign in."""
    running = []

    def start(**variables):
        running.append(Demo(tmp_path, **variables))
        return running[-1]

    yield start
    for one in running:
        one.process.kill()
        one.process.wait()


class Demo:
    def __init__(self, folder, **variables):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.begun, self.said = time.monotonic(), []
        self.process = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "manage.py", "demo"],
            env=clean | {"DATA_DIR": str(folder / "data"), "PORT": str(self.port)} | variables,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("按Ctrl-C"):
                break
        assert time.monotonic() - self.begun < SECONDS

    def heard(self):
        return "".join(self.said)

    def answer(self, path):
        visit = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        visit.request("GET", path)
        reply = visit.getresponse()
        return reply.status, reply.read().decode()

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        self.said += self.process.stdout.readlines()
        return self.process.wait(20)


def test_a_demo_starts_stops_and_starts_again_with_its_data(demo, tmp_path):
    first = demo()
    password = re.search("[a-z0-9]{4}(-[a-z0-9]{4}){2}", first.heard())[0]
    assert first.answer("/healthz") == (200, '{"status": "ok"}')
    assert first.answer("/")[0] == 200
    for username in ("editor", "reviewer", "principal", "office", "supervisor", "sysadmin"):
        assert f"  {username}" in first.heard()
    assert signs_in(tmp_path, password) == "10"
    assert first.stop() == 0
    before = notices(tmp_path)
    published, with_a_table = before
    assert published >= 80 and with_a_table >= 35

    again = demo(DEMO_PASSWORD="chosen-by-us")
    assert "chosen-by-us" in again.heard()
    assert "正在生成" not in again.heard()
    assert signs_in(tmp_path, "chosen-by-us") == "10"
    assert signs_in(tmp_path, password) == "0"
    second_on_the_same_data = demo(PORT=str(again.port))
    assert second_on_the_same_data.process.wait(20) == 1
    assert "已有一个演示在运行" in second_on_the_same_data.heard()
    assert again.stop(signal.SIGTERM) == 0
    assert notices(tmp_path) == before
    assert findings(tmp_path) == ""
    with pytest.raises(ConnectionRefusedError):
        again.answer("/healthz")


def signs_in(folder, password):
    """How many accounts the password opens, asked of the demo's own database by DATA_DIR alone."""
    question = (
        "from django.contrib.auth import authenticate;"
        "from portal.demo.people import DEMO_PEOPLE;"
        f"print(sum(authenticate(username=u, password={password!r}) is not None"
        " for u in DEMO_PEOPLE))"
    )
    told = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "shell", "-v", "0", "-c", question],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def findings(folder):
    """What the ledger's own check says of the demo's rows, beside its verdict."""
    told = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "verify_ledger"],
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(folder / "data"),
        },
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return "".join(line for line in told.stdout.splitlines(True) if line.startswith("["))


def notices(folder):
    """How many notices are published, and how many of them have a table."""
    with sqlite3.connect(folder / "data" / "db.sqlite3") as database:
        question = (
            "select count(*), count(sheet_id) from disclosures_edition where state = 'published'"
        )
        return database.execute(question).fetchone()
