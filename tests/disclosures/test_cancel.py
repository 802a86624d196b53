from datetime import timedelta

import pytest

from disclosures.models import Edition, Release, State
from portal.ledger.moments import as_of, now
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def cancel(edition, by):
    edition.cancel(by=by, reason="改期")


@pytest.fixture
def scheduled(stage):
    return stage.published(opens_at=now() + timedelta(days=3))


def test_a_publication_that_has_not_begun_is_undone(cast, scheduled):
    cancel(scheduled, cast.office)
    stored = Edition.objects.get(pk=scheduled.pk)
    assert (stored.state, stored.sealed_at, stored.digest) == (State.APPROVED, None, "")
    assert stored.disclosure.index_number is None
    with as_of(now() + timedelta(days=4)):
        assert not Release.objects.visible_to(PUBLIC).exists()


def test_it_records_one_act_the_emptied_plan_and_the_burnt_number(cast, scheduled, recording):
    with recording() as record:
        cancel(scheduled, cast.office)
    assert told(record.act) == ("cancel", "公开办主任", "first", "K12-E", "K12-E01", "改期")
    assert concerns(record.act, scheduled)
    assert record.history == {"Edition": 1, "Disclosure": 1, "Release": 1}
    assert record.messages == set()


def test_the_office_and_the_last_step_may_and_nobody_else(scheduled, only):
    only(scheduled, cancel, may={"office", "principal"}, sentence=not_yours("取消公开"))


def test_what_is_approved_has_nothing_to_cancel(cast, stage, refused):
    edition = stage.approved()
    with refused(wrong_state("待公开", "取消公开")):
        cancel(edition, cast.office)


def test_what_has_opened_is_not_cancelled(cast, scheduled, refused):
    with as_of(now() + timedelta(days=3)), refused(not_yours("取消公开")):
        cancel(scheduled, cast.office)


def test_it_can_be_published_again_under_the_next_number(cast, scheduled):
    cancel(scheduled, cast.office)
    scheduled.publish(by=cast.office)
    assert scheduled.disclosure.index_number.endswith("-00002")
