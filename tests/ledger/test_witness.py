"""A witness keeps one head, never goes back, and shouts when the log contradicts it."""

import json
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.ledger import verify, witness
from portal.management.commands.witness import Command
from tests.ledger.forging import NOW, Key, hour, published


class Handler(BaseHTTPRequestHandler):
    """Serves a dictionary of files; a function among them answers for itself."""

    def __init__(self, files, *arguments):
        self.files = files
        super().__init__(*arguments)

    def do_GET(self):  # noqa: N802  the name http.server calls
        file = self.files.get(self.path.removeprefix("/ledger/"))
        if callable(file):
            file(self)
        elif file is None:
            self.send_error(404)
        else:
            self.send(file)

    def send(self, data, *, length=None):
        self.send_response(200)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)

    def redirect(self, url):
        self.send_response(302)
        self.send_header("Location", url)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    """`site.show(log)` puts a log's files on the web; `site.files` can be spoilt."""
    files = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, files))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/ledger/"
    yield SimpleNamespace(files=files, url=url, show=lambda log: files.update(log.files()))
    server.shutdown()
    server.server_close()


@pytest.fixture
def look(site, tmp_path, capsys):
    def run(*, key=None, at=NOW, url=site.url):
        key = key or Key()
        keep = ["--keep", str(tmp_path / "keep")]
        capsys.readouterr()
        code = witness.main([url, "--origin", key.origin, "--key", key.text, *keep, "--at", at])
        return SimpleNamespace(code=code, text=capsys.readouterr().out)

    return run


@pytest.fixture
def kept(tmp_path):
    """The bytes of what is kept, and the head they hold."""

    def read():
        data = (tmp_path / "keep/kept.json").read_bytes()
        _, size, root, *_ = json.loads(data)["checkpoint"].split("\n")
        return data, f"{size} {verify.unbase64(root).hex()}"

    return read


def test_the_first_head_is_kept_and_the_next_must_continue_it(site, look, kept):
    log = published()
    site.show(log)
    first = look()
    assert (first.code, f"已存：{log.head()}" in first.text) == (10, True)
    assert (look().code, kept()[1]) == (0, log.head())
    for _ in range(300):
        log.write("confirm", at=NOW)
    site.show(log)
    answer = look()
    assert (answer.code, f"已存：{log.head()}" in answer.text) == (0, True)
    assert kept()[1] == log.head()


def test_only_what_is_new_is_fetched(site, look):
    log = published(more=300)
    site.show(log)
    assert look().code == 10
    log.write("confirm", at=NOW)
    site.show(log)
    del site.files["entries/00000.jsonl"]
    assert look().code == 0


@pytest.mark.parametrize("size", [7, 9])
def test_a_rewritten_log_is_a_conflict_and_the_old_head_stays(site, look, kept, judge, size):
    log, forged = published(), published(seed=2)
    site.show(log)
    look()
    before = kept()
    while len(forged.entries) < size:
        forged.write("confirm", at=NOW)
    site.show(forged)
    answer = look()
    assert (answer.code, "存证出现矛盾" in answer.text, kept()) == (30, True, before)
    proof = Path(answer.text.split("证据写在 ")[1].split("\n")[0])
    told = judge.on("--check-fork", str(proof))
    assert (told.code, "两方都有签名" in told.text) == (30, True)


def test_a_log_cut_back_is_a_conflict_and_the_old_head_stays(site, look, kept):
    log, shorter = published(), published(more=2)
    site.show(log)
    look()
    before = kept()
    site.show(shorter)
    assert (look().code, kept()) == (30, before)


@pytest.mark.parametrize("size", [5, 7])
def test_a_smaller_or_other_head_is_a_conflict_even_if_the_entries_are_gone(site, look, kept, size):
    site.show(published())
    look()
    before = kept()
    site.files["checkpoint"] = published(seed=2).checkpoint(size).encode()
    del site.files["entries/00000.jsonl"]
    assert (look().code, kept()) == (30, before)


def test_a_stale_log_is_said_to_be_stale_and_is_kept(site, look, kept):
    log = published()
    site.show(log)
    assert look(at="2026-11-25T00:00:00Z").code == 20
    assert look(at="2026-11-25T00:00:00Z").code == 20
    assert kept()[1] == log.head()
    assert look(at="2026-11-20T11:00:00Z").code == 50


def entries_exchanged(files):
    a, b, *rest = files["entries/00000.jsonl"].split(b"\n")
    files["entries/00000.jsonl"] = b"\n".join([b, a, *rest])


def entries_cut_off(files):
    files["entries/00000.jsonl"] = files["entries/00000.jsonl"][:-20]


def entries_of_another(files):
    files["entries/00000.jsonl"] = published(seed=2).files()["entries/00000.jsonl"]


def checkpoint_of_another(files):
    files["checkpoint"] = published(key=Key(b"2")).checkpoint().encode()


@pytest.mark.parametrize(
    "spoil", [entries_exchanged, entries_cut_off, entries_of_another, checkpoint_of_another]
)
def test_what_is_not_the_signed_log_is_invalid_and_nothing_is_kept(site, look, tmp_path, spoil):
    site.show(published())
    spoil(site.files)
    assert look().code == 40
    assert os.listdir(tmp_path / "keep") == ["lock"]


