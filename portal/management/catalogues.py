"""The translation catalogues, read, brought up to date and compiled by Babel.

No gettext tools need be installed. Message ids are simplified Chinese.
"""

import os
import re
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from opencc import OpenCC

LOCALES = {"zh_Hant": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
QUOTES = str.maketrans("“”‘’", "「」『』")
HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue_path(locale: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    """The catalogue as it stands, empty if there is none yet."""
    path = catalogue_path(locale)
    source = path.read_bytes() if path.exists() else _header(locale)
    return read_po(BytesIO(source), locale=locale, domain="django")


def bring_up_to_date(locale: str, found: Catalog) -> int:
    """Add what is new, drop what is gone; returns how many messages are still untranslated.

    New messages in traditional characters are filled by conversion, to be read over.
    """
    catalogue = read(locale)
    catalogue.update(deepcopy(found), no_fuzzy_matching=True)
    if locale == "zh_Hant":
        _convert(catalogue)
    path = catalogue_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(
        out,
        catalogue,
        width=100,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
        omit_header=True,
    )
    path.write_bytes(_header(locale) + out.getvalue())
    return sum(bool(message.id) and not _is_translated(message) for message in catalogue)


def problems(locale: str, found: Catalog) -> list[str]:
    """What is missing, left over or broken in a catalogue, one line each."""
    catalogue = read(locale)
    known = {_key(message): message for message in catalogue if message.id}
    wanted = {_key(message): message for message in found if message.id}
    told = [
        f"{locale}: not in the code any more: {key[1]!r}" for key in known.keys() - wanted.keys()
    ]
    for key in wanted:
        message = known.get(key)
        if message is None or not _is_translated(message) or message.fuzzy:
            told.append(f"{locale}: not translated: {key[1]!r}")
        elif locale == "en" and _is_left_chinese(message):
            told.append(f"{locale}: still Chinese: {message.string!r}")
        elif not _keeps_placeholders(message):
            told.append(f"{locale}: other placeholders than {key[1]!r}: {message.string!r}")
    return sorted(told)


def compile_catalogues() -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many were."""
    stale = [locale for locale in LOCALES if _is_stale(catalogue_path(locale))]
    for locale in stale:
        _compile(locale)
    return len(stale)


def _header(locale):
    return (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {locale}\\n"\n"Plural-Forms: {LOCALES[locale]}\\n"\n\n'
    ).encode()


def _convert(catalogue):
    converter = OpenCC("s2twp")
    for message in catalogue:
        if message.id and not _is_translated(message):
            plural = isinstance(message.id, tuple)
            source = message.id[0] if plural else message.id
            converted = converter.convert(source).translate(QUOTES)
            message.string = (converted,) if plural else converted


def _key(message: Message):
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def _is_translated(message):
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _is_left_chinese(message):
    """More Chinese than a name or title quoted inside an English sentence would be.

    A language's own name stays in its own script.
    """
    if message.id in dict(settings.LANGUAGES).values():
        return False
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return any(len(HAN.findall(form)) * 3 > len(form) for form in forms)


def _keeps_placeholders(message):
    """Each form holds exactly the placeholders of the (plural) message id."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    ids = (message.id,) if isinstance(message.id, str) else message.id
    allowed = [sorted(PLACEHOLDER.findall(one)) for one in ids]
    return all(sorted(PLACEHOLDER.findall(form)) in allowed for form in forms)


def _is_stale(source):
    compiled = source.with_suffix(".mo")
    return source.exists() and (
        not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
    )


def _compile(locale):
    """Written beside and renamed, so that a process starting meanwhile reads a whole file."""
    source = catalogue_path(locale)
    unfinished = source.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as out:
        write_mo(out, read(locale))
    unfinished.replace(source.with_suffix(".mo"))
