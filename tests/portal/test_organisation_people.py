import pytest
from django.urls import reverse

from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import Message, Office, Post, User
from tests.cast import PASSWORD, appoint

ADD = reverse("admin:organisation_user_add")


def act_url(name, user):
    return reverse(f"admin:organisation_user_{name}", args=[user.pk])


def newcomer(school, **changes):
    return {
        "home": school.pk,
        "username": "wangxm",
        "name": "王小明",
        "phone": "",
        "email": "",
        "language": "zh-hans",
    } | changes


def test_the_office_opens_an_account_and_sees_its_password_once(cast, client):
    client.force_login(cast.office)
    response = client.post(ADD, newcomer(cast.school))
    user = User.objects.get(username="wangxm")
    password = response.context["password"]
    assert user.check_password(password)
    assert password in response.content.decode()
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert (user.home, user.email, user.must_change_password) == (cast.school, None, True)
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)
    page = client.get(act_url("change", user)).content.decode()
    assert password not in page


def test_the_record_names_who_opened_the_account(cast, client):
    client.force_login(cast.office)
    client.post(ADD, newcomer(cast.school))
    user = User.objects.get(username="wangxm")
    act = Act.objects.about(user.pk).get()
    assert (act.name, act.actor_id, act.school) == ("register", str(cast.office.pk), "first")
    assert user.history.get().act_id == act.uuid


@pytest.mark.parametrize(
    "name", ["office2", "principal", "editor", "supervisor", "teacher", "bureau"]
)
def test_others_open_no_account_in_the_school(cast, client, name):
    client.force_login(getattr(cast, name))
    client.post(ADD, newcomer(cast.school))
    assert not User.objects.filter(username="wangxm").exists()


def test_powers_sent_along_are_ignored(cast, client):
    client.force_login(cast.office)
    sent = {"is_superuser": "on", "is_staff": "on", "groups": [1], "user_permissions": [1]}
    client.post(ADD, newcomer(cast.school) | sent)
    client.post(act_url("change", cast.teacher), newcomer(cast.school, name="教师") | sent)
    for user in User.objects.filter(username__in=["wangxm", "teacher"]):
        assert (user.is_superuser, user.is_staff, user.groups.count()) == (False, False, 0)


def test_the_office_edits_name_phone_email_and_language_only(cast, client):
    client.force_login(cast.office)
    sent = newcomer(cast.school2, name="李老师", phone="138", email="li@example.com", language="en")
    client.post(act_url("change", cast.teacher), sent)
    user = User.objects.get(pk=cast.teacher.pk)
    assert (user.name, user.phone, user.email, user.language) == (
        "李老师",
        "138",
        "li@example.com",
        "en",
    )
    assert (user.username, user.home) == ("teacher", cast.school)
    act = Act.objects.about(user.pk).get(name="change")
    assert user.history.first().act_id == act.uuid


def test_an_address_in_use_is_refused_with_a_sentence(cast, client):
    cast.parent.email = "a@example.com"
    cast.parent.save()
    client.force_login(cast.office)
    response = client.post(ADD, newcomer(cast.school, email="a@example.com"))
    assert list(response.context["adminform"].form.errors) == ["email"]
    assert not User.objects.filter(username="wangxm").exists()


def test_the_office_resets_a_password_and_the_person_is_told(cast, client):
    client.force_login(cast.office)
    response = client.post(act_url("reset-password", cast.teacher))
    user = User.objects.get(pk=cast.teacher.pk)
    assert user.check_password(response.context["password"])
    assert user.must_change_password
    act = Act.objects.about(user.pk).get(name="reset_password")
    assert act.actor_id == str(cast.office.pk)
    assert Message.objects.get(recipient=user).subject == "您的密码已被重置"


def test_a_reset_asks_before_it_acts(cast, client):
    client.force_login(cast.office)
    response = client.get(act_url("reset-password", cast.teacher))
    assert "系统会生成一个新密码，只显示一次" in response.content.decode()
    assert User.objects.get(pk=cast.teacher.pk).check_password(PASSWORD)


def test_nobody_resets_their_own_password(cast, client):
    client.force_login(cast.office)
    response = client.post(act_url("reset-password", cast.office))
    assert "自己的密码请在“修改密码”页面更改。" in response.content.decode()
    assert User.objects.get(pk=cast.office.pk).check_password(PASSWORD)


@pytest.mark.parametrize("name", ["reset-password", "deactivation"])
@pytest.mark.parametrize("who", ["office2", "principal", "supervisor", "editor", "bureau"])
def test_others_do_not_touch_an_account(cast, client, name, who):
    client.force_login(getattr(cast, who))
    response = client.post(act_url(name, cast.teacher), {"reason": "x"})
    assert response.status_code in (403, 404)
    user = User.objects.get(pk=cast.teacher.pk)
    assert user.is_active
    assert user.check_password(PASSWORD)


