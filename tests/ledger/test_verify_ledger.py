"""`verify_ledger`: nothing to say of a house in order; by night it tells those who watch."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import verifying
from portal.ledger.checking import Finding, findings_of, verdict
from portal.ledger.guards import guards
from portal.ledger.models import Verification
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Message
from tests.ledger.house import lift_guards, verified

pytestmark = pytest.mark.django_db


def test_an_empty_house_is_in_order(settings):
    settings.LEDGER_KEY = "pinned"
    assert verified() == (0, "0 相符\n")


def test_lifted_guards_are_named(settings):
    settings.LEDGER_KEY = "pinned"
    assert verified("guards") == (0, "0 相符\n")
    lift_guards()
    code, printed = verified("guards")
    assert code == 40
    assert printed.count("保护触发器不在") == len(guards())


def test_without_a_pinned_key_it_says_so(settings):
    settings.LEDGER_KEY = ""
    assert verified("heads")[1].startswith("LEDGER_KEY is not set")


def test_a_check_that_fails_is_never_in_order():
    def broken():
        yield Finding(43, "a row", "one")
        raise ZeroDivisionError("broken")

    found = list(findings_of({"first": broken, "second": lambda: [Finding(42, "b", "two")]}))
    assert [(each.code, each.row) for each in found] == [(43, "a row"), (50, "first"), (42, "b")]
    assert found[1].detail == "ZeroDivisionError: broken"


@pytest.mark.parametrize(
    "codes, first",
    [
        ((), 0),
        ((50,), 50),
        ((50, 43), 43),
        ((43, 42), 42),
        ((42, 41), 41),
        ((41, 30), 30),
        ((30, 40, 50), 40),
    ],
)
def test_the_first_code_that_applies_is_the_verdict(codes, first):
    assert verdict(codes) == first


@pytest.fixture
def night(monkeypatch):
    """Let the night's check find what is given."""

    def find(*findings):
        monkeypatch.setattr(verifying, "CHECKS", {"all": lambda: findings})

    return find


def test_a_night_in_order_is_kept_and_nobody_is_told(cast, night):
    night()
    assert verifying.verify_if_due() == 1
    row = Verification.objects.get()
    assert (row.day, row.verdict, row.count, row.findings) == (today(), 0, 0, [])
    assert not Message.objects.exists()
    assert verifying.verify_if_due() == 0
    with as_of(now() + timedelta(days=1)):
        assert verifying.verify_if_due() == 1


def test_what_is_found_is_told_once_to_administrators_and_supervisors(cast, night):
    night(Finding(41, "disclosures.Edition 1", "内容不是存证时的内容。", "0 title"))
    verifying.verify_if_due()
    row = Verification.objects.get()
    assert (row.verdict, row.count) == (41, 1)
    assert row.findings == [[41, "disclosures.Edition 1", "内容不是存证时的内容。", "0 title"]]
    told = {message.recipient: message for message in Message.objects.all()}
    assert set(told) == {cast.sysadmin, cast.supervisor, cast.supervisor2}
    assert told[cast.supervisor].subject == "存证核对发现问题：内容被改动"
    assert told[cast.supervisor].link == reverse("admin:ledger_verification_change", args=[row.pk])


def test_a_check_killed_half_way_is_taken_up_again(db):
    row = Verification.objects.claim(today())
    assert Verification.objects.claim(today()) is None
    with as_of(now() + timedelta(hours=7)):
        assert Verification.objects.claim(row.day) == row
        assert Verification.objects.claim(row.day) is None


def test_the_desk_and_the_page_show_it_to_those_who_watch(cast, night, signed_in):
    night(Finding(42, "disclosures.StoredFile 7", "文件不见了或读不出来。", "FileNotFoundError"))
    verifying.verify_if_due()
    page = reverse("admin:ledger_verification_change", args=[Verification.objects.get().pk])
    for user in (cast.sysadmin, cast.supervisor):
        client = signed_in(user)
        assert page in client.get(reverse("admin:index")).content.decode()
        shown = client.get(page).content.decode()
        assert "disclosures.StoredFile 7" in shown
        assert "文件不见了或读不出来。" in shown
    client = signed_in(cast.office)
    assert page not in client.get(reverse("admin:index")).content.decode()
    assert client.get(page).status_code == 403
