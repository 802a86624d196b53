import pytest

from disclosures.models import Disclosure, Edition, State
from portal.organisation.models import Authority, Office
from tests.cast import entry_of
from tests.disclosures.conftest import concerns, told

NOT_EDITOR = "您不是这个部门的信息员，不能为它起草。"
NOT_ADOPTED = "本校没有采用这一目录事项，请另选事项，或请校务公开办公室先采用。"


def test_an_editor_begins_a_disclosure_with_its_first_edition(cast, stage):
    edition = stage.draft()
    assert (edition.state, edition.number, edition.version) == (State.DRAFT, 1, 0)
    assert (edition.drafted_by, edition.edited_by) == (cast.editor, cast.editor)
    assert edition.disclosure.school == cast.school
    assert edition.disclosure.index_number is None


def test_it_records_one_act_and_the_grant_to_the_editors(cast, stage, recording):
    with recording() as record:
        edition = stage.draft()
    assert told(record.act) == ("draft", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert concerns(record.act, edition)
    assert record.history == {
        "Disclosure": 1,
        "Edition": 1,
        "DisclosureGroupObjectPermission": 1,
    }
    assert record.messages == set()


def test_editors_of_the_department_and_the_office_may_and_nobody_else(cast, stage, only):
    only(
        stage.draft(),
        lambda _edition, by: stage.draft(by=by),
        may={"editor", "editor_same", "office"},
        sentence=NOT_EDITOR,
    )


def test_a_department_of_another_school_is_refused(cast, stage, refused):
    for by in (cast.editor, cast.office):
        with refused(NOT_EDITOR):
            stage.draft(by=by, department=cast.department2)


def test_a_closed_department_is_refused(cast, stage, refused):
    cast.department.closed_on = cast.editor.posts.get().starts_on
    cast.department.save()
    with refused(NOT_EDITOR):
        stage.draft()


def test_an_entry_the_school_does_not_follow_is_refused(cast, stage, refused):
    of_the_other_school = entry_of(cast.school2, "X-1", offices="office", title="二小事项")
    for_universities = entry_of(
        cast.bureau_school, "HE-1", offices="office", title="学位", sector="he"
    )
    for entry in (of_the_other_school, for_universities):
        with refused(NOT_ADOPTED):
            stage.draft(entry=entry)


def test_nothing_but_the_text_can_be_given(cast, stage):
    editors = Authority.objects.at(cast.school2, Office.EDITOR, cast.department2)
    for strange in ("state", "sealed_at", "drafted_by", "digest", "version", "id", "rule"):
        with pytest.raises(TypeError, match=strange):
            stage.draft(**{strange: editors.pk})
    assert not Edition.objects.exists()
    assert not Disclosure.objects.exists()


def test_an_unknown_audience_is_refused(cast, stage, refused):
    for audiences in (["everybody"], ["public", "staff "], "public", ["public", None]):
        with refused("公开范围里有系统不认识的对象，请重新选择公开范围。"):
            stage.draft(audiences=audiences)


def test_an_audience_named_twice_is_kept_once(cast, stage):
    assert stage.draft(audiences=["staff", "public", "staff"]).audiences == ["public", "staff"]
