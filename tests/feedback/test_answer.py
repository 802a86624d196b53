"""The keeper answers a letter."""

from datetime import timedelta

import pytest

from feedback.models import Letter, Reply
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now
from portal.organisation.models import Message
from tests.cast import appoint
from tests.feedback.conftest import WRITTEN

STRANGERS = (
    "office",
    "supervisor",
    "sysadmin",
    "bureau",
    "principal2",
    "editor",
    "deputy",
    "parent",
)


def desk(letter):
    return f"/admin/feedback/letter/{letter.pk}/change/"


def reply_to(letter):
    return f"/admin/feedback/letter/{letter.pk}/reply/"


def test_the_keeper_finds_reads_and_answers_the_letter(client, letter, cast):
    client.force_login(cast.principal)
    assert letter.number in client.get("/admin/feedback/letter/").content.decode()
    assert "雨天放学时车辆太多。" in client.get(desk(letter)).content.decode()
    response = client.post(reply_to(letter), {"body": "南门\x00已开放。"}, follow=True)
    assert "答复已发出，写信人现在可以看到。" in response.content.decode()
    letter.refresh_from_db()
    assert letter.state == Letter.State.ANSWERED
    assert list(letter.replies.values_list("body", "replied_by")) == [
        ("南门已开放。", cast.principal.pk)
    ]


def test_the_record_says_who_answered_which_number(letter, cast):
    letter.answer(by=cast.principal, body="南门已开放。")
    act = Act.objects.get(name="reply")
    assert (act.title, act.actor_name, act.reason) == (letter.number, "校长", "")
    assert (act.digest_before, act.digest_after) == ("", "")
    assert not hasattr(Reply, "history")


def test_the_writer_is_told_in_their_language_and_without_the_text(letter, cast):
    cast.parent.language = "zh-hant"
    cast.parent.save()
    letter.refresh_from_db()
    letter.answer(by=cast.principal, body="南门已开放。")
    message = Message.objects.get(recipient=cast.parent)
    assert message.link == f"/zh-hant/letters/{letter.pk}/"
    assert letter.number in message.subject
    assert "南门" not in message.subject + message.body


def test_a_writer_without_an_account_gets_no_message(box, cast):
    letter, _code = Letter.objects.receive(box, **WRITTEN)
    letter.answer(by=cast.principal, body="南门已开放。")
    assert list(Message.objects.values_list("recipient", flat=True)) == [cast.principal.pk]


def test_a_second_reply_supplements_the_first(letter, cast):
    letter.answer(by=cast.principal, body="已收到，正在研究。")
    letter.answer(by=cast.principal, body="南门已开放。")
    assert [r.body for r in letter.replies.all()] == ["已收到，正在研究。", "南门已开放。"]


def test_two_clicks_send_one_reply(client, letter, cast):
    client.force_login(cast.principal)
    client.post(reply_to(letter), {"body": "南门已开放。"})
    page = client.post(reply_to(letter), {"body": "南门已开放。"}).content.decode()
    assert "这条答复已经发出，不用再次提交。" in page
    assert letter.replies.count() == Act.objects.filter(name="reply").count() == 1


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_may_answer(letter, cast, who):
    with pytest.raises(Refused, match="您不是这个信箱的处理人"):
        letter.answer(by=getattr(cast, who), body="南门已开放。")
    letter.refresh_from_db()
    assert letter.state == Letter.State.RECEIVED
    assert not Reply.objects.exists()


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_sees_letters_at_the_desk(client, letter, cast, who):
    client.force_login(getattr(cast, who))
    paths = ["/admin/feedback/letter/", desk(letter), f"{desk(letter)}?_popup=1"]
    paths.append(f"/admin/feedback/letter/{letter.pk}/history/")
    for path in paths:
        response = client.get(path, follow=True)
        assert letter.number not in response.content.decode()
        assert "雨天" not in response.content.decode()
    client.post(reply_to(letter), {"body": "南门已开放。"})
    assert not Reply.objects.exists()


def test_the_office_leaves_with_the_post_and_so_do_the_letters(client, letter, cast):
    assert list(Letter.objects.kept_by(cast.principal)) == [letter]
    cast.principal.posts.get().end(by=cast.sysadmin)
    assert list(Letter.objects.kept_by(cast.principal)) == []
    with pytest.raises(Refused):
        letter.answer(by=cast.principal, body="南门已开放。")


def test_the_same_office_elsewhere_opens_nothing(letter, cast):
    appoint(cast.teacher, cast.school2, "principal", by=cast.sysadmin)
    assert list(Letter.objects.kept_by(cast.teacher)) == []


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b"])
def test_an_empty_reply_is_refused_with_a_sentence(client, letter, cast, body):
    client.force_login(cast.principal)
    assert "请写下答复内容。" in client.post(reply_to(letter), {"body": body}).content.decode()
    assert not Reply.objects.exists()


def test_a_reply_too_long_is_kept_on_the_page(client, letter, cast):
    client.force_login(cast.principal)
    long = "答" * 5001
    assert long in client.post(reply_to(letter), {"body": long}).content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("days", "sign"),
    [(0, "还有5天"), (4, "还有1天"), (5, "今天到期"), (6, "已超期1天")],
)
def test_the_list_shows_how_long_a_letter_waits(client, box, cast, days, sign):
    with as_of(now() - timedelta(days=days)):
        Letter.objects.receive(box, **WRITTEN)
    client.force_login(cast.principal)
    page = client.get("/admin/feedback/letter/").content.decode()
    assert f"{days}天</td>" in page
    assert sign in page


def test_an_answered_letter_waits_no_longer(box, cast):
    with as_of(now() - timedelta(days=9)):
        letter, _code = Letter.objects.receive(box, **WRITTEN)
    with as_of(now() - timedelta(days=7)):
        letter.answer(by=cast.principal, body="已收到。")
    assert letter.waiting_days() == 2


def test_the_list_asks_as_often_for_thirty_letters_as_for_one(
    client, box, cast, django_assert_max_num_queries
):
    client.force_login(cast.principal)
    for number in range(30):
        Letter.objects.receive(box, **WRITTEN | {"subject": f"第{number}封"})
    with django_assert_max_num_queries(15):
        client.get("/admin/feedback/letter/")
