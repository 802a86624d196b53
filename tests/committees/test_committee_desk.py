"""The school's office founds a group."""

import pytest

from committees.models import Committee
from portal.ledger.models import Act

ADD = "/admin/committees/committee/add/"


def written(school, **changes):
    return {
        "school": school.pk,
        "kind": "leading",
        "name": "校务公开领导小组",
        "name_en": "",
        "duties": "",
        "contact": "",
        "founded_on": "2026-09-01",
    } | changes


def change(group):
    return f"/admin/committees/committee/{group.pk}/change/"


def test_the_office_founds_a_group_of_its_school(client, cast):
    client.force_login(cast.office)
    client.post(ADD, written(cast.school))
    group = Committee.objects.get()
    assert (group.school, group.office) == (cast.school, "leading_group")
    act = Act.objects.get(name="register", noun="committees.committee")
    assert (act.actor_name, act.school) == ("公开办主任", "first")
    assert group.history.get().act_id == act.uuid


def test_a_school_has_one_group_of_a_kind(client, cast, leading):
    client.force_login(cast.office)
    response = client.post(ADD, written(cast.school))
    assert response.context["adminform"].form.non_field_errors()
    assert Committee.objects.count() == 1


def test_a_group_stays_what_it_was_founded_as(client, cast, leading):
    client.force_login(cast.office)
    client.post(change(leading), written(cast.school, kind="supervision", name="新名称"))
    leading.refresh_from_db()
    assert (leading.kind, leading.name) == ("leading", "新名称")


def test_no_group_is_founded_in_another_school(client, cast):
    client.force_login(cast.office)
    response = client.post(ADD, written(cast.school2))
    assert list(response.context["adminform"].form.errors) == ["school"]
    assert not Committee.objects.exists()


def test_the_desk_shows_members_and_what_may_be_done(client, cast, leading):
    leading.take_in(cast.teacher, role="member", by=cast.office)
    client.force_login(cast.office)
    page = client.get(change(leading)).content.decode()
    assert "教师" in page
    assert "办理退出" in page
    assert "接纳成员" in page
    client.force_login(cast.principal)
    page = client.get(change(leading)).content.decode()
    assert "教师" in page
    assert "办理退出" not in page
    assert "接纳成员" not in page


@pytest.mark.parametrize(
    "who", ["principal", "supervisor", "editor", "sysadmin", "bureau", "office2"]
)
def test_nobody_else_changes_a_group(client, cast, leading, who):
    client.force_login(getattr(cast, who))
    client.post(change(leading), written(cast.school, name="别的名字"))
    client.post(ADD, written(cast.school, kind="supervision"))
    assert list(Committee.objects.values_list("name", flat=True)) == ["第一小学校务公开领导小组"]
