"""A supervisor asks the person who made a change."""

import pytest
from django.urls import reverse

from committees.models import Question
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import Message, Post


def asking(act):
    return reverse("admin:committees_look_asking", args=[act.uuid])


def test_the_question_waits_for_the_one_who_acted(cast, question):
    assert (question.school, question.asked_of) == (cast.school, cast.office)
    assert list(Question.objects.waiting_for(cast.office)) == [question]
    others = (cast.principal, cast.editor, cast.supervisor, cast.office2, cast.sysadmin)
    assert [list(Question.objects.waiting_for(other)) for other in others] == [[]] * 5


def test_the_actor_is_told_without_a_word_of_the_notice(cast, question):
    message = Message.objects.get(key__startswith=f"question:{question.pk}")
    assert (message.recipient, message.subject) == (cast.office, "有一条询问待答复：撤回")
    assert message.link == reverse("admin:committees_question_change", args=[question.pk])
    assert "食堂收费" not in message.subject + message.body
    assert "为什么撤回" not in message.subject + message.body


def test_the_office_is_asked_where_the_actor_has_left(cast, stage):
    edition = stage.published()
    edition.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
    edition.withdraw(by=cast.principal)
    Post.objects.get(user=cast.principal).end(by=cast.sysadmin)
    question = Question.objects.ask(
        Act.objects.get(name="withdraw"), "为什么？", by=cast.supervisor
    )
    assert question.asked_of == cast.principal
    assert list(Question.objects.waiting_for(cast.office)) == [question]
    assert list(Question.objects.waiting_for(cast.principal)) == []
    assert list(Question.objects.readable_by(cast.principal)) == []
    message = Message.objects.get(key__startswith=f"question:{question.pk}")
    assert message.recipient == cast.office


def test_the_record_names_who_asked_about_what(cast, withdrawal, question):
    act = Act.objects.get(name="ask")
    assert (act.actor_name, act.school, act.reason) == ("监督小组成员", "first", "")
    assert (act.subject_id, act.object_id) == (withdrawal.subject_id, str(question.pk))
    assert question.history.get().act_id == act.uuid


@pytest.mark.parametrize(
    "who", ["editor", "principal", "office", "supervisor2", "teacher", "sysadmin"]
)
def test_nobody_else_asks(cast, withdrawal, who):
    with pytest.raises(Refused, match="这一更动不在您的监督范围内。"):
        Question.objects.ask(withdrawal, "为什么？", by=getattr(cast, who))
    assert not Question.objects.exists()
    assert not Message.objects.filter(key__startswith="question:").exists()


def test_the_bureau_asks_about_what_its_schools_have_opened(cast, withdrawal):
    question = Question.objects.ask(withdrawal, "为什么？", by=cast.bureau)
    assert (question.school, question.asked_of) == (cast.school, cast.office)


def test_an_empty_question_is_refused(cast, withdrawal):
    with pytest.raises(Refused, match="请写明要问什么。"):
        Question.objects.ask(withdrawal, "  ", by=cast.supervisor)
    assert not Question.objects.exists()


def test_the_page_asks_and_shows_the_question(client, cast, withdrawal):
    client.force_login(cast.supervisor)
    page = client.post(asking(withdrawal), {"text": " "}).content.decode()
    assert "请写明要问什么。" in page
    page = client.post(asking(withdrawal), {"text": "依据是什么？"}, follow=True)
    assert "询问已转给经办人，答复后会通知您。" in page.content.decode()
    assert "依据是什么？" in page.content.decode()
    assert Question.objects.get().text == "依据是什么？"


@pytest.mark.parametrize(
    ("who", "status"), [("office", 404), ("editor", 404), ("supervisor2", 404), ("parent", 302)]
)
def test_for_others_the_page_does_not_open(client, cast, withdrawal, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(asking(withdrawal), {"text": "为什么？"}).status_code == status
    assert not Question.objects.exists()
