import re

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from portal.ledger.models import Act
from portal.organisation.models import Message, User
from portal.organisation.passwords import READABLE, readable_password
from tests.cast import PASSWORD

OWN = "阳光-quite-my-own-7"
GATE = "portal.organisation.password_due.PasswordDueFirst"


@pytest.fixture(autouse=True)
def gate(settings):
    if GATE not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, GATE]


def fresh(user):
    return User.objects.get(pk=user.pk)


def change(client, old=PASSWORD, new=OWN, again=None):
    return client.post(
        reverse("password_change"),
        {"old_password": old, "new_password1": new, "new_password2": again or new},
    )


def test_a_person_changes_their_password_and_stays_signed_in(cast, client):
    client.force_login(cast.teacher)
    response = change(client)
    assert response["Location"] == reverse("password_change_done")
    assert fresh(cast.teacher).check_password(OWN)
    assert client.get(reverse("password_change_done")).status_code == 200
    act = Act.objects.about(cast.teacher.pk).get(name="change_password")
    assert act.actor_id == str(cast.teacher.pk)
    assert cast.teacher.history.first().act_id == act.uuid


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"old": "x"}, "old_password", "原密码不正确，请重新填写。"),
        ({"again": "other-one-9"}, "new_password2", "两次填写的新密码不一致，请重新填写。"),
        ({"new": PASSWORD}, "new_password1", "新密码要和原密码不同。"),
    ],
)
def test_a_change_that_is_refused_says_why_and_changes_nothing(cast, client, sent, field, sentence):
    client.force_login(cast.teacher)
    response = change(client, **sent)
    assert response.context["form"].errors[field] == [sentence]
    assert fresh(cast.teacher).check_password(PASSWORD)


def test_weak_passwords_are_refused(cast, client):
    client.force_login(cast.teacher)
    for weak in ("12345678", "abc", "password1"):
        assert change(client, new=weak).context["form"].errors
    assert fresh(cast.teacher).check_password(PASSWORD)


def test_the_page_is_for_signed_in_people(cast, client):
    response = client.get(reverse("password_change"))
    assert response["Location"] == f"{reverse('sign_in')}?next={reverse('password_change')}"


def test_a_password_set_by_the_office_opens_nothing_until_it_is_changed(cast, client):
    first = readable_password()
    cast.office2.reset_password(first, by=cast.sysadmin)
    assert client.login(username="office2", password=first)
    for name in ("inward", "admin:index", "admin:organisation_department_changelist"):
        assert client.get(reverse(name))["Location"] == reverse("password_change")
    change(client, old=first)
    assert not fresh(cast.office2).must_change_password
    assert client.get(reverse("admin:organisation_department_changelist")).status_code == 200


def test_nothing_is_done_for_whoever_has_yet_to_change_the_password(cast, client):
    first = readable_password()
    cast.office2.reset_password(first, by=cast.sysadmin)
    client.login(username="office2", password=first)
    url = reverse("admin:organisation_user_deactivation", args=[cast.teacher2.pk])
    assert client.post(url, {"reason": "x"})["Location"] == reverse("password_change")
    assert fresh(cast.teacher2).is_active


def test_signing_out_stays_possible_and_public_pages_stay_open(cast, client):
    cast.teacher.reset_password(readable_password(), by=cast.office)
    client.force_login(fresh(cast.teacher))
    response = client.get(reverse("healthz"))
    assert response.status_code == 200
    assert not response.headers.get("Cache-Control")
    assert client.post(reverse("sign_out"))["Location"] == reverse("home")


def test_a_reset_ends_the_sessions_that_were_open(cast):
    client = Client()
    client.force_login(cast.teacher)
    assert client.get(reverse("password_change")).status_code == 200
    cast.teacher.reset_password(readable_password(), by=cast.office)
    assert client.get(reverse("password_change")).status_code == 302


def test_first_passwords_are_readable_and_differ():
    made = {readable_password() for _n in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(f"[{READABLE}]{{4}}(-[{READABLE}]{{4}}){{2}}", one) for one in made)
    assert not set(READABLE) & set("0o1lij9g")


def ask(client, email, **extra):
    return client.post(reverse("password_reset"), {"email": email}, **extra)


def with_email(user, address="t@example.com"):
    user.email = address
    user.save()
    return user


def test_a_forgotten_password_is_replaced_by_mail(cast, client):
    user = with_email(cast.teacher)
    assert ask(client, "T@example.com")["Location"] == reverse("password_reset_done")
    message = Message.objects.get(recipient=user)
    assert message.subject == "设置阳光校务的新密码"
    assert "有人为账号teacher申请设置新密码" in message.body
    page = client.get(message.link)
    response = client.post(page["Location"], {"new_password1": OWN, "new_password2": OWN})
    assert response["Location"] == reverse("password_reset_complete")
    assert fresh(user).check_password(OWN)
    assert Act.objects.about(user.pk).get(name="change_password").actor_id == str(user.pk)


def test_the_link_works_once(cast, client):
    with_email(cast.teacher)
    ask(client, "t@example.com")
    link = Message.objects.get().link
    page = client.get(link)
    client.post(page["Location"], {"new_password1": OWN, "new_password2": OWN})
    client.logout()
    again = client.get(link)
    assert "这个链接已经用过或过期了" in again.content.decode()
    assert again.context["validlink"] is False


def test_unknown_addresses_and_closed_accounts_get_the_same_answer_and_no_mail(cast, client):
    with_email(cast.teacher).deactivate(by=cast.office, reason="调离")
    for address in ("t@example.com", "nobody@example.com"):
        assert ask(client, address)["Location"] == reverse("password_reset_done")
    assert Message.objects.count() == 0


def test_pressing_again_sends_no_second_mail(cast, client):
    with_email(cast.teacher)
    ask(client, "t@example.com")
    ask(client, "t@example.com")
    assert Message.objects.count() == 1


def test_the_mail_follows_the_readers_language_and_never_the_sent_host(cast, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    cast.teacher.language = "en"
    with_email(cast.teacher)
    ask(client, "t@example.com", HTTP_HOST="evil.example")
    message = Message.objects.get()
    assert message.link.startswith("/en/accounts/password-reset/")
    assert "evil.example" not in message.subject + message.body + message.link
    assert site.SITE_URL not in message.link


def test_whoever_has_no_address_is_sent_to_the_office(cast, client):
    page = client.get(reverse("password_reset")).content.decode()
    assert "没有登记电子邮箱的，请联系学校的校务公开办公室，由他们当面重置密码。" in page
