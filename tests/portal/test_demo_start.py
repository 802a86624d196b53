"""The demo's start: what it refuses, what it prepares, and that its parts live and die together."""

import os
import signal
import socket
import subprocess
import sys
import threading

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.staticfiles.finders import get_finder

from portal.demo import running, start, static
from portal.demo.people import DEMO_PEOPLE
from portal.demo.running import Address, NotStarted, alone_in, run_together
from portal.organisation.models import User

EVERYWHERE = "0.0.0.0"  # noqa: S104  never bound here
LIVES = [sys.executable, "-c", "import time; time.sleep(60)"]
DIES = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def ready(monkeypatch):
    monkeypatch.setattr(Address, "answers", lambda self: True)
    before = {number: signal.getsignal(number) for number in (1, 2, 15)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def started(monkeypatch):
    """The children `run_together` starts, as they start."""
    children = []
    real = subprocess.Popen

    def kept(*args, **kwargs):
        children.append(real(*args, **kwargs))
        return children[-1]

    monkeypatch.setattr(running.subprocess, "Popen", kept)
    return children


@pytest.fixture
def company(db):
    for username in DEMO_PEOPLE:
        User(username=username, name=username).save()


def together(commands, told=None):
    run_together(
        commands,
        environment=dict(os.environ),
        address=Address("127.0.0.1", 1),
        when_ready=told or (lambda: None),
    )


def test_host_and_port_come_from_the_environment():
    assert Address.from_environment({}) == Address("127.0.0.1", 8000)
    assert Address.from_environment({"HOST": EVERYWHERE, "PORT": "81"}).url == "http://127.0.0.1:81"
    assert Address("::", 81).url == "http://[::1]:81"


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "8000 "])
def test_a_port_that_is_none_is_refused_with_a_sentence(port):
    with pytest.raises(NotStarted, match="PORT要写1到65535之间的整数"):
        Address.from_environment({"PORT": port})


def test_a_port_in_use_is_refused_with_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(NotStarted, match="请用PORT另选一个端口"):
            address.must_be_free()
    address.must_be_free()


def test_one_data_directory_serves_one_demo(tmp_path):
    with (
        alone_in(tmp_path),
        pytest.raises(NotStarted, match="已有一个演示在运行"),
        alone_in(tmp_path),
    ):
        pass
    with alone_in(tmp_path):
        pass


def test_the_demo_does_not_start_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(NotStarted, match="PRODUCTION=1"):
        start.start(print)


def test_a_signal_stops_all_of_it(ready, started):
    threading.Timer(1, os.kill, [os.getpid(), signal.SIGTERM]).start()
    told = []
    together({"one": LIVES, "two": LIVES}, lambda: told.append("ready"))
    assert told == ["ready"]
    assert [child.poll() for child in started] == [-signal.SIGTERM, -signal.SIGTERM]


def test_when_one_part_dies_the_others_stop_and_a_sentence_says_which(ready, started):
    with pytest.raises(NotStarted) as stopped:
        together({"web": LIVES, "sweep": DIES})
    assert str(stopped.value) == "进程sweep意外结束（代码3），演示已全部停止。"
    assert [child.poll() for child in started] == [-signal.SIGTERM, 3]


def test_every_demo_person_gets_the_password_of_this_start(company):
    other = User(username="somebody", name="别人")
    other.set_password("their own")
    other.save()
    start.open_accounts("first")
    start.open_accounts("second")
    for user in User.objects.filter(username__in=DEMO_PEOPLE):
        assert check_password("second", user.password)
        assert user.history.count() == 1
    other.refresh_from_db()
    assert check_password("their own", other.password)


def test_a_password_made_for_a_start_is_readable_and_never_the_same():
    made = {start.fresh_password() for _n in range(50)}
    assert len(made) == 50
    assert all(set(word) <= set(start.READABLE) for one in made for word in one.split("-"))


@pytest.fixture
def preparing(monkeypatch):
    """What `prepare` would do beside the database."""
    done = []
    monkeypatch.setattr(start, "compile_catalogues", lambda: done.append("translations"))
    monkeypatch.setattr(start, "collect_static", lambda: done.append("static"))
    monkeypatch.setattr(start, "seed", lambda: done.append("seed"))
    return done


@pytest.mark.django_db
def test_an_empty_database_is_seeded(preparing):
    start.prepare(reset=False, tell=print)
    assert preparing == ["translations", "static", "seed"]


def test_a_later_start_keeps_the_data(preparing, company):
    start.prepare(reset=False, tell=print)
    assert preparing == ["translations", "static"]


def test_data_that_is_no_demo_is_left_alone(preparing, db):
    User(username="somebody", name="别人").save()
    with pytest.raises(NotStarted, match="不是演示数据"):
        start.prepare(reset=False, tell=print)
    assert "seed" not in preparing


def test_the_children_act_on_this_data_directory(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    monkeypatch.delenv("SITE_URL", raising=False)
    told = start.environment_for(Address("127.0.0.1", 81))
    assert told["DATA_DIR"] == str(tmp_path)
    assert told["SITE_URL"] == "http://127.0.0.1:81"
    assert "ALLOWED_HOSTS" not in told
    assert start.environment_for(Address(EVERYWHERE, 81))["ALLOWED_HOSTS"] == "*"


def test_static_files_are_collected_again_only_when_one_has_changed(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "board.css").write_text("a{}")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    get_finder.cache_clear()
    assert static.collect_static() is True
    assert static.collect_static() is False
    (source / "board.css").write_text("a{color:red}")
    assert static.collect_static() is True
    assert (tmp_path / "static" / "board.css").read_text() == "a{color:red}"
    get_finder.cache_clear()
