import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.ledger.moments import now
from portal.organisation.models import Job, Message, SweepPass

WORK = ("job", "sweeppass", "message")


@pytest.fixture
def running(cast):
    Job.objects.create(kind="export_record", requested_by=cast.supervisor)
    SweepPass.objects.create(name="messages", started_at=now())
    Message.objects.create(recipient=cast.head, subject="待您审核：机密", body="正文", key="k")
    return cast


@pytest.mark.parametrize("name", WORK)
def test_the_system_administrator_sees_what_runs_and_changes_nothing(running, client, name):
    client.force_login(running.sysadmin)
    response = client.get(reverse(f"admin:organisation_{name}_changelist"))
    assert len(response.context["cl"].result_list) == 1
    assert client.get(reverse(f"admin:organisation_{name}_add")).status_code == 403


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("who", ["office", "principal", "supervisor", "bureau", "editor"])
def test_nobody_else_sees_it(running, client, name, who):
    client.force_login(getattr(running, who))
    assert client.get(reverse(f"admin:organisation_{name}_changelist")).status_code == 403


def test_what_a_message_says_is_for_its_reader_only(running, client):
    client.force_login(running.sysadmin)
    page = client.get(reverse("admin:organisation_message_changelist")).content.decode()
    assert running.head.name in page
    assert "机密" not in page
    message = Message.objects.get()
    url = reverse("admin:organisation_message_change", args=[message.pk])
    assert client.get(url).status_code == 403


def test_groups_and_grants_have_no_page_of_their_own():
    assert Group not in admin.site._registry
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels.isdisjoint({"auth", "guardian", "sessions", "contenttypes"})
