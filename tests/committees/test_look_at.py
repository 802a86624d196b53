"""A supervisor marks a change as seen."""

import pytest
from django.urls import reverse

from committees.models import Look
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import School


def looking(act):
    return reverse("admin:committees_look_looking", args=[act.uuid])


def test_a_supervisor_has_seen_it_for_the_whole_group(cast, withdrawal):
    look = Look.objects.look_at(withdrawal, by=cast.supervisor, note="已核对")
    assert (look.act, look.school, look.seen_by) == (
        str(withdrawal.uuid),
        cast.school,
        cast.supervisor,
    )
    assert not Look.objects.open_to_look(cast.supervisor).filter(pk=withdrawal.pk).exists()
    colleague = cast.teacher
    colleague.groups.add(cast.supervisor.groups.get())
    assert not Look.objects.open_to_look(colleague).filter(pk=withdrawal.pk).exists()


def test_the_bureau_looks_for_itself(cast, withdrawal):
    Look.objects.look_at(withdrawal, by=cast.supervisor)
    look = Look.objects.look_at(withdrawal, by=cast.bureau)
    assert look.school == cast.bureau_school
    assert Look.objects.count() == 2


def test_the_record_names_who_looked_at_what(cast, withdrawal):
    look = Look.objects.look_at(withdrawal, by=cast.supervisor)
    act = Act.objects.get(name="look_at")
    assert (act.actor_name, act.title, act.school) == ("监督小组成员", "食堂收费", "first")
    assert (act.subject_id, act.object_id) == (withdrawal.subject_id, str(look.pk))
    assert look.history.get().act_id == act.uuid


@pytest.mark.parametrize(
    "who", ["editor", "principal", "office", "supervisor2", "teacher", "sysadmin"]
)
def test_nobody_else_looks(cast, withdrawal, who):
    with pytest.raises(Refused, match="这一更动不在您的监督范围内。"):
        Look.objects.look_at(withdrawal, by=getattr(cast, who))
    assert not Look.objects.exists()
    assert not Act.objects.filter(name="look_at").exists()


def test_a_change_is_seen_once(cast, withdrawal):
    Look.objects.look_at(withdrawal, by=cast.supervisor)
    with pytest.raises(Refused, match="这一更动已经有人看过，不用再标记。"):
        Look.objects.look_at(withdrawal, by=cast.supervisor)
    assert Act.objects.filter(name="look_at").count() == 1


def test_an_act_that_is_no_change_is_not_looked_at(cast, stage):
    stage.published()
    with pytest.raises(Refused, match="不在您的监督范围内"):
        Look.objects.look_at(Act.objects.get(name="submit"), by=cast.supervisor)


def test_the_page_marks_it_and_offers_the_button_no_more(client, cast, withdrawal):
    client.force_login(cast.supervisor)
    page = reverse("admin:committees_look_change", args=[withdrawal.uuid])
    assert "标记为已查看" in client.get(page).content.decode()
    response = client.post(looking(withdrawal), {"note": "已核对"}, follow=True)
    assert "已标记为已查看。" in response.content.decode()
    shown = client.get(page).content.decode()
    assert "已核对" in shown
    assert "标记为已查看" not in shown
    again = client.post(looking(withdrawal), {"note": ""}).content.decode()
    assert "这一更动已经有人看过，不用再标记。" in again


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 404), ("editor", 404), ("supervisor2", 404), ("parent", 302), ("sysadmin", 404)],
)
def test_for_others_the_button_does_not_answer(client, cast, withdrawal, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(looking(withdrawal), {"note": ""}).status_code == status
    assert not Look.objects.exists()


def test_looking_leaves_the_school_as_it_was(cast, withdrawal):
    before = list(School.objects.order_by("pk").values())
    Look.objects.look_at(withdrawal, by=cast.supervisor)
    assert list(School.objects.order_by("pk").values()) == before
