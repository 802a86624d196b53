"""Prepare a portal of its own on SQLite; only then can the models be imported."""

import importlib
import os
import sys
import tempfile
from pathlib import Path

import django

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    for name in ("DATABASE_URL", "REDIS_URL", "PRODUCTION"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="portal.settings")
        django.setup()
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 0
        sys.exit(importlib.import_module("tests.faults.proving").main(wanted))
