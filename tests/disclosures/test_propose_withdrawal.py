from disclosures.models import Edition, Proposal, State
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def propose(edition, by):
    edition.propose_withdrawal(by=by, ground="error", reason="金额有误")


def test_somebody_asks_and_the_notice_stays_until_another_decides(cast, stage):
    edition = stage.published()
    propose(edition, cast.editor)
    assert Edition.objects.get(pk=edition.pk).state == State.PUBLISHED
    assert list(
        Proposal.objects.values_list("act", "ground", "reason", "outcome", "proposed_by__username")
    ) == [("withdraw", "error", "金额有误", "", "editor")]


def test_it_records_one_act_and_tells_the_second_persons(cast, stage, recording):
    edition = stage.published()
    with recording() as record:
        propose(edition, cast.office)
    assert told(record.act) == (
        "propose_withdrawal",
        "公开办主任",
        "first",
        "K12-E",
        "K12-E01",
        "金额有误",
    )
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Proposal": 1}
    assert record.messages == {("principal", "提议撤回：2026年秋季学期收费公示")}


def test_editors_office_and_principal_may_and_nobody_else(stage, only):
    only(
        stage.published(),
        propose,
        may={"editor", "editor_same", "office", "principal"},
        sentence=not_yours("提议撤回"),
    )


def test_what_is_not_public_has_nothing_to_withdraw(cast, stage, refused):
    edition = stage.approved()
    with refused(wrong_state("待公开", "提议撤回")):
        propose(edition, cast.editor)


def test_it_is_asked_once(cast, stage, refused):
    edition = stage.published()
    propose(edition, cast.editor)
    with refused(not_yours("提议撤回")):
        propose(edition, cast.office)


def test_it_wants_a_reason_and_a_ground_from_the_list(cast, stage, refused):
    edition = stage.published()
    with refused("请写明理由，另一位办理人要据此决定。"):
        edition.propose_withdrawal(by=cast.editor, ground="error", reason=" ")
    with refused("请从列出的原因中选择一项。"):
        edition.propose_withdrawal(by=cast.editor, ground="mood", reason="不想公开")
