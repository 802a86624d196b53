"""The person who acted answers; both then stand beside the act."""

import pytest
from django.urls import reverse

from committees.models import Question
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import Message, Post


def page_of(question):
    return reverse("admin:committees_question_change", args=[question.pk])


def answering(question):
    return reverse("admin:committees_question_answer", args=[question.pk])


def unanswered(question):
    question.refresh_from_db()
    return (question.answer, question.answered_by, question.answered_at) == ("", None, None)


def test_the_actor_answers_and_the_asker_is_told(cast, question):
    question.reply("金额有误，已更正。", by=cast.office)
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("金额有误，已更正。", cast.office)
    assert not Question.objects.waiting_for(cast.office).exists()
    message = Message.objects.get(recipient=cast.supervisor, key__contains=":answered:")
    assert (message.subject, message.link) == ("询问已答复：撤回", page_of(question))


def test_the_record_keeps_the_answer(cast, withdrawal, question):
    question.reply("金额有误。", by=cast.office)
    act = Act.objects.get(name="answer")
    assert (act.actor_name, act.school) == ("公开办主任", "first")
    assert act.subject_id == withdrawal.subject_id
    assert question.history.first().act_id == act.uuid


@pytest.mark.parametrize(
    "who", ["principal", "editor", "supervisor", "office2", "bureau", "sysadmin", "teacher"]
)
def test_nobody_answers_for_somebody_still_there(cast, question, who):
    with pytest.raises(Refused, match="由经办人本人答复"):
        question.reply("我来答", by=getattr(cast, who))
    assert unanswered(question)


def test_the_office_answers_for_whoever_left(cast, stage):
    edition = stage.published()
    edition.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
    edition.withdraw(by=cast.principal)
    withdrawal = Act.objects.get(name="withdraw")
    question = Question.objects.ask(withdrawal, "为什么？", by=cast.supervisor)
    with pytest.raises(Refused, match="由经办人本人答复"):
        question.reply("代答", by=cast.office)
    Post.objects.get(user=cast.principal).end(by=cast.sysadmin)
    with pytest.raises(Refused, match="由经办人本人答复"):
        question.reply("我还想答", by=cast.principal)
    question.reply("原校长已调离，当时金额有误。", by=cast.office)
    assert question.answered_by == cast.office


def test_a_question_is_answered_once(cast, question):
    question.reply("金额有误。", by=cast.office)
    with pytest.raises(Refused, match="这一询问已经答复。"):
        question.reply("改口", by=cast.office)
    question.refresh_from_db()
    assert question.answer == "金额有误。"


def test_an_empty_answer_is_refused(cast, question):
    with pytest.raises(Refused, match="请写明答复。"):
        question.reply(" ", by=cast.office)
    assert unanswered(question)


def test_the_page_answers(client, cast, question):
    client.force_login(cast.office)
    assert "发出答复" in client.get(page_of(question)).content.decode()
    assert "请写明答复。" in client.post(answering(question), {"text": " "}).content.decode()
    page = client.post(answering(question), {"text": "金额有误。"}, follow=True).content.decode()
    assert "答复已发出，询问人会收到通知。" in page
    assert "金额有误。" in page
    assert "发出答复" not in page
    again = client.post(answering(question), {"text": "改口"}).content.decode()
    assert "这一询问已经答复。" in again


@pytest.mark.parametrize(
    ("who", "status"),
    [("principal", 200), ("supervisor", 200), ("editor", 404), ("office2", 404), ("bureau", 404)],
)
def test_who_reads_a_question_and_answers_it_not(client, cast, question, who, status):
    client.force_login(getattr(cast, who))
    response = client.get(page_of(question))
    assert response.status_code == status
    assert "发出答复" not in response.content.decode()
    client.post(answering(question), {"text": "代答"})
    assert unanswered(question)


def test_both_stand_beside_the_act_for_whoever_reads_it(client, cast, withdrawal, question):
    question.reply("金额有误。", by=cast.office)
    page = reverse("admin:ledger_act_change", args=[withdrawal.uuid])
    for who in ("supervisor", "office", "editor", "bureau"):
        client.force_login(getattr(cast, who))
        shown = client.get(page).content.decode()
        assert "为什么撤回？" in shown, who
        assert "金额有误。" in shown, who


def test_the_list_and_the_desk_count_what_waits(client, cast, question):
    client.force_login(cast.office)
    desk = client.get("/admin/").content.decode()
    assert page_of(question) in desk
    listed = client.get(reverse("admin:committees_question_changelist")).content.decode()
    assert page_of(question) in listed
    question.reply("金额有误。", by=cast.office)
    assert page_of(question) not in client.get("/admin/").content.decode().split("inbox")[0]
