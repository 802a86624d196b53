from datetime import timedelta

import pytest
from django.urls import reverse

from portal.ledger.acts import Refused, perform
from portal.ledger.checking.rows import check_rows
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Affiliation, Office, Post, User
from portal.organisation.turning import follow_turning_posts

ADD = reverse("admin:organisation_post_add")
ADD_AFFILIATION = reverse("admin:organisation_affiliation_add")


def end_url(post):
    return reverse(f"admin:organisation_{post._meta.model_name}_end", args=[post.pk])


def appointment(user, school, office, **changes):
    return {
        "user": user.pk,
        "school": school.pk,
        "office": office,
        "department": "",
        "title": "",
        "starts_on": today(),
        "ends_on": "",
        "reason": "校办〔2026〕3号",
    } | changes


def ending(on=None, reason="轮岗"):
    return {"on": on or today(), "reason": reason}


def offices_of(user):
    return set(user.groups.values_list("authority__office", flat=True))


def test_the_office_appoints_in_its_school(cast, client):
    client.force_login(cast.office)
    client.post(ADD, appointment(cast.teacher, cast.school, Office.SUPERVISION))
    post = Post.objects.get(user=cast.teacher)
    act = Act.objects.about(cast.teacher.pk).get(name="appoint")
    assert (act.actor_id, act.reason, act.school) == (
        str(cast.office.pk),
        "校办〔2026〕3号",
        "first",
    )
    assert post.history.get().act_id == act.uuid
    assert offices_of(cast.teacher) == {"supervision"}
    assert User.objects.get(pk=cast.teacher.pk).is_staff


def change_phone(user, phone, by):
    """Somebody else's change of the person's account, of which who holds `user` knows nothing."""
    stored = User.objects.get(pk=user.pk)
    with perform("change", stored, by=by):
        stored.phone = phone
        stored.save()


def test_the_history_of_a_person_appointed_says_what_their_row_says(cast):
    change_phone(cast.teacher, "13800000000", cast.office)
    Post(user=cast.teacher, school=cast.school, office=Office.SUPERVISION).appoint(by=cast.office)
    newest = User.history.filter(id=cast.teacher.pk).latest()
    for told in (newest, User.objects.get(pk=cast.teacher.pk), cast.teacher):
        assert (told.is_staff, told.phone) == (True, "13800000000")
    assert list(check_rows()) == []


def test_nobody_appoints_themselves_and_the_form_keeps_what_was_typed(cast, client):
    client.force_login(cast.office)
    response = client.post(ADD, appointment(cast.office, cast.school, Office.PRINCIPAL))
    page = response.content.decode()
    assert "不能任命自己，请由另一位有权限的人办理。" in page
    assert "校办〔2026〕3号" in page
    assert offices_of(cast.office) == {"office"}


@pytest.mark.parametrize("name", ["office2", "principal", "supervisor", "editor", "bureau"])
def test_others_appoint_nobody_there(cast, client, name):
    client.force_login(getattr(cast, name))
    client.post(ADD, appointment(cast.teacher, cast.school, Office.SUPERVISION))
    assert not Post.objects.filter(user=cast.teacher).exists()


def test_an_office_appoints_neither_elsewhere_nor_others_people(cast, client):
    client.force_login(cast.office)
    client.post(ADD, appointment(cast.teacher, cast.school2, Office.SUPERVISION))
    client.post(ADD, appointment(cast.teacher2, cast.school, Office.SUPERVISION))
    client.post(
        ADD, appointment(cast.teacher, cast.school, Office.EDITOR, department=cast.department2.pk)
    )
    assert not Post.objects.filter(user__in=[cast.teacher, cast.teacher2]).exists()


def test_an_editor_needs_a_department_and_the_form_says_so(cast, client):
    client.force_login(cast.office)
    response = client.post(ADD, appointment(cast.teacher, cast.school, Office.EDITOR))
    assert "信息员和部门负责人要选定部门，其他职务不选部门。" in response.content.decode()
    assert not Post.objects.filter(user=cast.teacher).exists()


def test_the_system_administrator_appoints_a_schools_office_and_no_other(cast, client):
    client.force_login(cast.sysadmin)
    client.post(ADD, appointment(cast.teacher2, cast.school2, Office.OFFICE))
    assert offices_of(cast.teacher2) == {"office"}
    response = client.post(ADD, appointment(cast.teacher, cast.school, Office.PRINCIPAL))
    assert "系统管理员只任免校务公开办公室" in response.content.decode()
    assert offices_of(cast.teacher) == set()


