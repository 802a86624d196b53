from disclosures.models import Edition, State
from tests.disclosures.conftest import FOUR_EYES, concerns, not_yours, told, wrong_state


def send_back(edition, by):
    edition.send_back(by=by, opinion="缺依据")


def test_the_open_step_returns_the_text_with_an_opinion(cast, stage):
    edition = stage.in_review()
    edition.approve(by=cast.head, seen=edition.content_digest())
    send_back(edition, cast.auditor)
    assert Edition.objects.get(pk=edition.pk).state == State.DRAFT
    assert list(edition.reviews.values_list("office", "decision", "opinion")) == [
        ("department_head", "void", ""),
        ("special_audit", "sent_back", "缺依据"),
        ("principal", "void", ""),
    ]
    assert not Edition.objects.awaiting_review_by(cast.principal).exists()


def test_it_records_one_act_the_steps_the_revoked_grant_and_a_message(cast, stage, recording):
    edition = stage.in_review()
    with recording() as record:
        send_back(edition, cast.head)
    assert told(record.act) == ("send_back", "总务主任", "first", "K12-E", "K12-E01", "缺依据")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Review": 3, "DisclosureGroupObjectPermission": 1}
    assert record.messages == {("editor", "被退回：2026年秋季学期收费公示")}


def test_the_open_step_may_and_nobody_else(stage, only):
    only(
        stage.in_review(),
        send_back,
        may={"head"},
        sentence=not_yours("退回"),
        told={"editor": FOUR_EYES},
    )


def test_what_is_approved_is_not_sent_back(cast, stage, refused):
    edition = stage.approved()
    with refused(wrong_state("待公开", "退回")):
        send_back(edition, cast.principal)


def test_without_an_opinion_it_is_refused(cast, stage, refused):
    edition = stage.in_review()
    with refused("退回时请写明意见，让起草人知道要改什么。"):
        edition.send_back(by=cast.head, opinion=" ")
