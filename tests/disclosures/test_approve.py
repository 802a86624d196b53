import pytest

from disclosures.models import Edition, State
from portal.ledger.acts import Stale
from tests.cast import appoint
from tests.disclosures.conftest import FOUR_EYES, concerns, not_yours, told, wrong_state


def approve(edition, by):
    edition.approve(by=by, seen=edition.content_digest(), opinion="同意公开")


def test_the_offices_agree_in_turn_and_the_last_one_makes_it_ready(cast, stage):
    edition = stage.in_review()
    for reviewer in (cast.head, cast.auditor, cast.principal):
        assert edition.state == State.IN_REVIEW
        assert list(Edition.objects.awaiting_review_by(reviewer)) == [edition]
        approve(edition, reviewer)
        assert not Edition.objects.awaiting_review_by(reviewer).exists()
    assert Edition.objects.get(pk=edition.pk).state == State.APPROVED
    assert list(edition.reviews.values_list("decision", "reviewer__username", "digest")) == [
        ("approved", name, edition.content_digest()) for name in ("head", "auditor", "principal")
    ]


def test_it_records_one_act_the_decision_the_moved_grant_and_a_message(cast, stage, recording):
    edition = stage.in_review()
    with recording() as record:
        approve(edition, cast.head)
    assert told(record.act) == ("approve", "总务主任", "first", "K12-E", "K12-E01", "同意公开")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Review": 2, "DisclosureGroupObjectPermission": 2}
    assert record.messages == {("auditor", "待您审核：2026年秋季学期收费公示")}


def test_after_the_last_step_the_office_is_told(cast, stage, recording):
    edition = stage.in_review(entry=cast.short_entry)
    with recording() as record:
        approve(edition, cast.office)
    assert record.history == {"Edition": 1, "Review": 1, "DisclosureGroupObjectPermission": 1}
    assert record.messages == {("office", "待公开：2026年秋季学期收费公示")}


def test_the_open_step_may_and_nobody_else(cast, stage, only):
    edition = stage.in_review()
    for reviewer in ("head", "auditor", "principal"):
        only(
            edition,
            approve,
            may={reviewer},
            sentence=not_yours("审核通过"),
            told={"editor": FOUR_EYES},
        )
        approve(edition, getattr(cast, reviewer))


def test_drafter_and_last_editor_may_not_even_in_the_office_asked(cast, stage, only):
    for person in (cast.editor, cast.editor_same):
        appoint(person, cast.school, "department_head", by=cast.office, department=cast.department)
    edition = stage.draft()
    edition.edit(by=cast.editor_same, version=0, title="改过")
    edition.submit(by=cast.editor)
    only(
        edition,
        approve,
        may={"head"},
        sentence=not_yours("审核通过"),
        told={"editor": FOUR_EYES, "editor_same": FOUR_EYES},
    )


def test_a_draft_is_not_approved(cast, stage, refused):
    edition = stage.draft()
    with refused(wrong_state("草稿", "审核通过")):
        approve(edition, cast.head)


def test_a_text_other_than_the_one_seen_is_not_approved(cast, stage, refused):
    edition = stage.in_review()
    with refused("文稿内容与您看到的不一致，请刷新后重新审核。"):
        edition.approve(by=cast.head, seen="0" * 64)


def test_a_page_opened_before_a_recall_approves_nothing(cast, stage):
    shown = stage.in_review()
    edition = Edition.objects.get(pk=shown.pk)
    edition.recall(by=cast.editor)
    edition.edit(by=cast.editor, version=edition.version, body="<p>另一种内容</p>")
    edition.submit(by=cast.editor)
    with pytest.raises(Stale):
        approve(shown, cast.head)
    assert set(edition.reviews.filter(round=2).values_list("decision", flat=True)) == {"pending"}


def test_whoever_left_the_office_or_the_portal_may_not(cast, stage, refused):
    edition = stage.in_review()
    cast.head.deactivate(by=cast.office, reason="离职")
    with refused(not_yours("审核通过")):
        approve(edition, cast.head)
    assert edition.acts_open_to(cast.head) == set()
