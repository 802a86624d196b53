"""A letter is received."""

import pytest
from django.db import IntegrityError

from feedback.models import Letter, Mailbox
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import today
from portal.organisation.models import Message
from tests.feedback.conftest import WRITTEN


def test_a_letter_gets_a_number_and_a_code_that_open_it(box):
    letter, code = Letter.objects.receive(box, **WRITTEN)
    assert letter.number == f"FIRST-{today().year}-0001"
    assert [len(part) for part in code.split("-")] == [5, 5, 5, 5]
    assert Letter.objects.found_by(letter.number, code) == letter
    second, other_code = Letter.objects.receive(box, **WRITTEN)
    assert second.number == f"FIRST-{today().year}-0002"
    assert other_code != code


def test_the_record_knows_the_number_and_nothing_else(box, cast):
    letter, code = Letter.objects.receive(box, writer=cast.parent, **WRITTEN)
    act = Act.objects.get(name="receive_letter")
    told = [act.title, act.school, act.object_id, act.actor_id, act.actor_name, act.reason]
    assert told == [letter.number, "first", str(letter.pk), "", "", ""]
    assert not hasattr(Letter, "history")
    stored = Letter.objects.filter(pk=letter.pk).values().get()
    assert code not in map(str, stored.values())


def test_the_keepers_are_told_that_something_came_and_not_what(box, cast):
    letter, _code = Letter.objects.receive(box, **WRITTEN)
    [message] = Message.objects.all()
    assert message.recipient == cast.principal
    assert message.subject == f"新来信：{letter.number}"
    assert message.link == f"/admin/feedback/letter/{letter.pk}/change/"
    for told in WRITTEN.values():
        assert told not in message.subject + message.body


def test_the_keeper_is_told_in_their_own_language(box, cast):
    cast.principal.language = "en"
    cast.principal.save()
    letter, _code = Letter.objects.receive(box, **WRITTEN)
    assert Message.objects.get().link == f"/en/admin/feedback/letter/{letter.pk}/change/"


def test_two_clicks_on_one_form_are_one_letter_with_one_receipt(box):
    first = Letter.objects.receive(box, token="once", **WRITTEN)
    second = Letter.objects.receive(box, token="once", **WRITTEN)
    assert first == second
    assert Letter.objects.count() == Act.objects.filter(name="receive_letter").count() == 1


def test_two_clicks_at_the_same_moment_are_one_letter(box, letter):
    twin = Letter(pk=letter.pk, mailbox=box, **WRITTEN)
    assert twin.take_in() == letter
    assert list(Letter.objects.values_list("number", flat=True)) == [letter.number]


def test_another_text_from_the_same_form_is_another_letter(box):
    first, code = Letter.objects.receive(box, token="once", **WRITTEN)
    second, other_code = Letter.objects.receive(
        box, token="once", **WRITTEN | {"body": "还有一件事"}
    )
    assert first.number != second.number
    assert code != other_code


def test_a_closed_box_takes_nothing_and_says_what_to_do(box):
    box.is_open = False
    box.save()
    with pytest.raises(Refused, match="暂时不接收来信，请用页面上的电话联系学校"):
        Letter.objects.receive(box, **WRITTEN)
    assert not Letter.objects.exists()


def test_a_box_nobody_opens_takes_nothing(cast):
    box = Mailbox(school=cast.school2, name="党总支信箱", slug="party", office="party")
    box.save()
    assert not box.is_accepting()
    with pytest.raises(Refused, match="目前没有处理人"):
        Letter.objects.receive(box, **WRITTEN)
    assert not Letter.objects.exists()


def test_a_letter_that_cannot_be_stored_leaves_no_number_and_no_act(box, monkeypatch):
    def fail(self, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(Letter, "save", fail)
    with pytest.raises(OSError):
        Letter.objects.receive(box, **WRITTEN)
    monkeypatch.undo()
    assert not Act.objects.filter(name="receive_letter").exists()
    assert Letter.objects.receive(box, **WRITTEN)[0].number == f"FIRST-{today().year}-0001"


def test_numbers_are_never_given_twice(box, letter):
    letter.pk = None
    letter._state.adding = True
    with pytest.raises(IntegrityError):
        letter.save(force_insert=True)
