"""A change of the rich-text rule reaches what was sealed before it."""

import pytest
from django.db import connection

from disclosures.bodies import ask_for_check, check_bodies
from disclosures.models import Edition
from portal.organisation.models import Job, Message
from portal.sweep import WORK, run_jobs


@pytest.fixture
def old_bodies(stage):
    """One sealed body that obeys the rule in force and one that does not, both under an older."""
    fit, unfit = stage.published(), stage.published(title="旧格式的公示")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disclosures_edition SET rule = 0")
        cursor.execute(
            "UPDATE disclosures_edition SET body = %s WHERE id = %s",
            ["<marquee>旧</marquee>", unfit.pk.hex if connection.vendor == "sqlite" else unfit.pk],
        )
    return fit, unfit


def test_nothing_is_asked_for_while_every_body_is_of_the_rule_in_force(stage):
    stage.published()
    assert (ask_for_check(), Job.objects.count()) == (0, 0)


def test_the_check_is_asked_for_once(old_bodies):
    assert (ask_for_check(), ask_for_check()) == (1, 0)
    assert Job.objects.get().kind in WORK


def test_the_office_is_told_of_the_body_that_fails_and_only_of_it(cast, old_bodies):
    _fit, unfit = old_bodies
    ask_for_check()
    run_jobs()
    job = Job.objects.get()
    assert (job.state, job.result) == ("done", {"checked": 2, "unfit": 1})
    told = Message.objects.filter(key__startswith="unfit_body")
    assert [(m.recipient, m.subject) for m in told] == [(cast.office, "正文需要更正：旧格式的公示")]
    check_bodies(job, lambda done, total: None)
    assert told.count() == 1
    assert Edition.objects.get(pk=unfit.pk).body == "<marquee>旧</marquee>"


def test_the_public_reads_it_as_plain_text(client, old_bodies):
    _fit, unfit = old_bodies
    page = client.get(unfit.disclosure.get_absolute_url()).content.decode()
    assert "旧" in page
    assert "<marquee>" not in page
