import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.ledger.acts import Refused, perform
from portal.ledger.checking.rows import check_rows
from portal.ledger.models import Act
from portal.ledger.moments import today
from portal.organisation.admin.schools import FOOTER
from portal.organisation.models import Authority, Department, School

NEW = {
    "kind": "school",
    "stage": "primary",
    "name": "示范区第三小学",
    "short_name": "三小",
    "slug": "third",
    "org_code": "12350000000000003D",
}


def change_url(school):
    return reverse("admin:organisation_school_change", args=[school.pk])


def filled(school, **changes):
    """What the form of a school sends when nothing but `changes` is touched."""
    names = ("kind", "stage", "name", "short_name", "slug", "org_code", *FOOTER)
    values = {name: getattr(school, name) for name in names}
    return values | {"parent": school.parent_id or ""} | changes


def test_the_bureaus_office_registers_a_school_beneath_it(cast, client):
    client.force_login(cast.bureau)
    url = reverse("admin:organisation_school_add")
    client.post(url, NEW | {"parent": cast.bureau_school.pk})
    school = School.objects.get(slug="third")
    act = Act.objects.about(school.pk).get()
    assert school.path == "/bureau/third/"
    assert (act.name, act.actor_id, act.school) == ("register", str(cast.bureau.pk), "third")
    assert school.history.get().act_id == act.uuid


def test_the_bureaus_office_may_not_plant_a_school_outside_its_tree(cast, client):
    client.force_login(cast.bureau)
    response = client.post(reverse("admin:organisation_school_add"), NEW)
    assert list(response.context["adminform"].form.errors) == ["parent"]
    assert not School.objects.filter(slug="third").exists()


def test_the_system_administrator_plants_a_bureau(cast, client):
    client.force_login(cast.sysadmin)
    values = NEW | {"kind": "bureau", "stage": "", "slug": "county", "parent": ""}
    client.post(reverse("admin:organisation_school_add"), values)
    assert School.objects.get(slug="county").path == "/county/"


@pytest.mark.parametrize("name", ["office", "principal", "editor", "supervisor", "teacher"])
def test_nobody_in_a_school_registers_schools(cast, client, name):
    client.force_login(getattr(cast, name))
    client.post(reverse("admin:organisation_school_add"), NEW | {"parent": cast.bureau_school.pk})
    assert not School.objects.filter(slug="third").exists()


def test_a_schools_office_changes_its_footer_and_nothing_else(cast, client):
    client.force_login(cast.office)
    sent = filled(cast.school, phone="0595-2255", name="别的名称", slug="other", parent="")
    client.post(change_url(cast.school), sent)
    school = School.objects.get(pk=cast.school.pk)
    assert school.phone == "0595-2255"
    assert (school.name, school.slug, school.parent) == (
        "示范区第一小学",
        "first",
        cast.bureau_school,
    )
    act = Act.objects.about(school.pk).get(name="change")
    assert act.actor_id == str(cast.office.pk)
    assert school.history.first().act_id == act.uuid


def test_a_form_saved_without_a_change_is_no_act(cast, client):
    client.force_login(cast.office)
    client.post(change_url(cast.school), filled(cast.school))
    assert not Act.objects.about(cast.school.pk).filter(name="change").exists()


@pytest.mark.parametrize("name", ["office2", "principal", "supervisor", "editor", "parent"])
def test_others_change_nothing_of_a_school(cast, client, name):
    client.force_login(getattr(cast, name))
    client.post(change_url(cast.school), filled(cast.school, phone="110"))
    assert School.objects.get(pk=cast.school.pk).phone == ""


def test_the_bureaus_office_does_not_change_what_the_bureau_is(cast, client):
    client.force_login(cast.bureau)
    client.post(
        change_url(cast.bureau_school), filled(cast.bureau_school, kind="school", phone="12345")
    )
    bureau = School.objects.get(pk=cast.bureau_school.pk)
    assert (bureau.kind, bureau.phone) == ("bureau", "12345")


def test_a_published_schools_address_and_code_stay(cast, client):
    cast.school.fix_slug()
    client.force_login(cast.bureau)
    sent = filled(cast.school, slug="renamed", org_code="12350000000000009Z", short_name="一小")
    client.post(change_url(cast.school), sent)
    school = School.objects.get(pk=cast.school.pk)
    assert (school.slug, school.org_code, school.short_name) == (
        "first",
        "12350000000000001B",
        "一小",
    )


