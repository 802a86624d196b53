from datetime import timedelta

import pytest

from disclosures.models import Edition, Release, State
from portal.ledger.moments import as_of, now, today
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import SECOND_PERSON, concerns, not_yours, told, wrong_state


def restore(edition, by):
    edition.restore(by=by, reason="同意")


@pytest.fixture
def proposed(cast, stage):
    edition = stage.withdrawn()
    edition.propose_restoration(by=cast.office, reason="核实无误")
    return edition


def test_the_second_person_brings_it_back_under_the_same_number(cast, proposed):
    number = proposed.disclosure.index_number
    assert not Release.objects.visible_to(PUBLIC).exists()
    restore(proposed, cast.principal)
    stored = Edition.objects.get(pk=proposed.pk)
    assert (stored.state, stored.withdrawn_at, stored.withdrawal_ground) == (
        State.PUBLISHED,
        None,
        "",
    )
    assert Release.objects.visible_to(PUBLIC).get().edition == stored
    assert stored.disclosure.index_number == number
    assert stored.digest == stored.content_digest()


def test_it_records_one_act_a_new_release_and_the_settled_proposal(cast, proposed, recording):
    with recording() as record:
        restore(proposed, cast.principal)
    assert told(record.act) == ("restore", "校长", "first", "K12-E", "K12-E01", "同意")
    assert concerns(record.act, proposed)
    assert record.history == {"Edition": 1, "Proposal": 1, "Release": 1}
    assert record.messages == set()


def test_office_and_principal_may_but_not_who_proposed(proposed, only):
    only(
        proposed,
        restore,
        may={"principal"},
        sentence=not_yours("恢复公开"),
        told={"office": SECOND_PERSON},
    )


def test_without_a_proposal_nobody_may(stage, only):
    only(stage.withdrawn(), restore, may=set(), sentence=not_yours("恢复公开"))


def test_what_one_person_took_down_another_may_restore_directly(cast, stage, only):
    edition = stage.published()
    edition.take_down(by=cast.office, ground="other", reason="待核实")
    only(
        edition,
        restore,
        may={"principal"},
        sentence=not_yours("恢复公开"),
        told={"office": SECOND_PERSON},
    )


def test_what_is_public_is_not_restored(cast, stage, refused):
    edition = stage.published()
    with refused(wrong_state("已公开", "恢复公开")):
        restore(edition, cast.principal)


def test_after_its_last_day_it_does_not_come_back(cast, stage, refused):
    edition = stage.withdrawn(closes_on=today())
    edition.propose_restoration(by=cast.office, reason="核实无误")
    with (
        as_of(now() + timedelta(days=1)),
        refused("公开期限已经届满，不能恢复；如需再次公开，请另行起草。"),
    ):
        restore(edition, cast.principal)


def test_a_text_that_was_corrected_meanwhile_does_not_come_back(cast, stage, refused):
    first = stage.published()
    second = first.correct(by=cast.editor)
    first.take_down(by=cast.head, ground="error", reason="有误")
    second.edit(by=cast.editor, version=second.version, change_note="改金额")
    second.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        second.approve(by=reviewer, seen=second.content_digest())
    second.publish(by=cast.office)
    with refused(not_yours("恢复公开")):
        restore(Edition.objects.get(pk=first.pk), cast.principal)
    assert Release.objects.visible_to(PUBLIC).get().edition == second
