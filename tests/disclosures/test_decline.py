import pytest

from disclosures.models import Edition, Release, State
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def decline(edition, by):
    edition.decline(by=by, reason="内容无误")


@pytest.fixture
def proposed(cast, stage):
    edition = stage.published()
    edition.propose_withdrawal(by=cast.editor, ground="error", reason="金额有误")
    return edition


def test_a_proposal_is_refused_and_the_notice_stays_as_it_is(cast, proposed):
    decline(proposed, cast.office)
    assert Edition.objects.get(pk=proposed.pk).state == State.PUBLISHED
    assert Release.objects.visible_to(PUBLIC).get().edition == proposed
    assert list(proposed.proposals.values_list("outcome", "settled_by__username")) == [
        ("declined", "office")
    ]


def test_a_proposed_restoration_is_refused_too(cast, stage):
    edition = stage.withdrawn()
    edition.propose_restoration(by=cast.office, reason="核实无误")
    decline(edition, cast.principal)
    assert Edition.objects.get(pk=edition.pk).state == State.WITHDRAWN
    assert edition.proposals.filter(act="restore").get().outcome == "declined"


def test_it_records_one_act_and_the_settled_proposal(cast, proposed, recording):
    with recording() as record:
        decline(proposed, cast.office)
    assert told(record.act) == ("decline", "公开办主任", "first", "K12-E", "K12-E01", "内容无误")
    assert concerns(record.act, proposed)
    assert record.history == {"Edition": 1, "Proposal": 1}
    assert record.messages == set()


def test_office_and_principal_may_and_nobody_else(proposed, only):
    only(proposed, decline, may={"office", "principal"}, sentence=not_yours("不同意"))


def test_a_draft_has_nothing_to_decline(cast, stage, refused):
    edition = stage.draft()
    with refused(wrong_state("草稿", "不同意")):
        decline(edition, cast.office)


def test_without_a_proposal_or_a_reason_it_is_refused(cast, stage, proposed, refused):
    other = stage.published()
    with refused(not_yours("不同意")):
        decline(other, cast.office)
    with refused("不同意时请写明理由，让提出人知道原因。"):
        proposed.decline(by=cast.office, reason=" ")
