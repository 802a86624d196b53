"""Asking for a lawful removal: what, on which basis, why; another person decides."""

from disclosures.models import Edition, Proposal
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state
from tests.disclosures.test_redact import BODY, propose, row_of


def test_somebody_asks_and_nothing_changes_until_another_decides(cast, stage):
    edition = stage.published(body=BODY)
    name = row_of(edition, "王小明")
    propose(edition, cast.editor)
    assert Edition.objects.get(pk=edition.pk).body == BODY
    (proposal,) = Proposal.objects.values("act", "basis", "names", "reason", "outcome")
    assert proposal == {
        "act": "redact",
        "basis": "guardian",
        "names": [name],
        "reason": "家长要求",
        "outcome": "",
    }


def test_it_records_one_act_and_tells_the_second_persons(cast, stage, recording):
    edition = stage.published(body=BODY)
    with recording() as record:
        propose(edition, cast.office)
    assert told(record.act)[:2] == ("propose_redaction", "公开办主任")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Proposal": 1}
    assert record.messages == {("principal", "提议依法隐去：2026年秋季学期收费公示")}


def test_editors_office_and_principal_may_and_nobody_else(stage, only):
    only(
        stage.published(body=BODY),
        propose,
        may={"editor", "editor_same", "office", "principal"},
        sentence=not_yours("提议依法隐去"),
    )


def test_a_draft_is_edited_not_redacted(cast, stage, refused):
    edition = stage.draft()
    with refused(wrong_state("草稿", "提议依法隐去")):
        edition.propose_redaction(by=cast.office, names=["title"], basis="law", reason="依法")


def test_it_wants_a_reason_a_basis_and_something_that_is_there(cast, stage, refused):
    edition = stage.published(body=BODY)
    wish = {"by": cast.office, "names": ["title"], "basis": "law", "reason": "依法"}
    with refused("请写明理由，另一位办理人要据此决定。"):
        edition.propose_redaction(**wish | {"reason": " "})
    with refused("请从列出的依据中选择一项。"):
        edition.propose_redaction(**wish | {"basis": "whim"})
    for names in ([], ["body/0099"], ["index_number"], ["title", "plan"]):
        with refused("请从列出的内容中选择要隐去的部分。"):
            edition.propose_redaction(**wish | {"names": names})


def test_it_is_asked_once_and_can_be_declined(cast, stage, refused):
    edition = stage.published(body=BODY)
    propose(edition, cast.editor)
    with refused(not_yours("提议依法隐去")):
        propose(edition, cast.office)
    edition.decline(by=cast.principal, reason="名单必须公开")
    assert Proposal.objects.get().outcome == "declined"
    propose(edition, cast.office)