def test_no_office_touches_a_system_administrator_at_home_in_its_school(cast, client):
    cast.sysadmin.home = cast.school
    cast.sysadmin.save()
    client.force_login(cast.office)
    response = client.post(act_url("reset-password", cast.sysadmin))
    assert response.status_code == 403
    client.post(act_url("change", cast.sysadmin), newcomer(cast.school, email="x@example.com"))
    user = User.objects.get(pk=cast.sysadmin.pk)
    assert user.check_password(PASSWORD)
    assert user.email is None


def test_no_office_touches_whoever_holds_a_post_in_another_school(cast, client):
    appoint(cast.teacher, cast.school2, Office.PRINCIPAL, by=cast.sysadmin)
    client.force_login(cast.office)
    assert client.post(act_url("reset-password", cast.teacher)).status_code == 403
    assert User.objects.get(pk=cast.teacher.pk).check_password(PASSWORD)
    Post.objects.get(user=cast.teacher).end(by=cast.sysadmin)
    assert client.post(act_url("reset-password", cast.teacher)).status_code == 200


def test_deactivation_and_reactivation_need_a_reason_and_are_recorded(cast, client):
    client.force_login(cast.office)
    client.post(act_url("deactivation", cast.teacher), {"reason": ""})
    assert User.objects.get(pk=cast.teacher.pk).is_active
    client.post(act_url("deactivation", cast.teacher), {"reason": "调离"})
    assert not User.objects.get(pk=cast.teacher.pk).is_active
    client.post(act_url("reactivation", cast.teacher), {"reason": "返校"})
    user = User.objects.get(pk=cast.teacher.pk)
    assert user.is_active
    acts = Act.objects.about(user.pk).filter(name__in=["deactivate", "reactivate"]).order_by("id")
    assert [(a.name, a.reason, a.actor_id) for a in acts] == [
        ("deactivate", "调离", str(cast.office.pk)),
        ("reactivate", "返校", str(cast.office.pk)),
    ]
    assert {row.act_id for row in user.history.all()[:2]} == {act.uuid for act in acts}


def test_an_act_in_the_wrong_state_answers_with_its_sentence(cast, client):
    client.force_login(cast.office)
    response = client.post(act_url("reactivation", cast.teacher), {"reason": "x"})
    assert "这个账号正在使用，不需要启用。" in response.content.decode()
    cast.teacher.deactivate(by=cast.office, reason="调离")
    response = client.post(act_url("deactivation", cast.teacher), {"reason": "x"})
    assert "这个账号已经停用。" in response.content.decode()
    response = client.post(act_url("reset-password", cast.teacher))
    assert "账号已停用，请先启用账号再重置密码。" in response.content.decode()


def test_only_the_acts_that_are_possible_have_a_button(cast, client):
    client.force_login(cast.office)
    shown = client.get(act_url("change", cast.teacher)).context["acts"]
    assert [str(act["button"]) for act in shown] == ["重置密码", "停用账号"]
    cast.teacher.deactivate(by=cast.office, reason="调离")
    shown = client.get(act_url("change", cast.teacher)).context["acts"]
    assert [str(act["button"]) for act in shown] == ["启用账号"]
    assert client.get(act_url("change", cast.office)).context["acts"] == []


def test_the_system_administrator_keeps_everybody(cast, client):
    client.force_login(cast.sysadmin)
    assert client.get(act_url("change", cast.teacher2)).status_code == 200
    response = client.post(act_url("reset-password", cast.teacher2))
    assert User.objects.get(pk=cast.teacher2.pk).check_password(response.context["password"])
    with pytest.raises(Refused, match="不能停用自己的账号。"):
        cast.sysadmin.deactivate(by=cast.sysadmin, reason="x")


def test_signing_in_leaves_no_row_in_the_history(cast, client):
    before = cast.teacher.history.count()
    assert client.login(username="teacher", password=PASSWORD)
    assert User.objects.get(pk=cast.teacher.pk).last_login is not None
    assert cast.teacher.history.count() == before


def test_an_act_on_an_old_view_of_the_account_undoes_nothing(cast):
    seen_before = User.objects.get(pk=cast.teacher.pk)
    cast.teacher.name, cast.teacher.email = "新名", "new@example.com"
    cast.teacher.save()
    seen_before.deactivate(by=cast.office, reason="调离")
    user = User.objects.get(pk=cast.teacher.pk)
    assert (user.name, user.email, user.is_active) == ("新名", "new@example.com", False)
