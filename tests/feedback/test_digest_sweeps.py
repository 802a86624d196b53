"""Sweeps that mail: a server in trouble, two at once, one killed. Nobody is left out."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from feedback import digest
from feedback.digest import tell_followers
from feedback.models import Subscription
from portal.ledger.moments import as_of, now
from portal.organisation.models import SweepPass
from tests.feedback.followers import ask


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
    settings.EMAIL_BACKEND = "tests.feedback.test_digest_sweeps.Troubled"
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
