from datetime import timedelta

import pytest

from disclosures.models import Edition, State
from portal.ledger.acts import Stale
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Authority, Office
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def submit(edition, by):
    edition.submit(by=by)


def test_the_draft_goes_before_the_offices_of_its_entry_in_their_order(cast, stage):
    edition = stage.draft()
    submit(edition, cast.editor)
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.state, stored.submitted_by) == (State.IN_REVIEW, cast.editor)
    assert list(
        stored.reviews.values_list("round", "step", "office", "decision", "group__user__username")
    ) == [
        (1, 1, "department_head", "pending", "head"),
        (1, 2, "special_audit", "pending", "auditor"),
        (1, 3, "principal", "pending", "principal"),
    ]
    assert [bool(review.opened_at) for review in stored.reviews.all()] == [True, False, False]


def test_it_records_one_act_the_steps_the_grant_and_a_message(cast, stage, recording):
    edition = stage.draft()
    with recording() as record:
        submit(edition, cast.editor)
    assert told(record.act) == ("submit", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1, "Review": 4, "DisclosureGroupObjectPermission": 1}
    assert record.messages == {("head", "待您审核：2026年秋季学期收费公示")}


def test_editors_of_the_department_and_the_office_may_and_nobody_else(stage, only):
    only(
        stage.draft(),
        submit,
        may={"editor", "editor_same", "office"},
        sentence=not_yours("送审"),
    )


def test_what_was_submitted_is_not_submitted_again(cast, stage, refused):
    edition = stage.in_review()
    with refused(wrong_state("审核中", "送审")):
        submit(edition, cast.editor)


MISSING = {
    "请填写标题。": {"title": " "},
    "正文、数据表和附件不能都空着。": {"body": ""},
    "请选择公开范围。": {"audiences": []},
    "不对社会公开的，请写明理由。": {"audiences": ["staff"]},
    "公开范围选了“特定人员”，请选定是哪一职务的人员。": {"audiences": ["public", "named"]},
    "请先完成保密审查，并勾选“已作保密审查，不涉密”。": {"is_cleared": False},
    "正文、数据表和附件不能都空着。请选择公开范围。": {"body": "", "audiences": []},
}


@pytest.mark.parametrize("sentence", MISSING)
def test_a_text_with_something_missing_is_refused_by_name(cast, stage, refused, sentence):
    edition = stage.draft(**MISSING[sentence])
    with refused(sentence):
        submit(edition, cast.editor)
    assert (edition.state, edition.version) == (State.DRAFT, 0)


def test_a_last_day_that_has_passed_is_refused(cast, stage, refused):
    edition = stage.draft(closes_on=today())
    with (
        as_of(now() + timedelta(days=1)),
        refused("“公开至”的日期已经过去，请改为今天或以后。"),
    ):
        submit(edition, cast.editor)


def test_named_readers_of_another_school_are_refused(cast, stage, refused):
    principal2 = Authority.objects.at(cast.school2, Office.PRINCIPAL)
    edition = stage.draft(audiences=["named"], inner_reason="人事", named_authority=principal2)
    with refused("“特定人员”只能选本校的职务，请重新选定。"):
        submit(edition, cast.editor)


def test_a_correction_says_what_it_corrects(cast, stage, refused):
    successor = stage.published().correct(by=cast.editor)
    with refused("更正已公开的内容，请填写更正说明，它会与新版一同公开。"):
        submit(successor, cast.editor)


def test_an_office_nobody_holds_refuses_with_who_must_be_appointed(cast, stage, refused):
    cast.auditor.posts.get().end(by=cast.office)
    edition = stage.draft()
    with refused(
        "还没有可以审核的人：示范区第一小学 专项审核。"
        "请校务公开办公室在“任职”中任命（不能是起草人本人）后再送审。"
    ):
        submit(edition, cast.editor)


def test_an_office_only_the_drafter_holds_refuses(cast, stage, refused):
    edition = stage.draft(entry=cast.short_entry, by=cast.office)
    with refused(
        "还没有可以审核的人：示范区第一小学 校务公开办公室。"
        "请校务公开办公室在“任职”中任命（不能是起草人本人）后再送审。"
    ):
        submit(edition, cast.office)


def test_a_stale_submission_is_refused(cast, stage):
    edition = stage.draft()
    with pytest.raises(Stale):
        edition.submit(by=cast.editor, version=7)
    assert edition.state == State.DRAFT
