"""The translation catalogues: compiled by Babel, so that no gettext tools need be installed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

LOCALES = ("zh_Hant", "en")


def catalogue_path(locale: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many were."""
    sources = [path for path in map(catalogue_path, LOCALES) if path.exists()]
    stale = [path for path in sources if _is_stale(path)]
    for path in stale:
        _compile(path)
    return len(stale)


def _is_stale(source):
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source):
    """Written beside and renamed, so that a process starting meanwhile reads a whole file."""
    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=source.parent.parent.name, domain="django")
    unfinished = source.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as out:
        write_mo(out, catalogue)
    unfinished.replace(source.with_suffix(".mo"))
