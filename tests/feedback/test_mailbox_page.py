"""The public page of a mailbox and the receipt it gives."""

import pytest
from django.test import Client

from feedback.models import Letter
from feedback.views import LETTERS
from tests.feedback.conftest import WRITTEN

PAGE = "/schools/first/mailboxes/principal/"
TOKEN = "0b0e7f0e-7f4c-4a8e-9d5c-0d7f3a2b1c00"


def page_of(response):
    return response.content.decode()


def post(client, **changes):
    return client.post(PAGE, WRITTEN | {"token": TOKEN} | changes)


def test_the_page_says_who_opens_letters_and_when_they_are_answered(client, box):
    response = client.get(PAGE)
    page = page_of(response)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    for told in ("校长信箱", "来信只由校长拆阅", "收到后5天内", "不要写在这里", "凭回执查答复"):
        assert told in page


def test_the_page_speaks_the_language_of_its_address(client, box):
    assert "Principal&#x27;s mailbox" in page_of(client.get(f"/en{PAGE}"))


def test_a_posted_letter_is_answered_with_its_receipt(client, box):
    response = post(client)
    letter = Letter.objects.get()
    code = response.context["code"]
    assert response.status_code == 201
    assert response["Cache-Control"] == "private, no-store"
    assert "Location" not in response
    assert letter.number in page_of(response)
    assert code in page_of(response)
    assert "print-address" not in page_of(response), "the address on paper would be the form's"
    assert Letter.objects.found_by(letter.number, code) == letter
    assert {name: getattr(letter, name) for name in WRITTEN} == WRITTEN
    assert letter.writer is None
    assert "sessionid" not in response.cookies


def test_two_clicks_show_one_receipt(client, box):
    first, second = post(client), post(client)
    assert first.context["code"] == second.context["code"]
    assert Letter.objects.count() == 1


def test_whoever_is_signed_in_finds_the_letter_among_their_own(client, box, cast):
    client.force_login(cast.parent)
    assert 'value="家长"' in page_of(client.get(PAGE))
    post(client)
    letter = Letter.objects.get()
    assert letter.writer == cast.parent
    assert letter.subject in page_of(client.get("/letters/"))


def test_a_letter_without_contact_is_refused_and_nothing_typed_is_lost(client, box):
    response = post(client, contact="")
    page = page_of(response)
    assert "请留下电话或电子邮箱。" in page
    assert "雨天放学时车辆太多。\n能否错开时间？" in page
    assert f'value="{TOKEN}"' in page
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("field", "limit"), [("subject", 100), ("body", 5000), ("name", 40), ("contact", 80)]
)
def test_a_text_one_character_too_long_is_refused_whole(client, box, field, limit):
    long = "字" * (limit + 1)
    response = post(client, **{field: long})
    assert response.status_code == 200
    sentence = f"最多{limit}个字，现在有{limit + 1}个，请删减后再提交。"
    assert response.context["form"].errors == {field: [sentence]}
    assert long in page_of(response)
    assert not Letter.objects.exists()
    assert post(client, **{field: "字" * limit}).status_code == 201


def test_characters_nobody_can_see_are_dropped(client, box):
    post(client, subject="放\x00学\u202e安\u200b全\r\n", body="一\x07\r\n二")
    letter = Letter.objects.get()
    assert (letter.subject, letter.body) == ("放学安全", "一\n二")


def test_a_subject_of_invisible_characters_is_no_subject(client, box):
    response = post(client, subject="\u200b\x00")
    assert response.context["form"].errors["subject"] == ["请写下主题。"]
    assert not Letter.objects.exists()


def test_markup_in_a_letter_is_shown_as_text(client, box):
    page = page_of(post(client, subject="<script>alert(1)</script>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_filled_trap_is_pointed_out_and_keeps_the_letter(client, box):
    response = post(client, website="http://example.com")
    assert "清空后再提交" in page_of(response)
    assert "雨天放学时车辆太多。" in page_of(response)
    assert not Letter.objects.exists()


def test_a_flood_from_one_address_is_told_to_wait_and_keeps_its_text(client, box, monkeypatch):
    monkeypatch.setattr(LETTERS, "limit", 2)
    for number in (1, 2):
        assert post(client, subject=f"第{number}封").status_code == 201
    response = post(client, subject="第3封")
    assert "来信太多，请稍后再提交" in page_of(response)
    assert "第3封" in page_of(response)
    assert Letter.objects.count() == 2
    assert post(client, subject="第2封").status_code == 201
    other = client.post(PAGE, WRITTEN | {"token": TOKEN}, REMOTE_ADDR="192.0.2.9")
    assert other.status_code == 201


def test_a_closed_box_shows_a_sentence_instead_of_the_form(client, box):
    box.is_open = False
    box.save()
    page = page_of(client.get(PAGE))
    assert "暂时不接收来信" in page
    assert "<textarea" not in page
    assert "请用页面上的电话联系学校" in page_of(post(client))
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "path", ["/schools/second/mailboxes/principal/", "/schools/first/mailboxes/none/"]
)
def test_an_unknown_box_is_not_found(client, box, path):
    assert client.get(path).status_code == 404


def test_a_forged_form_is_refused(box):
    assert Client(enforce_csrf_checks=True).post(PAGE, WRITTEN).status_code == 403
    assert not Letter.objects.exists()


def test_a_token_that_is_none_is_refused(client, box):
    assert post(client, token="x").status_code == 200
    assert not Letter.objects.exists()
