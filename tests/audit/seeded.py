"""A seeded portal of the audit's own: served as in production, gone when the audit is over."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.conf import settings
from django.db import connection
from django.test import Client

from disclosures.models import CatalogueEntry, Edition, Release
from portal.demo.running import Address
from portal.demo.start import commands_for, prepare
from portal.organisation.models import School, User
from tests.audit.tools import Unready
from tests.shown import complete

WITHIN = 60


@contextmanager
def serving(address: Address) -> Iterator[None]:
    """The demo's own web server, without the sweep beside it."""
    connection.close()
    server = subprocess.Popen(commands_for(address)["web"], cwd=settings.BASE_DIR, env=os.environ)
    try:
        deadline = time.monotonic() + WITHIN
        while not address.answers():
            if server.poll() is not None or time.monotonic() > deadline:
                raise Unready("The portal to be audited did not start.")
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def seeded() -> SimpleNamespace:
    """The demo, and of everything that has a page the thing to show."""
    prepare(reset=False, tell=lambda line: print(line, flush=True))
    school = School.objects.get(slug="shiyan")
    texts = Edition.objects.filter(disclosure__school=school)
    board = Edition.objects.filter(pk__in=Release.objects.public().values("edition"))
    public = board.filter(disclosure__school=school)
    once_public = texts.filter(pk__in=Release.objects.filter(audience="public").values("edition"))
    drafts = texts.filter(state="draft", based_on=None).order_by("drafted_at")
    notice = public.filter(attachments__isnull=False, body__contains="<table").first()
    draft = next(each for each in drafts if each.audiences == ["public"])
    shown = SimpleNamespace(
        school=school,
        other_school=School.objects.get(slug="dierzhong"),
        department=draft.disclosure.department,
        entry=notice.disclosure.entry,
        entry_taken_in=CatalogueEntry.objects.in_force().get(code="K12-A04"),
        word="收费",
        notice=notice,
        typed=public.filter(sheet__kind="fees").latest("drafted_at"),
        accounts=board.filter(sheet__kind="account").latest("drafted_at"),
        urgent=public.get(unconfirmed="emergency"),
        gone=once_public.get(state="withdrawn"),
        draft=draft,
        **{name: User.objects.get(username=name) for name in ("editor", "office", "supervisor")},
    )
    return complete(shown)


def cookie_of(user: User) -> str:
    """The key of a session in which the person has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value
