from disclosures.models import Edition, State
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def recall(edition, by):
    edition.recall(by=by, reason="金额要改")


def test_the_submitter_takes_the_text_back_and_every_decision_is_void(cast, stage):
    edition = stage.in_review()
    edition.approve(by=cast.head, seen=edition.content_digest())
    recall(edition, cast.editor)
    stored = Edition.objects.get(pk=edition.pk)
    assert stored.state == State.DRAFT
    assert set(stored.reviews.values_list("decision", flat=True)) == {"void"}
    assert not Edition.objects.awaiting_review_by(cast.auditor).exists()


def test_it_records_one_act_the_void_steps_and_the_revoked_grant(cast, stage, recording):
    edition = stage.in_review()
    with recording() as record:
        recall(edition, cast.editor)
    assert told(record.act) == ("recall", "信息员甲", "first", "K12-E", "K12-E01", "金额要改")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Review": 3, "DisclosureGroupObjectPermission": 1}
    assert record.messages == set()


def test_the_submitter_and_the_office_may_and_nobody_else(stage, only):
    for edition in (stage.in_review(), stage.approved()):
        only(edition, recall, may={"editor", "office"}, sentence=not_yours("收回"))


def test_what_is_public_is_not_recalled(cast, stage, refused):
    edition = stage.published()
    with refused(wrong_state("已公开", "收回")):
        recall(edition, cast.editor)


def test_the_next_submission_is_a_round_of_its_own(cast, stage):
    edition = stage.approved()
    recall(edition, cast.editor)
    edition.submit(by=cast.editor)
    assert list(edition.reviews.filter(decision="pending").values_list("round", "step")) == [
        (2, 1),
        (2, 2),
        (2, 3),
    ]
