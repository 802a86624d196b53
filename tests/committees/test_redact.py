"""Lawful removal reaches what the supervisors' desk wrote about the matter, and nothing else."""

import threading
import time
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from committees.models import Look, Question
from disclosures import scrubbing
from portal.ledger.anchoring import anchor
from portal.ledger.models import Act, Rehash
from portal.organisation.models import Message
from portal.text.masking import MARK
from tests.committees.changing import act_of
from tests.disclosures.test_redact import BODY, everything, propose
from tests.ledger.house import verified

NAME = "王小明"
UPPER_ROOMS = ("feedback", "committees")


def spoken_of(cast, stage):
    """A withdrawn notice with a note, a question and its answer, all of which say the name."""
    edition = stage.withdrawn(body=BODY)
    change = act_of("withdraw", edition)
    look = Look.objects.look_at(change, by=cast.supervisor, note=f"{NAME}的家长来过")
    question = Question.objects.ask(change, f"{NAME}同意公开吗？", by=cast.supervisor)
    question.reply(f"{NAME}没有同意", by=cast.office)
    return SimpleNamespace(edition=edition, look=look, question=question)


@pytest.fixture
def spoken(cast, stage):
    return spoken_of(cast, stage)


def remove(edition, cast, word=NAME):
    edition.refresh_from_db()
    propose(edition, cast.office, f"<td>{word}</td>")
    edition.redact(by=cast.principal)


def words_of(spoken):
    """What note, question and answer say now, and what each of their history rows says."""
    look, question = spoken.look, spoken.question
    notes = [row.note for row in (Look.objects.get(pk=look.pk), *look.history.all())]
    asked = [Question.objects.get(pk=question.pk), *question.history.all()]
    return set(notes), {row.text for row in asked}, {row.answer for row in asked}


def test_note_question_answer_and_their_past_say_it_no_more(cast, spoken):
    assert NAME in everything()
    remove(spoken.edition, cast)
    assert NAME not in everything()
    assert words_of(spoken) == (
        {f"{MARK}的家长来过"},
        {f"{MARK}同意公开吗？"},
        {f"{MARK}没有同意", ""},
    )


def test_a_message_about_the_question_says_it_no_more(cast, spoken):
    link = reverse("admin:committees_question_change", args=[spoken.question.pk])
    told = {"recipient": cast.office, "subject": f"询问：{NAME}", "body": f"{NAME}同意公开吗？"}
    message = Message.objects.create(link=link, key="quoted", **told)
    remove(spoken.edition, cast)
    message.refresh_from_db()
    assert (message.subject, message.body) == (f"询问：{MARK}", f"{MARK}同意公开吗？")
    assert (message.link, message.key) == (link, "quoted")


def test_what_was_said_of_another_matter_stays(cast, stage, spoken):
    other = spoken_of(cast, stage)
    said = words_of(other)
    remove(spoken.edition, cast)
    assert words_of(other) == said
    assert said[0] == {f"{NAME}的家长来过"}


def test_it_changes_words_and_not_who_said_them_when_of_which_act(cast, spoken):
    rows = Question.objects.filter(pk=spoken.question.pk)
    columns = ("act", "school", "asked_of", "asked_by", "asked_at", "answered_by", "answered_at")
    before = rows.values(*columns).get()
    remove(spoken.edition, cast)
    assert rows.values(*columns).get() == before
    newest = spoken.question.history.latest()
    assert newest.act_id == act_of("redact", spoken.edition).uuid


def test_what_was_anchored_still_verifies_after_one_removal_and_another(cast, spoken, settings):
    settings.LEDGER_KEY = "pinned"
    anchor()
    for word in (NAME, "李小红"):
        remove(spoken.edition, cast, word)
        assert verified() == (0, "0 相符\n")
    changed = {Act.objects.get(uuid=row.act_id).name for row in Rehash.objects.all()}
    assert changed >= {"look_at", "ask", "answer"}


def test_what_came_after_the_anchor_verifies_too(cast, stage, settings):
    settings.LEDGER_KEY = "pinned"
    anchor()
    remove(spoken_of(cast, stage).edition, cast)
    anchor()
    assert verified() == (0, "0 相符\n")


def test_every_noun_above_that_speaks_of_an_act_is_reached():
    speaking = {
        model
        for room in UPPER_ROOMS
        for model in apps.get_app_config(room).get_models()
        if "act" in {field.name for field in model._meta.fields}
        if not hasattr(model, "instance_type")
    }
    assert speaking == set(scrubbing.ABOVE) == {Look, Question}


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_an_answer_given_at_that_moment_is_waited_for_and_not_lost(transactional_db, cast, stage):
    edition = stage.withdrawn(body=BODY)
    question = Question.objects.ask(act_of("withdraw", edition), "为什么？", by=cast.supervisor)
    propose(edition, cast.office, f"<td>{NAME}</td>")
    given = threading.Event()

    def answer():
        with transaction.atomic():
            question.reply(f"{NAME}没有同意", by=cast.office)
            given.set()
            time.sleep(1)
        connection.close()

    answering = threading.Thread(target=answer)
    answering.start()
    assert given.wait(30)
    edition.redact(by=cast.principal)
    answering.join(30)
    assert Question.objects.get().answer == f"{MARK}没有同意"
    assert NAME not in everything()