def test_a_first_publication_leaves_what_somebody_else_has_changed_meanwhile(cast):
    stored = School.objects.get(pk=cast.school.pk)
    with perform("change", stored, by=cast.office):
        stored.phone = "0591-0000000"
        stored.save()
    cast.school.fix_slug()
    newest = School.objects.get(pk=cast.school.pk).history.latest()
    assert (newest.slug_fixed, newest.phone) == (True, "0591-0000000")
    assert list(check_rows()) == []


def test_code_that_tries_is_refused_with_the_sentence(cast):
    cast.school.fix_slug()
    cast.school.slug = "renamed"
    with pytest.raises(Refused, match="已有信息公开，网址名不能再改，否则旧链接会失效。"):
        cast.school.save()
    with pytest.raises(ValidationError, match="网址名不能再改"):
        cast.school.clean()


def test_an_unpublished_school_takes_its_tree_along_when_its_slug_changes(cast):
    branch = School(
        slug="branch",
        name="分校",
        short_name="分校",
        kind="school",
        parent=cast.school,
        org_code="12350000000000004E",
    )
    branch.save()
    cast.school.slug = "no-1"
    cast.school.save()
    assert School.objects.get(pk=branch.pk).path == "/bureau/no-1/branch/"


def test_a_slug_given_up_leads_nobody_into_the_former_schools_offices(cast):
    cast.school.slug = "no-1"
    cast.school.save()
    taker = School(
        slug="first",
        name="另一所",
        short_name="另一所",
        kind="school",
        parent=cast.bureau_school,
        org_code="12350000000000005F",
    )
    taker.save()
    authority = type(cast.office.posts.get().authority()).objects.at(taker, "office")
    assert list(authority.holders()) == []


def test_a_school_is_not_its_own_superior(cast):
    cast.bureau_school.parent = cast.school
    with pytest.raises(ValidationError, match="上级单位不能是本单位或它的下级单位"):
        cast.bureau_school.clean()


def test_a_closed_school_says_so_from_the_day_on(cast):
    assert not cast.school.is_closed
    cast.school.closed_on = today()
    assert cast.school.is_closed


def test_a_department_is_registered_by_its_schools_office(cast, client):
    client.force_login(cast.office)
    sent = {"school": cast.school.pk, "name": "德育处", "slug": "moral", "position": 3}
    client.post(reverse("admin:organisation_department_add"), sent)
    department = Department.objects.get(slug="moral")
    act = Act.objects.about(department.pk).get()
    assert (department.school, act.name, act.actor_id) == (
        cast.school,
        "register",
        str(cast.office.pk),
    )


@pytest.mark.parametrize("name", ["office2", "principal", "editor", "bureau", "sysadmin"])
def test_others_register_no_department_there(cast, client, name):
    client.force_login(getattr(cast, name))
    sent = {"school": cast.school.pk, "name": "德育处", "slug": "moral", "position": 3}
    client.post(reverse("admin:organisation_department_add"), sent)
    assert not Department.objects.filter(slug="moral").exists()


def test_a_departments_tree_has_no_loop_and_stays_in_the_school(cast):
    inner = Department(school=cast.school, name="食堂", slug="canteen", parent=cast.department)
    inner.save()
    cast.department.parent = inner
    with pytest.raises(ValidationError, match="上级部门不能是本部门或它的下级部门。"):
        cast.department.clean()
    inner.parent = cast.department2
    with pytest.raises(ValidationError, match="上级部门应属于同一所学校。"):
        inner.clean()


def test_another_schools_department_is_no_choice(cast, client):
    client.force_login(cast.office)
    response = client.get(reverse("admin:organisation_department_add"))
    choices = response.context["adminform"].form.fields["parent"].queryset
    assert set(choices) == {cast.department, cast.other_department}


def test_only_a_bureaus_office_reaches_the_schools_beneath_it(cast):
    reached = Authority.objects.schools_beneath
    assert set(reached(cast.bureau)) == {cast.bureau_school, cast.school, cast.school2}
    for person in (cast.office, cast.principal, cast.teacher, cast.sysadmin, AnonymousUser()):
        assert not reached(person).exists()


def test_the_mode_of_requests_waits_until_something_uses_it(cast, client):
    client.force_login(cast.bureau)
    fields = client.get(change_url(cast.school)).context["adminform"].form.fields
    assert "slug" in fields
    assert "request_mode" not in fields
    assert fields["slug"].help_text == "本单位公开栏的网址用它，如“shiyan”。首次公开后不能再改。"
