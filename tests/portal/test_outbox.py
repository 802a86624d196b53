"""The outbox: every message that is due goes out once, and a mail server in trouble loses none."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from portal.ledger.moments import as_of, now
from portal.organisation import outbox
from portal.organisation.models import Message, User
from portal.organisation.outbox import TRIES, send_due_messages

DOWN = "tests.portal.test_outbox.MailServerDown"


class MailServerDown:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


@pytest.fixture
def person(db):
    user = User(username="reader", name="王老师", email="reader@school.example")
    user.save()
    return user


def written(person, key="a", **fields):
    values = {"subject": "待您审核：收费公示", "body": "请进入工作台。", "link": "/admin/"}
    return Message.objects.create(recipient=person, key=key, **values | fields)


def test_a_due_message_is_mailed_with_its_link(person, settings):
    settings.SITE_URL = "https://school.example"
    message = written(person)
    assert send_due_messages() == 1
    message.refresh_from_db()
    assert (message.state, message.tries_count, message.error) == ("sent", 1, "")
    (sent,) = mail.outbox
    assert sent.to == ["reader@school.example"]
    assert sent.subject == "待您审核：收费公示"
    assert sent.body == (
        "王老师，您好：\n\n请进入工作台。\n\n请打开：https://school.example/admin/"
        "\n\n本邮件由系统自动发送，请不要直接回复。"
    )
    assert sent.extra_headers["Message-ID"] == f"<{message.pk}@school.example>"
    assert send_due_messages() == 0
    assert len(mail.outbox) == 1


def test_a_message_for_later_waits(person):
    written(person, due_at=now() + timedelta(hours=1))
    assert send_due_messages() == 0
    with as_of(now() + timedelta(hours=2)):
        assert send_due_messages() == 1


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_without_an_address_in_use_the_message_stays_on_the_site(person, change):
    for name, value in change.items():
        setattr(person, name, value)
    person.save()
    message = written(person)
    assert send_due_messages() == 1
    message.refresh_from_db()
    assert (message.state, message.read_at) == ("sent", None)
    assert mail.outbox == []


def test_a_line_break_in_a_subject_reaches_no_mail_header(person):
    written(person, subject="标题\r\nBcc: x@evil.example")
    send_due_messages()
    assert mail.outbox[0].subject == "标题 Bcc: x@evil.example"


def test_a_failed_sending_is_tried_again_later_and_given_up_after_the_last_try(person, settings):
    settings.EMAIL_BACKEND = DOWN
    message, begun = written(person), now()
    pauses, moment = [], begun
    for _try in range(TRIES):
        with as_of(moment):
            assert send_due_messages() == 1
            assert send_due_messages() == 0
        message.refresh_from_db()
        pauses.append(round((message.due_at - moment).total_seconds() / 60))
        moment = message.due_at
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256]
    assert message.state == "failed"
    assert message.error == "ConnectionRefusedError: no mail server"
    with as_of(moment):
        assert send_due_messages() == 0


def test_one_message_that_cannot_be_sent_holds_up_no_other(person, monkeypatch):
    written(person, key="bad", subject="坏")
    written(person, key="good", subject="好")
    real = outbox._mail

    def failing(message):
        if message.subject == "坏":
            raise ValueError("坏")
        real(message)

    monkeypatch.setattr(outbox, "_mail", failing)
    assert send_due_messages() == 2
    assert [sent.subject for sent in mail.outbox] == ["好"]
    states = dict(Message.objects.values_list("key", "state"))
    assert states == {"bad": "waiting", "good": "sent"}


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_send_each_message_once(monkeypatch):
    user = User(username="reader", name="王老师", email="reader@school.example")
    user.save()
    for number in range(25):
        written(user, key=str(number))
    together, sent = threading.Barrier(4), []
    monkeypatch.setattr(outbox, "_mail", lambda message: sent.append(message.key))

    def sweep():
        together.wait()
        send_due_messages()
        connection.close()

    sweeps = [threading.Thread(target=sweep) for _n in range(4)]
    for thread in sweeps:
        thread.start()
    for thread in sweeps:
        thread.join(60)
    assert sorted(sent, key=int) == [str(number) for number in range(25)]
    assert set(Message.objects.values_list("state", "tries_count")) == {("sent", 1)}
