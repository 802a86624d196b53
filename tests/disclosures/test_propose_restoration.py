from disclosures.models import Edition, State
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def propose(edition, by):
    edition.propose_restoration(by=by, reason="核实无误")


def test_somebody_asks_and_the_tombstone_stays_until_another_decides(cast, stage):
    edition = stage.withdrawn()
    propose(edition, cast.office)
    assert Edition.objects.get(pk=edition.pk).state == State.WITHDRAWN
    assert list(edition.proposals.filter(outcome="").values_list("act", "reason")) == [
        ("restore", "核实无误")
    ]


def test_it_records_one_act_and_tells_the_second_persons(cast, stage, recording):
    edition = stage.withdrawn()
    with recording() as record:
        propose(edition, cast.office)
    assert told(record.act) == (
        "propose_restoration",
        "公开办主任",
        "first",
        "K12-E",
        "K12-E01",
        "核实无误",
    )
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Proposal": 1}
    assert record.messages == {("principal", "提议恢复：2026年秋季学期收费公示")}


def test_office_and_principal_may_and_nobody_else(stage, only):
    only(stage.withdrawn(), propose, may={"office", "principal"}, sentence=not_yours("提议恢复"))


def test_what_is_public_needs_no_restoration(cast, stage, refused):
    edition = stage.published()
    with refused(wrong_state("已公开", "提议恢复")):
        propose(edition, cast.office)


def test_it_is_asked_once_and_with_a_reason(cast, stage, refused):
    edition = stage.withdrawn()
    with refused("请写明理由，另一位办理人要据此决定。"):
        edition.propose_restoration(by=cast.office, reason="")
    propose(edition, cast.office)
    with refused(not_yours("提议恢复")):
        propose(edition, cast.principal)
