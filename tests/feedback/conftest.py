"""The principal's mailbox of the first school, and a parent's letter in it."""

import pytest

from feedback.follow import FROM_ADDRESS, TO_ADDRESS
from feedback.models import Letter, Mailbox
from feedback.views import LETTERS, LOOKUPS

WRITTEN = {
    "name": "家长",
    "contact": "0599-8000255",
    "subject": "放学时校门口拥堵",
    "body": "雨天放学时车辆太多。\n能否错开时间？",
}


@pytest.fixture(autouse=True)
def fresh_pace():
    """Each test knocks for the first time."""
    for pace in (LETTERS, LOOKUPS, FROM_ADDRESS, TO_ADDRESS):
        pace.clear()


@pytest.fixture
def box(cast):
    mailbox = Mailbox(school=cast.school, name="校长信箱", name_en="Principal's mailbox")
    mailbox.save()
    return mailbox


@pytest.fixture
def letter(box, cast):
    return Letter.objects.receive(box, writer=cast.parent, **WRITTEN)[0]
