"""What somebody who means harm, or means well and clicks wrong, does not get from the portal."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from disclosures.models import Adoption, Disclosure
from feedback.models import Mailbox
from portal.organisation.models import Department, User


@pytest.mark.parametrize(
    ("who", "model", "asked"),
    [
        ("office", "user", "password__startswith=md5"),
        ("sysadmin", "user", "password__startswith=md5"),
        ("sysadmin", "message", "body__contains=a"),
        ("sysadmin", "message", "link__contains=password"),
        ("sysadmin", "job", "terms__title=a"),
    ],
)
def test_a_list_is_no_oracle_for_columns_it_does_not_filter_by(cast, signed_in, who, model, asked):
    client, address = signed_in(getattr(cast, who)), f"admin:organisation_{model}_changelist"
    assert client.get(reverse(address)).status_code == 200
    assert client.get(f"{reverse(address)}?{asked}").status_code == 400


def test_lists_answer_the_filters_they_offer(cast, signed_in):
    address = reverse("admin:organisation_user_changelist")
    page = signed_in(cast.office).get(
        f"{address}?is_staff__exact=0&home__id__exact={cast.school.pk}"
    )
    found = {person.username for person in page.context["cl"].result_list}
    assert found == {"teacher", "parent", "member"}


def test_no_address_leads_from_a_key_to_the_page_of_a_row(cast, stage, signed_in):
    """Django's redirect by content type would name files and numbers of other schools' drafts."""
    kind = ContentType.objects.get_for_model(Disclosure).pk
    for edition in (stage.draft(), stage.published()):
        asked = f"/admin/r/{kind}/{edition.disclosure_id}/"
        for person in (cast.editor, cast.editor2, cast.sysadmin):
            assert signed_in(person).get(asked).status_code == 404


def test_a_notice_has_one_address_in_plain_digits(cast, stage, client):
    notice = stage.published().disclosure
    address = notice.get_absolute_url()
    arabic = address.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.get(address).status_code == 200
    assert client.get(arabic).status_code == 404


def test_two_clicks_that_both_saw_nothing_said_leave_one_adoption(cast):
    """Both forms were opened before anything was said of the entry."""
    first = Adoption.objects.of(cast.school, cast.entry)
    second = Adoption.objects.of(cast.school, cast.entry)
    first.adopt(by=cast.office, channels="公开栏")
    second.switch_off(by=cast.office, reason="本校没有这一事项")
    said = Adoption.objects.get(school=cast.school, entry=cast.entry)
    assert (said.pk, said.is_on, said.reason) == (first.pk, False, "本校没有这一事项")
    assert [row.is_on for row in Adoption.history.filter(id=said.pk).order_by("history_id")] == [
        True,
        False,
    ]


def test_a_row_another_click_has_just_made_comes_back_as_a_sentence(cast, signed_in, monkeypatch):
    """The first look finds the name free; by the time of writing it is taken."""
    typed = {"school": cast.school, "name": "后勤处", "slug": "service"}
    Department(**typed).save()
    check = Department.validate_constraints
    looks = iter([lambda *args, **kwargs: None])
    monkeypatch.setattr(
        Department, "validate_constraints", lambda *args, **kw: next(looks, check)(*args, **kw)
    )
    address = reverse("admin:organisation_department_add")
    page = signed_in(cast.office).post(address, typed | {"school": cast.school.pk, "position": 0})
    assert page.status_code == 200
    assert len(page.context["adminform"].form.non_field_errors()) == 2
    assert Department.objects.filter(slug="service").count() == 1


def test_nothing_invisible_enters_the_name_of_a_person_or_a_school(cast, signed_in):
    office = signed_in(cast.office)
    typed = {"home": cast.school.pk, "username": "zhang", "language": "zh-hans"}
    office.post(
        reverse("admin:organisation_user_add"), typed | {"name": "张\u202e三\x07\u200b\r\nBcc: 李"}
    )
    assert User.objects.get(username="zhang").name == "张三 Bcc: 李"
    address = reverse("admin:organisation_school_change", args=[cast.school.pk])
    office.post(address, {"address": "清溪路\u200b18\u202e号", "phone": "0599\x001"})
    cast.school.refresh_from_db()
    assert (cast.school.address, cast.school.phone) == ("清溪路18号", "05991")


def test_a_name_in_wide_letters_is_the_same_account(cast, signed_in):
    typed = {"home": cast.school.pk, "username": "ｔｅａｃｈｅｒ", "name": "张", "language": "en"}
    page = signed_in(cast.office).post(reverse("admin:organisation_user_add"), typed)
    assert list(page.context["adminform"].form.errors) == ["username"]


def test_saving_as_new_what_is_not_complete_comes_back_as_a_form(cast, signed_in):
    address = reverse("admin:organisation_user_change", args=[cast.teacher.pk])
    page = signed_in(cast.office).post(address, {"_saveasnew": "1", "username": "teacher"})
    assert page.status_code == 200
    assert "username" in page.context["adminform"].form.errors


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_all_calendars_is_refused_while_writing(cast, stage, signed_in, day):
    edition = stage.draft()
    address = reverse("admin:disclosures_edition_change", args=[edition.pk])
    page = signed_in(cast.editor).post(
        address, {"version": 0, "title": "收费公示", "closes_on": day, "written_on": day}
    )
    assert page.status_code == 200
    assert {"closes_on", "written_on"} <= set(page.context["form"].errors)


@pytest.mark.parametrize("days", ["0", "-1", "366", "2147483647", "9223372036854775807"])
def test_a_box_promises_an_answer_within_a_year(cast, signed_in, days):
    typed = {"school": cast.school.pk, "name": "信箱", "slug": "box", "office": "principal"}
    page = signed_in(cast.office).post(
        reverse("admin:feedback_mailbox_add"), typed | {"reply_days": days, "is_open": "on"}
    )
    assert list(page.context["adminform"].form.errors) == ["reply_days"]
    assert not Mailbox.objects.filter(slug="box").exists()


@pytest.mark.parametrize("desk", ["post", "affiliation"])
@pytest.mark.parametrize("key", ["abc", "a\x00b", "9" * 40])
def test_what_is_no_key_of_a_person_comes_back_as_a_sentence(cast, signed_in, desk, key):
    address, office = reverse(f"admin:organisation_{desk}_add"), signed_in(cast.office)
    page = office.post(address, {"user": key, "school": cast.school.pk})
    assert page.status_code == 200
    assert "user" in page.context["adminform"].form.errors
    assert office.get(address, {"user": key}).status_code == 200


@pytest.mark.services
@pytest.mark.parametrize(
    "address",
    [
        "/notices/?school=%00",
        "/attachments/952251f1-82fc-4d2d-bfa2-4594be3d8abf/%00",
        "/admin/organisation/post/?office__exact=%00",
        "/admin/disclosures/catalogueentry/?category=%00",
        "/admin/autocomplete/?app_label=organisation&model_name=post&field_name=user&term=%00",
    ],
)
def test_an_address_with_a_nul_is_no_fault_of_the_portal(cast, signed_in, address):
    """SQLite looks for the NUL and finds nothing; PostgreSQL refuses to look."""
    assert signed_in(cast.office).get(address).status_code in (200, 400, 404)
