"""Performing an act: one transaction, one row in the log, history that carries its id."""

import uuid

import pytest

from portal.ledger.acts import Refused, Stale, perform
from portal.ledger.history import Recorded
from portal.ledger.models import Act
from portal.organisation.models import Department, Post, School


def rename(school, by, name="新名称", reason="改名"):
    with perform("change", school, by=by, reason=reason) as act:
        school.name = name
        school.save()
    return act


def test_an_act_says_who_did_what_to_what_where_when_and_why(cast):
    act = rename(cast.school, cast.office)
    stored = Act.objects.get(uuid=act.uuid)
    assert (
        stored.name,
        stored.noun,
        stored.object_id,
        stored.subject_id,
        stored.title,
        stored.school,
        stored.actor_id,
        stored.actor_name,
        stored.reason,
    ) == (
        "change",
        "organisation.school",
        str(cast.school.pk),
        str(cast.school.pk),
        "新名称",
        "first",
        str(cast.office.pk),
        "公开办主任",
        "改名",
    )


def test_history_rows_carry_the_act_its_actor_reason_and_moment(cast):
    before = cast.school.history.count()
    act = rename(cast.school, cast.office)
    row = cast.school.history.latest()
    assert cast.school.history.count() == before + 1
    assert (row.act_id, row.history_user, row.history_change_reason) == (
        act.uuid,
        cast.office,
        "改名",
    )
    assert row.name == "新名称"


def test_an_exception_leaves_neither_change_nor_act_nor_history(cast):
    acts, rows = Act.objects.count(), School.history.count()
    with pytest.raises(RuntimeError), perform("change", cast.school, by=cast.office):
        cast.school.name = "半途"
        cast.school.save()
        raise RuntimeError
    assert School.objects.get(pk=cast.school.pk).name == "示范区第一小学"
    assert (Act.objects.count(), School.history.count()) == (acts, rows)


def test_an_act_within_an_act_has_a_row_of_its_own_and_the_outer_one_goes_on(cast):
    with perform("change", cast.school, by=cast.office) as outer:
        inner = rename(cast.school2, cast.bureau)
        cast.school.phone = "0591-0000000"
        cast.school.save()
    assert cast.school2.history.latest().act_id == inner.uuid
    assert cast.school.history.latest().act_id == outer.uuid
    assert Act.objects.filter(uuid__in=[outer.uuid, inner.uuid]).count() == 2


def test_outside_an_act_a_history_row_names_none(cast):
    rename(cast.school, cast.office)
    cast.school.phone = "1"
    cast.school.save()
    assert cast.school.history.latest().act_id is None


def test_the_portal_itself_acts_without_a_name(cast):
    act = rename(cast.school, None)
    stored = Act.objects.get(uuid=act.uuid)
    assert (stored.actor_id, stored.actor_name, stored.actor_office) == ("", "", "")
    assert cast.school.history.latest().history_user is None


def test_the_actor_stands_in_the_log_with_the_office_held(cast, stage):
    edition = stage.in_review()
    edition.approve(by=cast.head, seen=edition.content_digest())
    acts = Act.objects.about(edition.disclosure_id).order_by("id")
    assert list(acts.values_list("name", "actor_office")) == [
        ("draft", "总务处 信息员"),
        ("submit", "总务处 信息员"),
        ("approve", "总务处 部门负责人"),
    ]


def test_a_word_that_is_no_act_is_not_performed(cast):
    with pytest.raises(ValueError, match="vanish"), perform("vanish", cast.school, by=cast.office):
        pass


def test_acts_are_neither_changed_nor_deleted(cast):
    act = rename(cast.school, cast.office)
    for forbidden in (
        lambda: Act.objects.filter(uuid=act.uuid).update(reason="别的"),
        lambda: Act.objects.all().delete(),
        Act.objects.get(uuid=act.uuid).delete,
    ):
        with pytest.raises(TypeError):
            forbidden()
    assert Act.objects.get(uuid=act.uuid).reason == "改名"


@pytest.mark.parametrize("noun", [School, Department, Post])
def test_recorded_rows_change_one_at_a_time_and_stay(cast, noun):
    row = noun.objects.first()
    for forbidden in (
        lambda: noun.objects.update(pk=uuid.uuid4()),
        lambda: noun.objects.bulk_create([noun()]),
        lambda: noun.objects.bulk_update([row], ["school_id"]),
        lambda: noun.objects.all().delete(),
        row.delete,
        lambda: row.save(update_fields=["id"]),
    ):
        with pytest.raises(TypeError):
            forbidden()
    assert issubclass(noun, Recorded)
    assert noun.objects.filter(pk=row.pk).exists()


def test_of_a_person_only_what_the_history_leaves_out_is_saved_alone(cast):
    before = cast.editor.history.count()
    cast.editor.save(update_fields=["last_login"])
    assert cast.editor.history.count() == before
    with pytest.raises(TypeError):
        cast.editor.save(update_fields=["last_login", "phone"])


def test_a_stale_form_is_a_refusal_with_its_sentence():
    stale = Stale("请刷新")
    assert isinstance(stale, Refused)
    assert (stale.sentence, str(stale)) == ("请刷新", "请刷新")
