"""Eight writers at once, some of whom fail: the log has no gaps and one order."""

import os
import threading

import pytest
from django.db import connection, transaction

from portal.ledger.log import append
from portal.ledger.merkle import leaf_hash, root, root_of
from portal.ledger.models import LedgerEntry, Node, Tail

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
WRITERS, EACH = 8, int(os.environ.get("LEDGER_ROUNDS", "6"))


def write(number, faults):
    """Every third act breaks after its entry, as a refused one would."""
    try:
        for count in range(EACH):
            try:
                with transaction.atomic():
                    append("publish", item=f"{number}", edition=count)
                    if count % 3 == 2:
                        raise InterruptedError
            except InterruptedError:
                continue
    except Exception as fault:
        faults.append(fault)
    finally:
        connection.close()


def test_eight_writers_leave_no_gap(transactional_db):
    faults = []
    threads = [threading.Thread(target=write, args=(n, faults)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert faults == []
    entries = list(LedgerEntry.objects.all())
    kept = WRITERS * (EACH - EACH // 3)
    assert [entry.told["seq"] for entry in entries] == list(range(kept))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert Tail.objects.get().size == kept
    assert root_of(kept, Node.objects.fetch) == root([leaf_hash(bytes(e.raw)) for e in entries])
    for number in range(WRITERS):
        own = [entry for entry in entries if entry.item == str(number)]
        assert [e.told["prev"] for e in own] == [None, *(e.seq for e in own[:-1])]
