from disclosures.models import Edition, State
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def discard(edition, by):
    edition.discard(by=by, reason="重复起草")


def test_a_draft_is_given_up_and_stays_in_the_history(cast, stage):
    edition = stage.draft()
    discard(edition, cast.editor)
    assert Edition.objects.get(pk=edition.pk).state == State.DISCARDED
    assert list(edition.history.order_by("history_id").values_list("state", flat=True)) == [
        "draft",
        "discarded",
    ]


def test_it_records_one_act(cast, stage, recording):
    edition = stage.draft()
    with recording() as record:
        discard(edition, cast.editor)
    assert told(record.act) == ("discard", "信息员甲", "first", "K12-E", "K12-E01", "重复起草")
    assert concerns(record.act, edition)
    assert record.history == {"Edition": 1}
    assert record.messages == set()


def test_editors_of_the_department_and_the_office_may_and_nobody_else(stage, only):
    only(
        stage.draft(),
        discard,
        may={"editor", "editor_same", "office"},
        sentence=not_yours("作废"),
    )


def test_what_is_in_review_is_recalled_first(cast, stage, refused):
    edition = stage.in_review()
    with refused(wrong_state("审核中", "作废")):
        discard(edition, cast.editor)
