"""Following by e-mail: asked for on a page, begun by a button in the mailed page, or forgotten."""

from datetime import timedelta

import pytest
from django.core import mail

from feedback.digest import tell_followers
from feedback.models import Subscription
from portal.ledger.moments import as_of, now
from tests.feedback.followers import FORM, START, ask, asked, following, link


def test_the_wish_begins_only_when_the_button_in_the_mailed_page_is_pressed(client, cast):
    path = asked(client)
    (sent,) = mail.outbox
    assert sent.to == ["parent@home.example"]
    assert sent.subject == "请确认订阅：示范区第一小学 · 收费"
    assert "三天内没有确认" in sent.body
    page = client.get(path)
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    assert "确认订阅" in page.content.decode()
    assert Subscription.objects.get().confirmed_at is None
    client.post(path, {"act": "confirm"})
    row = Subscription.objects.get()
    assert row.is_running
    assert (row.terms, row.rhythm) == ({"school": "first", "category": "K12-E"}, "daily")
    assert row.told_until == row.confirmed_at
    assert path.split("/")[2] not in row.token_digest


def test_the_question_is_asked_once(client, cast):
    ask(client)
    ask(client)
    assert tell_followers() == 1
    ask(client)
    assert tell_followers() == 0
    with as_of(now() + timedelta(hours=2)):
        ask(client)
        assert tell_followers() == 1
    assert Subscription.objects.count() == 1
    assert len({link(sent) for sent in mail.outbox}) == 1


def test_the_answer_does_not_tell_whether_an_address_follows_already(client, cast):
    fresh = ask(client)
    tell_followers()
    client.post(link(mail.outbox[-1]), {"act": "confirm"})
    again = ask(client)
    assert fresh.status_code == again.status_code == 200
    assert fresh.content == again.content
    assert ask(client, email="other@home.example").content == fresh.content
    mail.outbox.clear()
    tell_followers()
    assert [sent.to for sent in mail.outbox] == [["other@home.example"]]
    assert Subscription.objects.get(email="parent@home.example").is_running


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"email": "a\x00@b.example"}, "email"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"website": "x"}, "website"),
    ],
)
def test_what_is_wrong_with_the_form_is_said(client, cast, typed, field):
    page = ask(client, **typed)
    assert list(page.context["form"].errors) == [field]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "asked_for",
    [
        "school=nowhere",
        "school=a%00",
        "category=K12-E",
        "school=first&category=none",
        "school=first&department=none",
        "school=first&department=general&category=K12-E",
    ],
)
def test_only_what_exists_can_be_followed(client, cast, asked_for):
    assert client.get("/follow/").status_code == 200
    assert client.get("/follow/?school=first&department=general").status_code == 200
    assert client.get(f"/follow/?{asked_for}").status_code == 404


def test_one_network_address_registers_a_few_wishes_an_hour(client, cast):
    for n in range(10):
        assert "form" in ask(client, email=f"p{n}@home.example").context
    page = ask(client, email="p10@home.example")
    assert "登记太多" in page.content.decode()
    assert Subscription.objects.count() == 10


def test_one_mailbox_is_asked_about_a_few_wishes_a_day(client, stage):
    cast = stage.cast
    for address in (
        "/follow/",
        "/follow/?school=first",
        "/follow/?school=second",
        FORM,
        "/follow/?school=first&category=K12-A",
        "/follow/?school=first&department=general",
    ):
        page = ask(client, address)
        assert page.status_code == 200
    assert cast.school
    assert tell_followers() == 5


def test_what_is_not_confirmed_in_three_days_is_forgotten(client, stage):
    stage.published()
    with as_of(START):
        path = asked(client)
    with as_of(START + timedelta(days=2, hours=23)):
        assert tell_followers() == 0
        assert client.get(path).status_code == 200
    with as_of(START + timedelta(days=3, hours=1)):
        assert tell_followers() == 1
        assert client.get(path).status_code == 404
    assert not Subscription.objects.exists()


def test_links_stay_good_when_the_key_changes(client, cast, settings):
    path = following(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert client.get(path).status_code == 200
    assert Subscription.objects.get().token in path
    settings.SECRET_KEY_FALLBACKS = []
    fresh = Subscription.objects.get().token
    assert fresh not in path
    assert client.get(f"/follow/{fresh}/").status_code == 200
