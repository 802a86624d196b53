"""Pages that cost SQLite's machine the same steps however many notices there are."""

from functools import partial

import pytest
from django.db import connection, transaction

from disclosures.models import Release
from disclosures.views.now import happening
from portal.ledger.log import append
from tests.bench import generator
from tests.bench.pages import asks

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="counts SQLite's steps")
FEW, MANY = 500, 5000
GROWTH = 1.2
PAGES = ("list", "list, deep", "school's list", "feed", "school's feed", "notice", "search")
PROOFS = ("verification", "bundle", "checkpoint", "tile", "pieces")


@pytest.fixture
def bench(db, monkeypatch):
    monkeypatch.setattr(generator, "SCHOOLS", 3)
    return generator.Generator()


def test_pages_cost_the_same_at_ten_times_as_many_notices(bench, client):
    few = grown(bench, FEW, client)
    many = grown(bench, MANY, client)
    assert min(few.values()) > 1
    growth = {name: many[name] / few[name] for name in few}
    assert {name: times for name, times in growth.items() if times > GROWTH} == {}


def grown(bench, count, client):
    """The steps each page takes once there are so many notices and the planner knows it."""
    bench.write([bench.notice(number) for number in reversed(range(bench.count, count))])
    bench.count = count
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = asks(bench)
    told = {name: steps_of(partial(client.get, asked[name].path)) for name in (*PAGES, *PROOFS)}
    told["entry"] = steps_of(an_entry)
    return told | {"now": steps_of(lambda: happening(Release.objects.public()))}


def an_entry():
    """Appended, and taken back."""
    with transaction.atomic():
        append("anchor", facts={"acts": 0, "root": "0" * 64})
        transaction.set_rollback(True)


def steps_of(ask):
    """Tens of steps; the first time also fills what is kept for the next."""
    ask()
    steps = []
    connection.connection.set_progress_handler(lambda: steps.append(1), 10)
    ask()
    connection.connection.set_progress_handler(None, 10)
    return len(steps)