def test_time_that_goes_back_after_the_kept_head_is_invalid(site, look, kept):
    log = published()
    site.show(log)
    look()
    before = kept()
    log.write("confirm", at=hour(1))
    site.show(log)
    assert (look().code, kept()) == (40, before)


def drip(handler):
    handler.send(b"x" * 100, length=200)


def flood(handler):
    handler.send(b"x" * (witness.SMALL + 1))


def elsewhere(handler):
    port = handler.server.server_port
    handler.redirect(f"http://localhost:{port}/ledger/copy")


def to_a_file(handler):
    handler.redirect("file:///etc/hostname")


@pytest.mark.parametrize("answer", [None, drip, flood, elsewhere, to_a_file])
def test_what_cannot_be_fetched_is_no_verdict_and_nothing_moves(site, look, kept, answer):
    site.show(published())
    look()
    before = kept()
    site.files["copy"] = site.files["checkpoint"]
    site.files["checkpoint"] = answer
    told = look()
    assert (told.code, "checkpoint" in told.text, kept()) == (50, True, before)


def test_a_redirect_within_the_host_is_followed(site, look):
    site.show(published())
    site.files["copy"] = site.files["checkpoint"]
    site.files["checkpoint"] = lambda handler: handler.redirect("/ledger/copy")
    assert look().code == 10


def test_a_site_that_dribbles_for_ever_is_given_up(site, look, monkeypatch):
    monkeypatch.setattr(witness, "PATIENCE", -1)
    site.show(published())
    answer = look()
    assert (answer.code, "过大或过慢" in answer.text) == (50, True)


@pytest.mark.parametrize("url", ["ftp://school.example/", "http://127.0.0.1:9/"])
def test_no_site_at_the_address_is_no_verdict(look, url):
    assert look(url=url).code == 50


def test_files_of_this_machine_are_no_site(look, tmp_path):
    folder = published().lay_out(tmp_path / "ledger")
    assert look(url=folder.as_uri()).code == 50


def test_a_log_without_entries_is_no_verdict(site, look):
    site.files["checkpoint"] = Key().sign(0, verify.Tree().root()).encode()
    assert look().code == 50


def test_a_kept_head_that_cannot_be_read_is_not_replaced(site, look, kept, tmp_path):
    site.show(published())
    look()
    path = tmp_path / "keep/kept.json"
    whole = path.read_bytes()
    peak = json.loads(whole)["peaks"][0].encode()
    for spoilt in (b"", whole[:-1], whole.replace(peak, peak[::-1]), b"{}"):
        path.write_bytes(spoilt)
        answer = look()
        assert (answer.code, path.read_bytes()) == (50, spoilt)
    path.write_bytes(whole)
    assert (look(key=Key(b"2")).code, path.read_bytes()) == (50, whole)


def test_the_head_is_on_disk_before_it_is_told(site, look, monkeypatch):
    done = []

    def noted(name, function):
        def call(*arguments):
            done.append(name)
            return function(*arguments)

        return call

    site.show(published())
    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    monkeypatch.setattr(verify, "say", noted("say", verify.say))
    assert look().code == 10
    assert done[:4] == ["fsync", "replace", "fsync", "say"]


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_head_and_says_so(
    site, look, kept, tmp_path, monkeypatch, name
):
    log = published()
    site.show(log)
    look()
    before = kept()
    log.write("confirm", at=NOW)
    site.show(log)

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, name, fail)
        answer = look()
    assert (answer.code, "已存" in answer.text, kept()) == (50, False, before)
    assert sorted(os.listdir(tmp_path / "keep")) == ["kept.json", "lock"]
    assert look().code == 0


def test_of_two_runs_at_once_the_later_waits_and_the_head_never_goes_back(site, tmp_path, kept):
    log, begun, go = published(), threading.Event(), threading.Event()
    old = log.checkpoint().encode()
    site.show(log)

    def slow(handler):
        site.files["checkpoint"] = new
        begun.set()
        go.wait(10)
        handler.send(old)

    log.write("confirm", at=NOW)
    site.show(log)
    new, site.files["checkpoint"] = site.files["checkpoint"], slow
    pins = ["--origin", Key().origin, "--key", Key().text, "--keep", str(tmp_path / "keep")]
    runs = [threading.Thread(target=witness.main, args=([site.url, *pins],)) for _ in range(2)]
    runs[0].start()
    assert begun.wait(10)
    runs[1].start()
    runs[1].join(0.5)
    go.set()
    for run in runs:
        run.join(10)
    assert kept()[1] == log.head()


def test_it_stands_alone_beside_the_verifier_and_in_the_portal(site, tmp_path, capsys):
    log = published()
    site.show(log)
    for module in (witness, verify):
        shutil.copy(module.__file__, tmp_path)
    pins = ["--origin", Key().origin, "--key", Key().text, "--keep", "keep", "--at", NOW]
    done = subprocess.run(
        [sys.executable, "-E", "-s", "witness.py", site.url, *pins],
        cwd=tmp_path,
        capture_output=True,
    )
    assert (done.returncode, log.head() in done.stdout.decode()) == (10, True)
    pins[5] = str(tmp_path / "keep")
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "witness", site.url, *pins])
    assert ended.value.code == 0
