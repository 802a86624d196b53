from disclosures.models import Edition, Release, State
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def emergency_publish(edition, by):
    edition.emergency_publish(by=by, reason="停水")


def test_the_principal_puts_a_draft_up_at_once_marked_unconfirmed(cast, stage):
    edition = stage.draft()
    emergency_publish(edition, cast.principal)
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.state, stored.unconfirmed, stored.unconfirmed_by) == (
        State.PUBLISHED,
        "emergency",
        cast.principal,
    )
    assert Release.objects.visible_to(PUBLIC).get().edition == stored


def test_it_ends_a_review_under_way(cast, stage):
    edition = stage.in_review()
    emergency_publish(edition, cast.principal)
    assert set(edition.reviews.values_list("decision", flat=True)) == {"void"}
    assert not Edition.objects.awaiting_review_by(cast.head).exists()


def test_it_records_one_act_and_tells_the_second_persons(cast, stage, recording):
    edition = stage.in_review()
    with recording() as record:
        emergency_publish(edition, cast.principal)
    assert told(record.act) == (
        "emergency_publish",
        "校长",
        "first",
        "K12-E",
        "K12-E01",
        "停水",
    )
    assert concerns(record.act, edition)
    assert record.history == {
        "Edition": 1,
        "Disclosure": 1,
        "Release": 1,
        "School": 1,
        "Review": 3,
        "DisclosureGroupObjectPermission": 1,
    }
    assert record.messages == {("office", "待确认：2026年秋季学期收费公示")}


def test_the_principal_may_and_nobody_else(stage, only):
    for edition in (stage.draft(), stage.in_review()):
        only(edition, emergency_publish, may={"principal"}, sentence=not_yours("紧急公开"))


def test_what_is_approved_is_published_the_usual_way(cast, stage, refused):
    edition = stage.approved()
    with refused(wrong_state("待公开", "紧急公开")):
        emergency_publish(edition, cast.principal)


def test_it_wants_a_reason_and_a_whole_text(cast, stage, refused):
    edition = stage.draft(is_cleared=False)
    with refused("紧急公开要写明理由。"):
        edition.emergency_publish(by=cast.principal, reason=" ")
    with refused("请先完成保密审查，并勾选“已作保密审查，不涉密”。"):
        emergency_publish(edition, cast.principal)
