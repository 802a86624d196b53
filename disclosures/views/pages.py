"""Pages of a list in time: each begins after a row, never at a count of rows."""

from datetime import datetime
from typing import NamedTuple

from django.core import signing
from django.db.models import Q

from disclosures.models import Release

SIZE = 20
SALT = "disclosures.page"


class Page(NamedTuple):
    """The rows of one page, the key of the next, and whether the key asked for was ours."""

    rows: list
    next_key: str
    is_first: bool
    key_is_known: bool


def page_of(releases, key, *, size=SIZE):
    """The page of `releases` that follows the row whose key this is; the first for any other.

    Keys are signed: moments and ids a reader invents never reach the database.
    """
    after = _read(key)
    if after:
        opens_at, last = after
        # AND, not OR: both databases then walk the index from here. And first: of two bounds on
        # `opens_at` SQLite begins at the one it reads first, which must not be the present.
        beyond = Release.objects.filter(
            Q(opens_at__lt=opens_at) | Q(id__lt=last), opens_at__lte=opens_at
        )
        releases = beyond & releases
    rows = list(newest_first(releases)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _key(rows[-1]) if more else "", after is None, bool(after) or not key)


def newest_first(releases):
    """Releases with what a row shows of them; bodies, which may be long, stay where they are."""
    rows = releases.with_rows().select_related("disclosure__school").defer("edition__body")
    return rows.order_by("-opens_at", "-id")


def _key(release):
    return signing.Signer(salt=SALT).sign_object([release.opens_at.isoformat(), release.pk])


def _read(key):
    try:
        opens_at, last = signing.Signer(salt=SALT).unsign_object(key)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(opens_at), last
