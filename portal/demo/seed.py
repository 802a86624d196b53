"""A year of the demo district, replayed through the real acts in the order of time."""

import io
import json
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction

from disclosures.models import Adoption, CatalogueEntry
from portal.demo.groups import exchange_letters, found_groups, open_mailboxes, open_terms
from portal.demo.people import DEMO_PEOPLE, Company
from portal.demo.story import CONTENT, Story, moment_of
from portal.demo.typed import TypedStory, define_registers, typed_notices
from portal.demo.watching import look_at_changes
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Message

OFF = {
    "shiyan": {"K12-J08": "本校不设寄宿。", "K12-C05": "本校为公办学校。"},
    "dierzhong": {"K12-E08": "本校不属于幼儿园和民办学校。"},
}


def seed():
    """Fill an empty database; returns the demo's user names."""
    with transaction.atomic():
        company = Company()
        with as_of(moment_of(380)):
            company.found()
            call_command("load_catalogue", stdout=io.StringIO())
            found_groups(company)
            open_mailboxes(company)
            open_terms(company, today())
            adopt(company)
            define_registers(company)
        stories = [story_of(company, told) for told in notices()]
        events = [event for story in stories for event in story.events()]
        for moment, _order, act in sorted(events, key=lambda event: event[:2]):
            with as_of(min(moment, now())):
                act()
        exchange_letters(company, CONTENT, moment_of)
        look_at_changes(company)
        _settle_messages()
    return list(DEMO_PEOPLE)


def notices():
    return json.loads((CONTENT / "notices.json").read_text()) + typed_notices()


def story_of(company, told):
    return (TypedStory if "table" in told else Story)(company, told)


def adopt(company):
    """Each school says for some entries who answers for them, and what it leaves out."""
    for slug, reasons in OFF.items():
        for code, reason in reasons.items():
            _adoption(company, slug, code).switch_off(
                by=company.people[f"{slug}.office"], reason=reason
            )
    for told in notices():
        adoption = _adoption(company, told["school"], told["entry"])
        if adoption._state.adding:
            adoption.adopt(
                by=company.people[f"{told['school']}.office"],
                department=company.departments[told["school"], told["department"]],
                channels="学校网站、公开栏",
            )


def _adoption(company, slug, code):
    entry = CatalogueEntry.objects.in_force().get(code=code)
    return Adoption.objects.of(company.schools[slug], entry)


def _settle_messages():
    """The year's mail was read long ago; only the last three days wait in the inboxes."""
    old = now() - timedelta(days=3)
    for message in Message.objects.filter(created_at__lt=old):
        message.state, message.sent_at, message.read_at = "sent", old, old
        message.save()