def test_a_post_is_never_edited(cast, client):
    client.force_login(cast.office)
    post = cast.editor.posts.get()
    url = reverse("admin:organisation_post_change", args=[post.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, appointment(cast.editor, cast.school, "principal")).status_code == 403
    assert Post.objects.get(pk=post.pk).office == "editor"


def test_the_office_ends_a_post_and_the_group_goes_with_it(cast, client):
    client.force_login(cast.office)
    post = cast.editor.posts.get()
    client.post(end_url(post), ending())
    post.refresh_from_db()
    act = Act.objects.about(cast.editor.pk).get(name="end_post")
    assert (post.ends_on, act.reason, act.actor_id) == (today(), "轮岗", str(cast.office.pk))
    assert post.history.first().act_id == act.uuid
    assert offices_of(cast.editor) == set()
    assert not User.objects.get(pk=cast.editor.pk).is_staff


def test_the_day_offered_is_today_as_a_browser_reads_it(cast, client):
    client.force_login(cast.office)
    page = client.get(end_url(cast.editor.posts.get())).content.decode()
    assert f'<input type="date" name="on" value="{today():%Y-%m-%d}"' in page


@pytest.mark.parametrize("name", ["office2", "principal", "supervisor", "editor", "bureau"])
def test_others_end_no_post_there(cast, client, name):
    client.force_login(getattr(cast, name))
    post = cast.head.posts.get()
    assert client.post(end_url(post), ending()).status_code in (403, 404)
    assert Post.objects.get(pk=post.pk).ends_on is None


def test_endings_that_are_refused_say_why(cast, client):
    client.force_login(cast.office)
    own = client.post(end_url(cast.office.posts.get()), ending())
    assert "不能免去自己的职务，请由另一位有权限的人办理。" in own.content.decode()
    post = cast.editor.posts.get()
    early = client.post(end_url(post), ending(on=today() - timedelta(days=1)))
    assert "免职日期不能早于今天。" in early.content.decode()
    post.end(by=cast.office)
    again = client.post(end_url(post), ending())
    assert "这项任职已经结束。" in again.content.decode()
    assert Act.objects.filter(name="end_post").count() == 1


def test_the_system_administrator_ends_no_post_but_an_offices(cast, client):
    client.force_login(cast.sysadmin)
    response = client.post(end_url(cast.principal.posts.get()), ending())
    assert "系统管理员只任免校务公开办公室" in response.content.decode()
    client.post(end_url(cast.office.posts.get()), ending())
    assert offices_of(cast.office) == set()
    assert offices_of(cast.principal) == {"principal"}


def test_a_post_of_tomorrow_gives_nothing_today_and_its_office_after_the_sweep(cast):
    post = Post(
        user=cast.teacher,
        school=cast.school,
        office=Office.OFFICE,
        starts_on=today() + timedelta(days=1),
    )
    post.appoint(by=cast.office)
    assert follow_turning_posts(today()) == 0
    assert offices_of(cast.teacher) == set()
    with as_of(now() + timedelta(days=1)):
        assert follow_turning_posts(today()) == 1
        assert follow_turning_posts(today()) == 0
    assert offices_of(cast.teacher) == {"office"}
    assert User.objects.get(pk=cast.teacher.pk).is_staff


def test_a_post_that_runs_out_loses_its_office_in_the_sweep(cast):
    post = cast.editor.posts.get()
    post.end(by=cast.office, on=today() + timedelta(days=3))
    assert offices_of(cast.editor) == {"editor"}
    for days, people in ((2, 0), (3, 1), (4, 0)):
        with as_of(now() + timedelta(days=days)):
            assert follow_turning_posts(today()) == people
    assert offices_of(cast.editor) == set()


def test_the_offices_of_two_departments_are_two(cast):
    Post(
        user=cast.editor,
        school=cast.school,
        office=Office.EDITOR,
        department=cast.other_department,
    ).appoint(by=cast.office)
    assert cast.editor.groups.count() == 2
    cast.editor.posts.get(department=cast.department).end(by=cast.office)
    assert cast.editor.groups.get().authority.department == cast.other_department


def test_an_affiliation_is_registered_and_ended_by_the_office(cast, client):
    client.force_login(cast.office)
    sent = {
        "user": cast.teacher.pk,
        "school": cast.school.pk,
        "kind": "party",
        "school_class": "",
        "starts_on": today(),
        "ends_on": "",
    }
    client.post(ADD_AFFILIATION, sent)
    affiliation = Affiliation.objects.get(user=cast.teacher, kind="party")
    client.post(end_url(affiliation), ending(reason="转出"))
    affiliation.refresh_from_db()
    assert affiliation.ends_on == today()
    acts = Act.objects.about(cast.teacher.pk).filter(actor_id=str(cast.office.pk)).order_by("id")
    assert [(act.name, act.reason) for act in acts] == [
        ("affiliate", ""),
        ("end_affiliation", "转出"),
    ]
    assert [row.act_id for row in affiliation.history.order_by("history_id")] == [
        act.uuid for act in acts
    ]
    again = client.post(end_url(affiliation), ending())
    assert "这项身份已经注销。" in again.content.decode()


@pytest.mark.parametrize("name", ["office2", "principal", "supervisor", "bureau", "sysadmin"])
def test_others_neither_register_nor_end_an_affiliation(cast, client, name):
    client.force_login(getattr(cast, name))
    sent = {"user": cast.teacher.pk, "school": cast.school.pk, "kind": "party"}
    client.post(ADD_AFFILIATION, sent | {"starts_on": today()})
    assert not Affiliation.objects.filter(kind="party", user=cast.teacher).exists()
    affiliation = Affiliation.objects.get(user=cast.parent)
    assert client.post(end_url(affiliation), ending()).status_code in (403, 404)
    affiliation.refresh_from_db()
    assert affiliation.ends_on is None


def test_a_class_of_another_school_is_refused(cast):
    affiliation = Affiliation(user=cast.parent, school=cast.school, kind="parents")
    affiliation.school_class = cast.school2.classes.model(
        school=cast.school2, name="一班", entry_year=2026
    )
    affiliation.school_class.save()
    with pytest.raises(Refused, match="所选班级不属于这所学校。"):
        affiliation.register(by=cast.office)


def test_the_second_of_two_who_end_a_post_at_once_is_refused(cast):
    post = cast.editor.posts.get()
    seen_before = Post.objects.get(pk=post.pk)
    post.end(by=cast.office)
    with pytest.raises(Refused, match="这项任职已经结束。"):
        seen_before.end(by=cast.sysadmin)
    assert Act.objects.filter(name="end_post").count() == 1
