from datetime import timedelta

import pytest
from django.urls import reverse

from portal.ledger.moments import as_of, now
from portal.organisation.forms import SIGN_INS
from tests.cast import PASSWORD

SIGN_IN = reverse("sign_in")
WRONG = "用户名或密码不正确，请核对后再试。密码区分大小写。"


@pytest.fixture(autouse=True)
def nobody_has_failed():
    SIGN_INS.clear()
    yield
    SIGN_INS.clear()


def sign_in(client, username="teacher", password=PASSWORD, **extra):
    sent = {"username": username, "password": password} | extra.pop("sent", {})
    return client.post(SIGN_IN, sent, **extra)


def user_of(client):
    return client.session.get("_auth_user_id")


def test_signing_in_leads_to_the_inward_board(cast, client):
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == reverse("inward")
    assert user_of(client) == str(cast.teacher.pk)


def test_the_session_key_changes_on_signing_in(cast, client):
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_an_unknown_name_and_a_closed_account_answer_alike(cast, client):
    cast.parent.deactivate(by=cast.office, reason="毕业")
    for username, password in (("teacher", "x"), ("nobody", PASSWORD), ("parent", PASSWORD)):
        response = sign_in(client, username, password)
        assert response.context["form"].non_field_errors() == [WRONG]
        assert user_of(client) is None


def test_empty_fields_are_asked_for(cast, client):
    errors = sign_in(client, "", "").context["form"].errors
    assert errors == {"username": ["请填写用户名。"], "password": ["请填写密码。"]}


def test_next_leads_back_to_a_page_of_the_site(cast, client):
    target = reverse("password_change")
    assert sign_in(client, sent={"next": target})["Location"] == target


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "https://testserver@evil.example/",
    ],
)
def test_next_never_leads_elsewhere(cast, client, target):
    assert sign_in(client, sent={"next": target})["Location"] == reverse("inward")


def test_the_eleventh_failure_waits_even_with_the_right_password(cast, client):
    for _attempt in range(10):
        response = sign_in(client, password="x")
        assert response.context["form"].non_field_errors() == [WRONG]
    response = sign_in(client)
    assert response.context["form"].non_field_errors() == [
        "失败次数太多，请在15分钟后再试。忘记密码可以通过电子邮箱找回，"
        "或请学校的校务公开办公室重置。"
    ]
    assert user_of(client) is None


def test_the_wait_is_for_one_account_at_one_address_and_ends(cast, client):
    for _attempt in range(10):
        sign_in(client, password="x")
    assert sign_in(client, "parent").status_code == 302
    client.logout()
    assert sign_in(client, REMOTE_ADDR="10.0.0.9").status_code == 302
    client.logout()
    assert sign_in(client, "Teacher").status_code == 200
    with as_of(now() + timedelta(minutes=16)):
        assert sign_in(client).status_code == 302


def test_behind_a_proxy_the_address_is_the_last_hop_it_noted(cast, client, settings):
    settings.TRUST_PROXY = True
    for n in range(10):
        sign_in(client, password="x", HTTP_X_FORWARDED_FOR=f"1.1.1.{n}, 10.0.0.1")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.0.0.1").status_code == 200
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.0.0.1, 10.0.0.2").status_code == 302


def test_a_household_network_waits_as_one(cast, client):
    for n in range(10):
        sign_in(client, password="x", REMOTE_ADDR=f"2001:db8:1:2::{n + 1}")
    assert sign_in(client, REMOTE_ADDR="2001:db8:1:2:bbbb::9").status_code == 200
    assert sign_in(client, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_a_success_forgets_the_failures(cast, client):
    for _attempt in range(9):
        sign_in(client, password="x")
    sign_in(client)
    client.logout()
    sign_in(client, password="x")
    assert sign_in(client).status_code == 302


def test_the_door_of_the_workplace_counts_too(cast, client):
    for _attempt in range(10):
        sign_in(client, "office", "x")
    sent = {"username": "office", "password": PASSWORD}
    response = client.post(reverse("admin:login"), sent, follow=True)
    assert response.request["PATH_INFO"] == SIGN_IN
    assert user_of(client) is None


def test_signing_out_takes_a_post(cast, client):
    client.force_login(cast.teacher)
    assert client.get(reverse("sign_out")).status_code == 405
    assert user_of(client) == str(cast.teacher.pk)
    response = client.post(reverse("sign_out"))
    assert response["Location"] == reverse("home")
    assert user_of(client) is None


def test_a_deactivated_person_is_out_at_the_next_request(cast, client):
    client.force_login(cast.office2)
    desk = reverse("admin:organisation_department_changelist")
    assert client.get(desk).status_code == 200
    cast.office2.deactivate(by=cast.sysadmin, reason="离职")
    assert client.get(desk).status_code == 302
    assert client.get(reverse("password_change")).status_code == 302


def test_an_ended_post_closes_the_workplace_at_the_next_request(cast, client):
    client.force_login(cast.office2)
    page = reverse("admin:organisation_post_changelist")
    assert client.get(page).status_code == 200
    cast.office2.posts.get().end(by=cast.sysadmin)
    assert client.get(page).status_code == 302
    assert user_of(client) == str(cast.office2.pk)


def test_an_office_lost_beside_another_closes_its_pages_at_the_next_request(cast, client):
    office = cast.office2.posts.get()
    type(office)(user=cast.office2, school=cast.school2, office="special_audit").appoint(
        by=cast.sysadmin
    )
    client.force_login(cast.office2)
    page = reverse("admin:organisation_user_changelist")
    assert client.get(page).status_code == 200
    office.end(by=cast.sysadmin)
    assert client.get(page).status_code == 403
