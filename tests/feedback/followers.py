"""Those who follow: asking, reading the mail, pressing the button in the page it leads to."""

import re
from datetime import datetime, timedelta

from django.core import mail

from feedback.digest import tell_followers
from portal.ledger.moments import SHANGHAI

FORM = "/follow/?school=first&category=K12-E"
SITE = "http://127.0.0.1:8000"
# A Wednesday.
START = datetime(2030, 5, 8, 10, tzinfo=SHANGHAI)
LATER = START + timedelta(hours=1)
MORNING = datetime(2030, 5, 9, 7, tzinfo=SHANGHAI)
MONDAY = datetime(2030, 5, 13, 7, tzinfo=SHANGHAI)


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
