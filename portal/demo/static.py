"""Static files are collected again only when one of them has changed."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> bool:
    """Collect unless the same files were collected before; returns whether it had to.

    The folder is emptied first (an older file may replace a newer one), unless it was chosen
    by the environment and may hold something else.
    """
    note = Path(settings.STATIC_ROOT) / ".collected-from"
    present = fingerprint()
    if note.exists() and note.read_text() == present:
        return False
    own = note.parent == Path(settings.DATA_DIR) / "static"
    call_command("collectstatic", interactive=False, verbosity=0, clear=own)
    note.write_text(present)
    return True


def fingerprint() -> str:
    """A digest over path, size and time of every static file there is, and how they are kept."""
    found = sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            found.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return found.hexdigest()
