"""Give the bench a database of its own; only then can the models be imported."""

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
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="portal.settings")
        django.setup()
        importlib.import_module("tests.bench.measuring").main()
