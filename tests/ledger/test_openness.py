"""When a verifier may insist on content: an edition that the log says everybody can read now."""

import pytest

from portal.ledger.verify import required
from tests.ledger.forging import NOW, PLAN, Log, hour

LATER = "2026-11-21T00:00:00.000000Z"
NOON = hour(12)


def plan(opens=NOON, closes=None):
    return {"address": "/n/1/", "opens": opens, "closes": closes}


def told(*entries):
    """A log of (kind, edition, public)."""
    log = Log()
    for kind, edition, public in entries:
        facts = {"ground": "error"} if kind in ("withdraw", "take_down") else {}
        log.write(kind, edition=edition, public=public, **facts)
    return log.entries


FIRST, SECOND = ("publish", 1, plan()), ("correct", 2, plan(NOW))


@pytest.mark.parametrize(
    "entries, seqs",
    [
        ([FIRST], {0}),
        ([("emergency", 1, plan())], {0}),
        ([("publish", 1, None)], set()),
        ([("publish", 1, plan(LATER))], set()),
        ([("publish", 1, plan(closes=NOW))], set()),
        ([("publish", 1, plan(closes=LATER))], {0}),
        ([FIRST, SECOND], {1}),
        ([FIRST, ("correct", 2, plan(LATER))], {0}),
        ([FIRST, ("correct", 2, None)], set()),
        ([FIRST, ("correct", 2, None), ("cancel", 2, None)], {0}),
        ([FIRST, SECOND, ("cancel", 2, None)], {0}),
        ([FIRST, ("withdraw", 1, None)], set()),
        ([FIRST, ("take_down", 1, None), ("confirm", 1, None)], set()),
        ([FIRST, SECOND, ("withdraw", 2, None)], set()),
        ([FIRST, SECOND, ("take_down", 2, None), ("restore", 2, plan(NOON))], {1, 3}),
        ([FIRST, ("plan", 1, plan(closes=LATER)), ("plan", 1, plan())], {0, 2}),
        ([FIRST, ("plan", 1, None)], set()),
        ([FIRST, ("cancel", 1, None), FIRST], {2}),
        ([FIRST, ("confirm", 1, None), ("reply", 1, plan(LATER))], {0}),
    ],
)
def test_the_log_says_what_must_be_readable(entries, seqs):
    assert required(told(*entries), NOW) == seqs


def test_what_opens_or_closes_between_the_last_entry_and_now_is_not_insisted_on(judge):
    for public in (
        PLAN | {"opens": hour(30)},
        PLAN | {"opens": hour(1), "closes": hour(30)},
    ):
        log = Log()
        log.write("publish", public=public)
        log.anchor(at=hour(20))
        assert judge(log.bundle(shown=[]), head=log.head(), at=hour(40)).code == 0


def test_an_edition_for_an_inner_audience_may_keep_its_words_to_itself(judge):
    log = Log()
    log.write("publish", public=None)
    log.anchor()
    assert judge(log.bundle(shown=[]), head=log.head()).code == 0
    assert judge(log.bundle(), head=log.head()).code == 0
    bundle = log.bundle()
    bundle["entries"][0]["pieces"][0]["text"] = "/n/2/"
    assert judge(bundle, head=log.head()).code == 41
