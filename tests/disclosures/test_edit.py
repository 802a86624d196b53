import pytest

from disclosures.models import Edition
from portal.ledger.acts import Stale
from tests.disclosures.conftest import STALE, concerns, not_yours, told, wrong_state


def edit(edition, by, **content):
    edition.edit(by=by, version=edition.version, **content or {"title": "新标题"})


def test_an_editor_changes_the_text_of_a_draft(cast, stage):
    edition = stage.draft()
    edit(edition, cast.editor_same, title="新标题", body="<p>一<script>x()</script></p>")
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.title, stored.body, stored.version) == ("新标题", "<p>一</p>", 1)
    assert (stored.drafted_by, stored.edited_by) == (cast.editor, cast.editor_same)


def test_it_records_one_act_with_both_digests(cast, stage, recording):
    edition = stage.draft()
    before = edition.content_digest()
    edition.title = "表单已经写上的标题"
    with recording() as record:
        edit(edition, cast.editor)
    assert told(record.act) == ("edit", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert concerns(record.act, edition)
    assert (record.act.digest_before, record.act.digest_after) == (
        before,
        Edition.objects.get(pk=edition.pk).content_digest(),
    )
    assert record.act.digest_before != record.act.digest_after
    assert record.history == {"Edition": 1}
    assert record.messages == set()


def test_editors_of_the_department_and_the_office_may_and_nobody_else(stage, only):
    only(stage.draft(), edit, may={"editor", "editor_same", "office"}, sentence=not_yours("修改"))


def test_a_text_in_review_is_locked(cast, stage, refused):
    edition = stage.in_review()
    with refused(wrong_state("审核中", "修改")):
        edit(edition, cast.editor)


def test_the_second_of_two_editors_is_told_and_the_first_text_stays(cast, stage, refused):
    edition = stage.draft()
    other = Edition.objects.get(pk=edition.pk)
    edit(other, cast.editor_same, title="先存的")
    with refused(STALE):
        edit(edition, cast.editor, title="后存的")
    assert Edition.objects.get(pk=edition.pk).title == "先存的"


def test_a_version_guessed_ahead_does_not_overwrite_what_was_not_shown(cast, stage):
    edition = stage.draft()
    other = Edition.objects.get(pk=edition.pk)
    edit(other, cast.editor_same, title="先存的")
    with pytest.raises(Stale):
        edition.edit(by=cast.editor, version=other.version, summary="后存的")
    assert Edition.objects.get(pk=edition.pk).title == "先存的"


def test_nothing_but_the_text_can_be_given(cast, stage):
    edition = stage.draft()
    for strange in ("state", "sealed_at", "drafted_by", "disclosure", "digest", "unconfirmed"):
        with pytest.raises(TypeError, match=strange):
            edit(edition, cast.editor, **{strange: "published"})
    assert Edition.objects.get(pk=edition.pk).version == 0


def test_a_failed_edit_leaves_the_object_as_the_row_is(cast, stage, refused):
    edition = stage.draft()
    with refused("公开范围里有系统不认识的对象，请重新选择公开范围。"):
        edit(edition, cast.editor, title="新标题", audiences=["everybody"])
    assert (edition.title, edition.audiences, edition.version) == (
        "2026年秋季学期收费公示",
        ["public"],
        0,
    )
    edit(edition, cast.editor, title="第二次")
    assert Edition.objects.get(pk=edition.pk).title == "第二次"
