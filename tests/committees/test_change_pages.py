"""The queue of changes, one change, and the desk: one queryset behind all of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.changes import changes_watched_by
from committees.models import Look, Question
from portal.ledger.models import Act
from tests.committees.changing import act_of, corrected

LIST = reverse("admin:committees_look_changelist")
ALL = {"mode": "all", "seen": "all"}


def page_of(act):
    return reverse("admin:committees_look_change", args=[act.uuid])


def listed(client, **asked):
    """The changes on the first page of the queue."""
    return set(client.get(LIST, asked).context["rows"])


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address, ALL)
    return len(asked)


def test_the_list_shows_all_that_may_be_looked_at(client, cast, withdrawal):
    client.force_login(cast.supervisor)
    assert listed(client, **ALL) == set(changes_watched_by(cast.supervisor))
    client.force_login(cast.bureau)
    assert listed(client, **ALL) == {withdrawal}


def test_unless_more_is_asked_for_it_shows_what_was_drawn_and_not_seen(client, cast, withdrawal):
    client.force_login(cast.supervisor)
    waiting = set(Look.objects.waiting_for(cast.supervisor))
    assert listed(client) == waiting
    assert waiting < listed(client, mode="all")


def test_it_is_filtered_by_kind_month_and_look(client, cast, stage, withdrawal):
    correction = act_of("publish", corrected(stage))
    Look.objects.look_at(correction, by=cast.supervisor)
    client.force_login(cast.supervisor)
    assert listed(client, **ALL, kind="withdraw") == {withdrawal}
    assert listed(client, **ALL, kind="publish") == {correction}
    assert listed(client, mode="all", seen="seen") == {correction}
    assert correction not in listed(client, mode="all", seen="waiting")
    assert withdrawal in listed(client, **ALL, month=f"{withdrawal.at:%Y-%m}")
    assert listed(client, **ALL, month="2020-01") == set()
    assert listed(client, **ALL, month="很久以前") == set()
    assert listed(client, **ALL, school="second") == set()


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 404), ("editor", 404), ("principal", 404), ("sysadmin", 404), ("parent", 302)],
)
def test_for_others_nothing_opens(client, cast, withdrawal, who, status):
    client.force_login(getattr(cast, who))
    for address in (LIST, page_of(withdrawal)):
        assert client.get(address).status_code == status
    if status == 404:
        assert LIST not in client.get("/admin/").content.decode()


def test_another_schools_change_is_not_found(client, cast, withdrawal):
    client.force_login(cast.supervisor2)
    assert client.get(LIST).status_code == 200
    assert client.get(page_of(withdrawal)).status_code == 404


def test_one_change_leads_to_what_changed(client, cast, withdrawal):
    client.force_login(cast.supervisor)
    shown = client.get(page_of(withdrawal)).content.decode()
    for name, key in (("change", withdrawal.uuid), ("timeline", withdrawal.subject_id)):
        address = reverse(f"admin:ledger_act_{name}", args=[key])
        assert address in shown
        assert client.get(address).status_code == 200
    assert "食堂收费" in shown
    assert "公开办主任" in shown


def test_the_desk_counts_what_waits(client, cast, watching, withdrawal):
    watching.set_share(100, by=cast.supervisor)
    client.force_login(cast.supervisor)
    first, count = client.get("/admin/").context["watched"]["changes"]
    assert first[0] == withdrawal
    assert count == changes_watched_by(cast.supervisor).count()
    Look.objects.look_at(withdrawal, by=cast.supervisor)
    assert client.get("/admin/").context["watched"]["changes"][1] == count - 1


def test_pages_ask_as_often_for_thirty_changes_as_for_one(client, cast, stage, withdrawal):
    client.force_login(cast.bureau)
    client.get(LIST)
    once = [queries(client, LIST), queries(client, "/admin/")]
    for number in range(29):
        edition = stage.in_review(title=f"第{number}件")
        edition.emergency_publish(by=cast.principal, reason="台风")
        change = act_of("emergency_publish", edition)
        if number % 2:
            Question.objects.ask(change, "为什么？", by=cast.bureau)
    assert len(client.get(LIST, ALL).context["rows"]) == 30
    assert [queries(client, LIST), queries(client, "/admin/")] == once


def test_the_questions_ask_as_often_for_thirty_as_for_one(client, cast, question, withdrawal):
    client.force_login(cast.office)
    address = reverse("admin:committees_question_changelist")
    client.get(address)
    once = queries(client, address)
    for _number in range(29):
        Question.objects.ask(withdrawal, "还有呢？", by=cast.supervisor)
    assert len(client.get(address).context["rows"].object_list) == 30
    assert queries(client, address) == once
    assert len(client.get("/admin/").context["watched"]["questions"][0]) == 5
    assert client.get("/admin/").context["watched"]["questions"][1] == 30


def test_reading_the_pages_changes_nothing(client, cast, withdrawal):
    before = Act.objects.count()
    client.force_login(cast.supervisor)
    for address in (LIST, page_of(withdrawal)):
        assert client.get(address).status_code == 200
    for name in ("looking", "asking"):
        address = reverse(f"admin:committees_look_{name}", args=[withdrawal.uuid])
        assert client.get(address).status_code == 405
    assert Act.objects.count() == before
