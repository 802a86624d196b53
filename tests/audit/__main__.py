"""Give the audit a portal of its own; only then can its models be imported."""

import importlib
import os
import socket
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent
SHAPE = ("DATABASE_URL", "REDIS_URL", "PRODUCTION", "STATIC_ROOT", "ALLOWED_HOSTS")


def main() -> int:
    tools = importlib.import_module("tests.audit.tools")
    try:
        tools.ready()
        with tempfile.TemporaryDirectory(prefix="portal-audit-") as folder:
            return audit(folder)
    except tools.Unready as problem:
        print(problem, file=sys.stderr)
        return 1


def audit(folder: str) -> int:
    for name in SHAPE:
        os.environ.pop(name, None)
    port = free_port()
    os.environ.update(
        DATA_DIR=folder,
        SITE_URL=f"http://127.0.0.1:{port}",
        DJANGO_SETTINGS_MODULE="tests.audit.settings",
    )
    django.setup()
    address = importlib.import_module("portal.demo.running").Address("127.0.0.1", port)
    return importlib.import_module("tests.audit.run").run(address)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
