"""Finding every translatable sentence: in Python by Babel, in templates by Django itself."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGES = ("portal", "disclosures", "feedback", "committees")
PLAIN, PLURAL = None, (1, 2)
IN_CONTEXT, PLURAL_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {"_": PLAIN} | {
    f"{name}{lazy}": spec
    for lazy in ("", "_lazy", "_noop")
    for name, spec in {
        "gettext": PLAIN,
        "ngettext": PLURAL,
        "pgettext": IN_CONTEXT,
        "npgettext": PLURAL_IN_CONTEXT,
    }.items()
}


def python_files() -> list[Path]:
    """Every module of the project but migrations, which repeat what the models say."""
    found = [path for name in PACKAGES for path in (settings.BASE_DIR / name).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def template_files() -> list[Path]:
    """Every template, those for e-mail included."""
    roots = [settings.BASE_DIR / "templates"]
    roots += [settings.BASE_DIR / name / "templates" for name in PACKAGES]
    return sorted(path for root in roots for path in root.rglob("*.*") if path.is_file())


def extract() -> Catalog:
    """All messages with the files they stand in; message ids are simplified Chinese."""
    catalogue = Catalog(domain="django")
    for path in python_files():
        _add(catalogue, path, path.read_bytes())
    for path in template_files():
        _add(catalogue, path, _as_calls(path))
    return catalogue


def _as_calls(path):
    """Django blanks out all but the calls; without indentation the rest is a list of names."""
    calls = templatize(path.read_text(), origin=str(path))
    return re.sub(r"^[ \t]+", "", calls, flags=re.MULTILINE).encode()


def _add(catalogue, path, source):
    place = str(path.relative_to(settings.BASE_DIR))
    for function, told in _calls(source):
        context, ids = _read(KEYWORDS[function], told)
        catalogue.add(ids, context=context, locations=[(place, 0)])


def _calls(source: bytes) -> Iterator[tuple[str, tuple]]:
    for _line, function, told, _comments in extract_python(
        BytesIO(source), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        told = told if isinstance(told, tuple) else (told,)
        if told[0]:
            yield function, told


def _read(spec, told):
    """The context, if any, and the message id or the pair of singular and plural."""
    if spec is PLAIN:
        return None, told[0]
    if spec is PLURAL:
        return None, told[:2]
    context, *ids = told[: len(spec)]
    return context, ids[0] if len(ids) == 1 else tuple(ids)
