"""Running the checks: over one state of the database, each whatever becomes of the others."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.ledger.checking.finding import Finding

logger = logging.getLogger(__name__)

Check = Callable[[], Iterable[Finding]]
Checks = dict[str, Check]


def findings_of(checks: Checks) -> Iterator[Finding]:
    """What the checks find, as they find it. One that fails is itself a finding (50)."""
    with snapshot():
        for name, check in checks.items():
            yield from _run(name, check)


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything read inside be of one moment; people go on writing meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # A block of Django's would be IMMEDIATE and keep every writer out.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _run(name: str, check: Check) -> Iterator[Finding]:
    # A statement that fails must not take the whole of PostgreSQL's transaction with it.
    block = transaction.atomic if connection.in_atomic_block else nullcontext
    try:
        with block():
            yield from check()
    except Exception as problem:
        logger.exception("The check %s of the ledger failed.", name)
        yield Finding(50, name, _("这一项没有查完。"), f"{type(problem).__name__}: {problem}"[:300])
