"""Processes side by side: they start together and stop together."""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

READY_WITHIN = 60
STOP_WITHIN = 12


class NotStarted(Exception):
    """The demo cannot start or go on; the message is a sentence for whoever started it."""


class Address(NamedTuple):
    """Where the web server listens."""

    host: str
    port: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Address":
        """HOST (127.0.0.1) and PORT (8000)."""
        port = environment.get("PORT") or "8000"
        if not (port.isdecimal() and 0 < int(port) < 65536):
            raise NotStarted(_("PORT要写1到65535之间的整数，现在是“%(port)s”。") % {"port": port})
        return cls(environment.get("HOST") or "127.0.0.1", int(port))

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_local(self) -> bool:
        return self.host in ("127.0.0.1", "localhost", "::1")

    @property
    def nearby(self) -> str:
        """The host under which this machine reaches itself."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  a key

    @property
    def url(self) -> str:
        return f"http://{self._replace(host=self.nearby).bind}"

    def must_be_free(self) -> None:
        try:
            family, _type, _proto, _name, place = socket.getaddrinfo(
                self.host, self.port, type=socket.SOCK_STREAM
            )[0]
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
        except OSError as problem:
            sentence = _("无法使用%(address)s（%(cause)s），请用PORT另选一个端口。")
            raise NotStarted(
                sentence % {"address": self.bind, "cause": problem.strerror}
            ) from problem

    def answers(self) -> bool:
        """Whether `/healthz` says that the portal is ready."""
        visit = http.client.HTTPConnection(self.nearby, self.port, timeout=2)
        try:
            visit.request("GET", "/healthz", headers={"Host": f"localhost:{self.port}"})
            return visit.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            visit.close()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else runs a demo on this data directory."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sentence = _("数据目录%(path)s上已有一个演示在运行，请先停止它。")
            raise NotStarted(sentence % {"path": folder}) from None
        yield


def run_together(
    commands: Mapping[str, list[str]],
    *,
    environment: dict[str, str],
    address: Address,
    when_ready: Callable[[], None],
) -> None:
    """Run all until a signal says stop. When one ends by itself the others are stopped too."""
    told_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: told_to_stop.set())
    children = {
        name: subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)  # noqa: S603  ours
        for name, command in commands.items()
    }
    try:
        _wait_until_ready(children, address, told_to_stop)
        if not told_to_stop.is_set():
            when_ready()
        while not told_to_stop.wait(0.5):
            _all_must_live(children, told_to_stop)
    finally:
        _stop(children.values())


def _wait_until_ready(children, address, told_to_stop):
    deadline = time.monotonic() + READY_WITHIN
    while not told_to_stop.wait(0.1) and not address.answers():
        _all_must_live(children, told_to_stop)
        if time.monotonic() > deadline:
            raise NotStarted(_("网站没有在一分钟内就绪，演示已停止。"))


def _all_must_live(children, told_to_stop):
    """A signal from the terminal reaches children and parent alike, in either order."""
    ended = [name for name, child in children.items() if child.poll() is not None]
    if ended and not told_to_stop.wait(0.5):
        sentence = _("进程%(name)s意外结束（代码%(code)s），演示已全部停止。")
        raise NotStarted(sentence % {"name": ended[0], "code": children[ended[0]].returncode})


def _stop(children):
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
