import pytest

from disclosures.models import Edition, Release, State
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import SECOND_PERSON, concerns, not_yours, told, wrong_state


def withdraw(edition, by):
    edition.withdraw(by=by, reason="同意")


@pytest.fixture
def proposed(cast, stage):
    edition = stage.published()
    edition.propose_withdrawal(by=cast.editor, ground="error", reason="金额有误")
    return edition


def test_the_second_person_takes_the_notice_off_and_a_tombstone_stays(cast, proposed):
    assert Release.objects.visible_to(PUBLIC).exists()
    withdraw(proposed, cast.office)
    stored = Edition.objects.get(pk=proposed.pk)
    assert (stored.state, stored.withdrawal_ground, stored.withdrawal_reason) == (
        State.WITHDRAWN,
        "error",
        "金额有误",
    )
    assert not Release.objects.visible_to(PUBLIC).exists()
    assert Release.objects.was_open_to(PUBLIC).get().edition == stored
    assert list(stored.proposals.values_list("outcome", "settled_by__username")) == [
        ("agreed", "office")
    ]


def test_it_records_one_act_the_closed_release_and_the_settled_proposal(cast, proposed, recording):
    with recording() as record:
        withdraw(proposed, cast.office)
    assert told(record.act) == ("withdraw", "公开办主任", "first", "K12-E", "K12-E01", "同意")
    assert concerns(record.act, proposed)
    assert record.history == {"Edition": 1, "Proposal": 1, "Release": 1}
    assert record.messages == set()


def test_office_principal_and_reviewers_may_and_nobody_else(proposed, only):
    only(
        proposed,
        withdraw,
        may={"office", "principal", "head", "auditor"},
        sentence=not_yours("撤回"),
        told={"editor": SECOND_PERSON},
    )


def test_whoever_proposed_may_not_agree(cast, stage, only):
    edition = stage.published()
    edition.propose_withdrawal(by=cast.office, ground="error", reason="金额有误")
    only(
        edition,
        withdraw,
        may={"principal", "head", "auditor"},
        sentence=not_yours("撤回"),
        told={"office": SECOND_PERSON},
    )


def test_without_a_proposal_nobody_may(stage, only):
    only(stage.published(), withdraw, may=set(), sentence=not_yours("撤回"))


def test_what_is_withdrawn_is_not_withdrawn_again(cast, proposed, refused):
    withdraw(proposed, cast.office)
    with refused(wrong_state("已撤回", "撤回")):
        withdraw(proposed, cast.principal)
