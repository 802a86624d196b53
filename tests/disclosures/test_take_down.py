from datetime import timedelta

import pytest

from disclosures.models import Edition, Release, State
from portal.ledger.moments import as_of, now
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def take_down(edition, by):
    edition.take_down(by=by, ground="personal", reason="含手机号")


def test_one_person_removes_what_does_harm_at_once(cast, stage):
    edition = stage.published()
    take_down(edition, cast.head)
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.state, stored.unconfirmed, stored.unconfirmed_by) == (
        State.WITHDRAWN,
        "taken_down",
        cast.head,
    )
    assert (stored.withdrawal_ground, stored.withdrawal_reason) == ("personal", "含手机号")
    assert not Release.objects.visible_to(PUBLIC).exists()


def test_it_records_one_act_and_tells_the_second_persons(cast, stage, recording):
    edition = stage.published()
    with recording() as record:
        take_down(edition, cast.head)
    assert told(record.act) == ("take_down", "总务主任", "first", "K12-E", "K12-E01", "含手机号")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Release": 1}
    assert record.messages == {
        (name, "待确认：2026年秋季学期收费公示") for name in ("office", "principal")
    }


def test_reviewers_office_and_principal_may_and_nobody_else(stage, only):
    only(
        stage.published(),
        take_down,
        may={"head", "auditor", "principal", "office"},
        sentence=not_yours("紧急撤下"),
    )


def test_what_is_not_public_is_not_taken_down(cast, stage, refused):
    edition = stage.in_review()
    with refused(wrong_state("审核中", "紧急撤下")):
        take_down(edition, cast.office)


def test_an_open_proposal_to_withdraw_lapses(cast, stage):
    edition = stage.published()
    edition.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
    take_down(edition, cast.head)
    assert edition.proposals.get().outcome == "lapsed"


def test_it_wants_a_reason_and_a_ground_from_the_list(cast, stage, refused):
    edition = stage.published()
    with refused("紧急撤下要写明理由。"):
        edition.take_down(by=cast.head, ground="personal", reason="")
    with refused("请从列出的原因中选择一项。"):
        edition.take_down(by=cast.head, ground="", reason="含手机号")


@pytest.fixture
def corrected_later(cast, stage):
    """A notice on the board whose correction is sealed for the day after tomorrow."""
    first = stage.published()
    second = first.correct(by=cast.editor)
    second.edit(by=cast.editor, version=second.version, change_note="改金额")
    second.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        second.approve(by=reviewer, seen=second.content_digest())
    second.publish(by=cast.office, opens_at=now() + timedelta(days=2))
    return Edition.objects.get(pk=first.pk), second


def test_harm_is_removed_though_a_correction_waits_for_its_moment(cast, corrected_later):
    first, second = corrected_later
    take_down(first, cast.head)
    assert not Release.objects.visible_to(PUBLIC).exists()
    with as_of(now() + timedelta(days=2)):
        assert Release.objects.visible_to(PUBLIC).get().edition == second


def test_cancelling_the_correction_does_not_bring_back_what_was_taken_down(cast, corrected_later):
    first, second = corrected_later
    take_down(first, cast.head)
    second.cancel(by=cast.office, reason="改期")
    assert not Release.objects.visible_to(PUBLIC).exists()
