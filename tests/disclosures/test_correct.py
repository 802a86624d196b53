from datetime import timedelta

from disclosures.models import Edition, Release, State
from portal.ledger.moments import now
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state
from tests.disclosures.test_attach import attach


def correct(edition, by):
    return edition.correct(by=by, reason="金额有误")


def test_a_new_draft_begins_from_the_published_text_and_its_files(cast, stage):
    draft = stage.draft(summary="概述", keywords="收费", audiences=["public", "parents"])
    attach(draft, cast.editor)
    draft.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        draft.approve(by=reviewer, seen=draft.content_digest())
    draft.publish(by=cast.office)
    successor = Edition.objects.get(pk=correct(draft, cast.editor_same).pk)
    assert (successor.state, successor.number, successor.based_on) == (State.DRAFT, 2, draft)
    assert (successor.drafted_by, successor.sealed_at) == (cast.editor_same, None)
    assert successor.content_digest() == draft.digest
    assert successor.attachments.get().pk != draft.attachments.get().pk
    assert Release.objects.visible_to(PUBLIC).filter(audience="public").get().edition == draft


def test_it_records_one_act_on_the_published_edition(cast, stage, recording):
    edition = stage.published()
    with recording() as record:
        correct(edition, cast.editor)
    assert told(record.act) == ("correct", "信息员甲", "first", "K12-E", "K12-E01", "金额有误")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 2}
    assert record.messages == set()


def test_editors_of_the_department_and_the_office_may_and_nobody_else(stage, only):
    only(
        stage.published(),
        correct,
        may={"editor", "editor_same", "office"},
        sentence=not_yours("更正"),
    )


def test_what_is_withdrawn_is_not_corrected(cast, stage, refused):
    edition = stage.withdrawn()
    with refused(wrong_state("已撤回", "更正")):
        correct(edition, cast.editor)


def test_one_correction_at_a_time(cast, stage, refused):
    edition = stage.published()
    correct(edition, cast.editor)
    with refused(not_yours("更正")):
        correct(edition, cast.editor)


def test_after_a_discarded_correction_another_begins(cast, stage):
    edition = stage.published()
    correct(edition, cast.editor).discard(by=cast.editor)
    assert correct(edition, cast.editor).number == 3


def test_what_is_not_yet_open_is_cancelled_rather_than_corrected(cast, stage, refused):
    edition = stage.published(opens_at=now() + timedelta(days=3))
    with refused(not_yours("更正")):
        correct(edition, cast.editor)
