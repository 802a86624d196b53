"""Heads leave the house: in feeds, in mails, at the foot of pages."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.core import mail
from django.urls import reverse

from disclosures.feeds import LEDGER
from feedback.digest import tell_followers
from portal.ledger.moments import as_of
from portal.ledger.signing import Signer
from tests.feedback.followers import LATER, MORNING, SITE, START, following

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(stage, tmp_path):
    stage.published()
    signer = Signer(tmp_path / "signer", "school.example/ledger")
    signer.make_key()
    return signer.sign()


def test_each_entry_of_a_feed_carries_the_newest_head(client, head):
    atom = ElementTree.fromstring(client.get("/feed.atom").content)
    assert [found.text for found in atom.iter(f"{{{LEDGER}}}head")] == [head.line]
    (item,) = client.get("/feed.json").json()["items"]
    assert item["_ledger"] == {"head": head.line}


def test_a_digest_carries_it(client, stage, tmp_path):
    with as_of(START):
        following(client)
    with as_of(LATER):
        stage.published()
        signer = Signer(tmp_path / "signer", "school.example/ledger")
        signer.make_key()
        head = signer.sign()
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
    assert f"：{head.line}\n{SITE}/ledger/" in mail.outbox[0].body


def test_a_page_carries_it_at_its_foot(client, head):
    assert head.short in client.get("/").content.decode()


def test_before_the_first_head_nothing_is_claimed(client, stage):
    stage.published()
    assert "ledger:head" not in client.get("/feed.atom").content.decode()
    assert "存证账头" not in client.get("/").content.decode()
    assert "还没有签发过账头" in client.get(reverse("ledger")).content.decode()
