"""Following by e-mail: asked for, confirmed by a button, told in time, ended by one click."""

import re
import smtplib
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from feedback import digest
from feedback.digest import tell_followers
from feedback.follow import FROM_ADDRESS, TO_ADDRESS
from feedback.models import Subscription
from portal.ledger.moments import SHANGHAI, as_of, now
from portal.organisation.models import SweepPass

FORM = "/follow/?school=first&category=K12-E"
SITE = "http://127.0.0.1:8000"
# A Wednesday.
START = datetime(2030, 5, 8, 10, tzinfo=SHANGHAI)
LATER = START + timedelta(hours=1)
MORNING = datetime(2030, 5, 9, 7, tzinfo=SHANGHAI)
MONDAY = datetime(2030, 5, 13, 7, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def fresh_pace():
    FROM_ADDRESS.clear()
    TO_ADDRESS.clear()


def ask(client, address=FORM, **typed):
    return client.post(address, {"email": "Parent@home.example", "rhythm": "daily"} | typed)


def asked(client, address=FORM, **typed):
    """The path in the confirmation mail of a fresh wish."""
    assert ask(client, address, **typed).status_code == 200
    mail.outbox.clear()
    assert tell_followers() == 1
    return link(mail.outbox[-1])


def link(sent):
    (found,) = re.findall(rf"{SITE}(\S*/follow/\w+/)\n", sent.body + "\n")
    return found


def following(client, address=FORM, **typed):
    """A confirmed wish: the path of its page."""
    path = asked(client, address, **typed)
    assert client.post(path, {"act": "confirm"}).status_code == 200
    mail.outbox.clear()
    return path


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


def test_the_digest_tells_what_is_new_and_public_within_the_scope(client, stage):
    cast = stage.cast
    with as_of(START - timedelta(hours=1)):
        stage.published(title="以前的")
    with as_of(START):
        path = following(client)
    with as_of(LATER):
        shown = stage.published(title="收费公示")
        stage.published(title="内部", audiences=["staff"], inner_reason="只涉及教职工")
        stage.published(title="校历", entry=cast.short_entry)
        stage.published(title="二小", department=cast.department2, by=cast.editor2)
        stage.withdrawn(title="撤回的")
        stage.draft(title="草稿")
    with as_of(MORNING - timedelta(minutes=1)):
        assert tell_followers() == 0
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
        assert tell_followers() == 0
    (sent,) = mail.outbox
    assert sent.subject == "示范区第一小学 · 收费：新公开1件"
    assert sent.body == (
        "2030-05-08  收费公示\n示范区第一小学 · 收费\n"
        f"{SITE}{shown.disclosure.get_absolute_url()}\n\n"
        f"您订阅了“示范区第一小学 · 收费”。查看或退订：{SITE}{path}\n\n"
        "本邮件由系统自动发送，请不要直接回复。"
    )
    assert sent.extra_headers["List-Unsubscribe"] == f"<{SITE}{path}end/>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_new_is_no_mail(client, stage):
    with as_of(START):
        following(client)
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
        assert tell_followers() == 0
    assert mail.outbox == []


def test_a_weekly_digest_waits_for_monday(client, stage):
    with as_of(START):
        following(client, rhythm="weekly")
    with as_of(LATER):
        stage.published()
    with as_of(MONDAY - timedelta(minutes=1)):
        assert tell_followers() == 0
    with as_of(MONDAY + timedelta(minutes=1)):
        assert tell_followers() == 1
    assert len(mail.outbox) == 1


def test_a_correction_is_told_as_one_and_a_later_opening_in_its_time(client, stage):
    with as_of(START - timedelta(hours=1)):
        first = stage.published(title="收费公示")
    with as_of(START):
        following(client)
    with as_of(LATER):
        successor = first.correct(by=stage.cast.editor)
        successor.edit(by=stage.cast.editor, version=0, title="收费公示", change_note="金额更正")
        stage.carry_out(successor)
        stage.published(title="以后的", opens_at=MORNING + timedelta(hours=1))
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    assert "更正：收费公示" in mail.outbox[0].body
    assert "以后的" not in mail.outbox[0].body
    with as_of(MORNING + timedelta(days=1, minutes=5)):
        tell_followers()
    assert "以后的" in mail.outbox[1].body
    assert "收费公示" not in mail.outbox[1].body


def test_what_is_published_while_a_digest_is_made_is_in_the_next(client, stage):
    with as_of(START):
        following(client)
    with as_of(MORNING + timedelta(minutes=5)):
        stage.published(title="刚刚")
        tell_followers()
    assert mail.outbox == []
    with as_of(MORNING + timedelta(days=1, minutes=5)):
        tell_followers()
    assert "刚刚" in mail.outbox[0].body


def test_the_digest_is_in_the_readers_language(client, stage):
    with as_of(START):
        path = following(client, f"/en{FORM}")
    with as_of(LATER):
        edition = stage.published()
    assert path.startswith("/en/follow/")
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    address = f"{SITE}/en/schools/first/{edition.disclosure.year}-00001/"
    assert address in mail.outbox[0].body


def test_a_long_digest_lists_the_newest_and_says_where_the_rest_is(client, stage, monkeypatch):
    monkeypatch.setattr(digest, "LISTED", 2)
    with as_of(START):
        following(client)
    with as_of(LATER):
        for n in range(3):
            stage.published(title=f"第{n}号")
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    assert f"另有1件，请看：{SITE}/schools/first/categories/K12-E/" in mail.outbox[0].body


def test_a_mail_program_ends_it_by_one_post_and_a_link_scanner_does_not(client, cast):
    path = following(client)
    assert client.get(f"{path}end/").status_code == 200
    assert Subscription.objects.get().is_running
    for _again in range(2):
        done = client.post(f"{path}end/", {"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert not done.cookies
    assert not Subscription.objects.get().is_running
    with as_of(now() + timedelta(days=4)):
        tell_followers()
    assert not Subscription.objects.exists()
    assert client.post(f"{path}end/", {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_one_page_shows_everything_the_address_follows_and_ends_it(client, cast):
    path = following(client)
    following(client, "/follow/?school=second")
    following(client, "/follow/", email="other@home.example")
    page = client.get(path)
    assert [row.label for row in page.context["others"]] == ["示范区第二小学"]
    other = page.context["others"][0]
    stranger = Subscription.objects.get(email="other@home.example")
    client.post(path, {"end_other": str(stranger.pk)})
    assert Subscription.objects.running().count() == 3
    client.post(path, {"end_other": str(other.pk)})
    assert Subscription.objects.running().count() == 2
    client.post(path, {"act": "end_all"})
    assert list(Subscription.objects.running()) == [stranger]


def test_who_ended_may_begin_again(client, cast):
    path = following(client)
    client.post(path, {"act": "end"})
    assert following(client) == path
    assert Subscription.objects.get().is_running


@pytest.mark.parametrize("token", ["unknown", "é", "x" * 2000])
def test_an_unknown_link_is_answered_with_what_to_do(client, cast, token):
    page = client.get(f"/follow/{token}/")
    assert page.status_code == 404
    assert "没有这个订阅" in page.content.decode()
    assert client.post(f"/follow/{token}/", {"act": "confirm"}).status_code == 404


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


class Troubled(EmailBackend):
    """A mail server with a problem of its own for each kind of address."""

    def send_messages(self, messages):
        (to,) = messages[0].to
        if to.startswith("gone"):
            raise smtplib.SMTPRecipientsRefused({to: (550, b"no such user")})
        if to.startswith("later"):
            raise smtplib.SMTPRecipientsRefused({to: (451, b"try again")})
        if to.startswith("down"):
            raise ConnectionRefusedError("no mail server")
        return super().send_messages(messages)


def test_a_refused_address_holds_up_nobody_and_a_server_in_trouble_loses_nothing(
    client, cast, settings
):
    for name in ("gone", "later", "good"):
        ask(client, email=f"{name}@home.example")
    settings.EMAIL_BACKEND = "tests.feedback.test_follow.Troubled"
    assert tell_followers() == 2
    assert [sent.to for sent in mail.outbox] == [["good@home.example"]]
    waiting = Subscription.objects.to_be_asked()
    assert [row.email for row in waiting] == ["later@home.example"]
    waiting.get().delete()
    ask(client, email="down@home.example")
    with pytest.raises(ConnectionRefusedError):
        tell_followers()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tell_followers() == 1


def test_two_sweeps_at_once_send_one_mail(client, cast, monkeypatch):
    ask(client)
    seen = []

    class Second(EmailBackend):
        def send_messages(self, messages):
            seen.append(tell_followers())
            return super().send_messages(messages)

    monkeypatch.setattr(digest, "get_connection", Second)
    assert tell_followers() == 1
    assert seen == [0]
    assert len(mail.outbox) == 1


def test_a_sweep_killed_while_sending_is_followed_by_another(client, cast, monkeypatch):
    ask(client)

    class Killed(EmailBackend):
        def send_messages(self, messages):
            raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(digest, "get_connection", Killed)
        patch.setattr(digest, "_let_go", lambda held: None)
        tell_followers()
    assert tell_followers() == 0
    assert SweepPass.objects.get(name="followers").ended_at is None
    with as_of(now() + timedelta(minutes=11)):
        assert tell_followers() == 1
    assert len(mail.outbox) == 1
