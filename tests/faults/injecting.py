"""One act in a process of its own, with one fault at one of its system calls."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CALLS = [
    *("openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "unlink", "rename"),
    *("fcntl", "mkdir", "mmap", "fstat", "lseek"),
]
ATTACHED_WITHIN, DONE_WITHIN = 10, 60
DONE = "done"
MISSING = "strace is missing: apt-get install --no-install-recommends strace"


class Fault(NamedTuple):
    """What happens to the process at the `count`th call of this name."""

    call: str
    count: int
    kind: str

    @property
    def option(self) -> str:
        what = "signal=KILL" if self.kind == "SIGKILL" else f"error={self.kind}"
        return f"inject={self.call}:{what}:when={self.count}"


class Outcome(NamedTuple):
    """What the act said in the end, and how often it called what."""

    said: str
    called: dict[str, int]

    @property
    def is_acknowledged(self) -> bool:
        return self.said == DONE


def perform(act: Callable[[], None], folder: Path, fault: Fault | None = None) -> Outcome:
    """Fork, let strace take hold of the child, and let it perform the act."""
    if shutil.which("strace") is None:
        raise SystemExit(MISSING)
    go_read, go_write = os.pipe()
    said_read, said_write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go_write)
        os.close(said_read)
        _act(act, go_read, said_write)
    os.close(go_read)
    os.close(said_write)
    trace = folder / "trace"
    tracer = _attach(child, trace, fault)
    os.write(go_write, b"g")
    os.close(go_write)
    said = _listen(said_read, child)
    tracer.wait(DONE_WITHIN)
    os.waitpid(child, 0)
    return Outcome(said.decode(errors="replace"), _count(trace))


def _act(act, go, said):
    """In the child: wait until watched, act, say so only once it is done."""
    code = 1
    try:
        os.read(go, 1)
        act()
        os.write(said, DONE.encode())
        code = 0
    except Exception as problem:
        os.write(said, str(problem).encode())
    finally:
        os._exit(code)


def _attach(child, trace, fault):
    command = ["strace", "-qq", "-o", str(trace), "-p", str(child)]
    command += ["-e", f"trace={','.join(CALLS)}"]
    if fault:
        command += ["-e", fault.option]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  our own child
    deadline = time.monotonic() + ATTACHED_WITHIN
    while f"TracerPid:\t{tracer.pid}\n" not in Path(f"/proc/{child}/status").read_text():
        if tracer.poll() is not None or time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            raise SystemExit("strace could not take hold of the process.")
        time.sleep(0.002)
    return tracer


def _listen(said, child):
    with os.fdopen(said, "rb") as heard:
        return heard.read()


def _count(trace):
    found: dict[str, int] = {}
    for line in trace.read_text(errors="replace").splitlines():
        if called := re.match(r"(\w+)\(", line):
            found[called[1]] = found.get(called[1], 0) + 1
    return found
