"""Whether what a reader already holds is still what they would get: answered before rendering."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from portal.ledger.models import Act
from portal.ledger.moments import now, start_of, today
from portal.ledger.vocabulary import ActName

ROWS = 101
ACTS = 20
SETTLED = timedelta(seconds=10)
STARTED = datetime.now(UTC)
CODE = {".py", ".html", ".txt", ".mo", ".csv"}
FOLDERS = ("templates", "portal", "disclosures", "feedback", "committees")
# What is done to drafts, letters and accounts changes nothing that everybody can read.
UNSEEN = [
    ActName(name)
    for name in (
        *("draft", "edit", "attach", "detach", "submit", "recall", "send_back", "approve"),
        *("discard", "correct", "propose_withdrawal", "propose_restoration", "decline"),
        *("propose_redaction",),
        *("comment", "settle_comment", "share", "revoke_share", "open_share", "assign"),
        *("affiliate", "end_affiliation", "activate", "reset_password", "change_password"),
        *("receive_letter", "reply", "issue_code", "revoke_code", "roll_back", "export"),
        *("set_share", "look_at", "ask", "answer"),
    )
]


class Version(NamedTuple):
    """The name of what a reader sees now, and the last moment at which it can have changed."""

    etag: str
    modified: datetime | None


def version_of(releases, *facts: object) -> Version:
    """Name what a page or feed made from these releases and `facts` shows now.

    Two short walks of an index, whatever the size of the board: the newest releases, and the
    last acts (every change of anything is one, and one that commits late still shows among
    them). What closes by the clock alone does so at midnight. The program's own text counts,
    so that an update of it changes every version.
    """
    shown = list(releases.order_by("-opens_at", "-id").values_list("pk", "opens_at")[:ROWS])
    acts = Act.objects.exclude(name__in=UNSEEN).order_by("-pk").values_list("pk", "at")[:ACTS]
    known = [*shown, *acts]
    place = (settings.SITE_URL, build())
    told = repr((len(shown), [pk for pk, _moment in known], today(), facts, place))
    etag = hashlib.sha256(told.encode()).hexdigest()[:32]
    return Version(f'W/"{etag}"', _last(moment for _pk, moment in known))


def _last(moments):
    """The last moment, to the second; none while another change may still fall into it."""
    last = max([start_of(today()), STARTED, *moments])
    return last.replace(microsecond=0) if now() - last > SETTLED else None


def unless_held(
    request: HttpRequest, version: Version, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer 304 if the reader holds this version, else what `make()` renders, with its name."""
    stamp = int(version.modified.timestamp()) if version.modified else None
    held = get_conditional_response(request, etag=version.etag, last_modified=stamp)
    response = held or make()
    if response.status_code in (200, 304):
        response["ETag"] = version.etag
        if stamp:
            response["Last-Modified"] = http_date(stamp)
    return response


@cache
def build() -> str:
    """A digest of the program's own text: pages of another release of it are other pages."""
    found = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for folder in FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in CODE and path.is_file():
                found.update(path.read_bytes())
    return found.hexdigest()
