"""The code with which an imported person sets their first password, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now
from portal.organisation.models import ActivationCode, User
from tests.portal.newcomers import LI, WANG, newcomers

ACTIVATION = reverse("activation")
OWN = "阳光-quite-my-own-7"
WRONG = "用户名或激活码不正确，或激活码已用过、已过期。请核对，或请校务公开办公室重发。"


def activated(client, username, code, first=OWN, second=None):
    typed = {"username": username, "code": code, "new_password1": first}
    return client.post(ACTIVATION, typed | {"new_password2": first if second is None else second})


def test_the_person_sets_a_password_with_the_code_and_signs_in(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    client.logout()
    answer = activated(client, "li", row.code.lower().replace("-", " "))
    assert answer.url == reverse("sign_in")
    user = User.objects.get(username="li")
    assert user.check_password(OWN) and not user.must_change_password
    act = Act.objects.about(user.pk).get(name="activate")
    assert (act.actor_id, act.school) == (str(user.pk), "first")
    assert ActivationCode.objects.get(user=user).used_at is not None
    assert WRONG in activated(client, "li", row.code, "another-own-pass-9").content.decode()


def test_whatever_is_wrong_is_told_alike(cast, client, classes):
    first, second = newcomers(client, cast, WANG, LI)
    gone = User.objects.get(username="wang")
    gone.deactivate(by=cast.office, reason="调离")
    client.logout()
    told = {
        activated(client, name, code).context["form"].non_field_errors()[0]
        for name, code in (
            ("li", "00000-00000-00000-00000"),
            ("nobody", second.code),
            ("li", first.code),
            ("wang", first.code),
            ("office", second.code),
        )
    }
    with as_of(now() + timedelta(days=30, seconds=1)):
        told.add(activated(client, "li", second.code).context["form"].non_field_errors()[0])
    assert told == {WRONG}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("12345678", "12345678", "密码"),
        (OWN, "other", "两次填写的新密码不一致，请重新填写。"),
        ("", "", "这个字段是必填项。"),
    ],
)
def test_a_password_that_does_not_do_leaves_the_code_unused(
    cast, client, classes, first, second, sentence
):
    (row,) = newcomers(client, cast, LI)
    client.logout()
    answer = activated(client, "li", row.code, first, second)
    assert sentence in answer.content.decode()
    assert activated(client, "li", row.code).status_code == 302


def test_a_password_set_by_the_office_voids_the_code(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    User.objects.get(username="li").reset_password("office-set-it-1", by=cast.office)
    client.logout()
    assert WRONG in activated(client, "li", row.code).content.decode()


def test_a_code_used_by_another_click_is_refused(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    one = ActivationCode.objects.open_with("li", row.code)
    two = ActivationCode.objects.open_with("li", row.code)
    one.activate(OWN)
    with pytest.raises(Refused):
        two.activate("somebody-elses-9")
    assert User.objects.get(username="li").check_password(OWN)


def test_guessing_is_slowed_for_the_account_and_for_the_address(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    client.logout()
    for _n in range(10):
        activated(client, "li", "00000-00000-00000-00000")
    assert "失败次数太多" in activated(client, "li", row.code).content.decode()
    for n in range(10):
        activated(client, f"other{n}", "00000-00000-00000-00000")
    assert "失败次数太多" in activated(client, "fresh", row.code).content.decode()


def test_the_office_hands_out_a_new_code_which_voids_the_old(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    li = User.objects.get(username="li")
    address = reverse("admin:organisation_user_activation", args=[li.pk])
    answer = client.post(address)
    fresh = answer.context["newcomers"][0].code
    client.logout()
    assert WRONG in activated(client, "li", row.code).content.decode()
    assert activated(client, "li", fresh).status_code == 302
    client.force_login(cast.office)
    assert "已经激活" in client.post(address).content.decode()


def test_strange_input_gets_a_page(client, db):
    for name in ("", "\x00", "x" * 9000, "😀", "\ud800".encode("utf-8", "replace").decode()):
        answer = activated(client, name, name)
        assert answer.status_code == 200 and answer.context["form"].errors
    assert {"private", "no-store"} <= set(client.get(ACTIVATION)["Cache-Control"].split(", "))
