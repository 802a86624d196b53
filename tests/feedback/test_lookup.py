"""Coming back with the receipt, or signed in."""

import pytest

from feedback.models import Letter
from feedback.views import LOOKUPS
from tests.feedback.conftest import WRITTEN

WRONG = "受理编号或查询码不对，请对照回执核对后再试。"


@pytest.fixture
def receipt(box):
    return Letter.objects.receive(box, **WRITTEN)


def look(client, number, code):
    return client.post("/letters/", {"number": number, "code": code})


def test_number_and_code_show_letter_state_and_replies(client, receipt, cast):
    letter, code = receipt
    page = look(client, letter.number, code).content.decode()
    assert "已收到，待答复" in page
    assert "雨天放学时车辆太多。" in page
    letter.answer(by=cast.principal, body="南门已开放。")
    response = look(client, f" {letter.number.lower()} ", code.lower().replace("-", " "))
    page = response.content.decode()
    assert "已答复" in page
    assert "南门已开放。" in page
    assert response["Cache-Control"] == "private, no-store"


def test_every_wrong_pair_gets_the_same_answer(client, receipt, box):
    letter, code = receipt
    other, other_code = Letter.objects.receive(box, **WRITTEN)
    assert look(client, letter.number, code).context["letter"] == letter
    wrong = [
        look(client, letter.number, "AAAAA-AAAAA-AAAAA-AAAAA"),
        look(client, letter.number, other_code),
        look(client, "FIRST-2026-9999", code),
        look(client, "无此编号", "无此码"),
    ]
    for response in wrong:
        assert response.status_code == 200
        assert response.context["form"].non_field_errors() == [WRONG]
        assert "雨天" not in response.content.decode()


def test_the_code_never_enters_an_address(client, receipt):
    letter, code = receipt
    response = client.get("/letters/", {"number": letter.number, "code": code})
    assert "雨天" not in response.content.decode()


def test_guessing_is_stopped_after_a_while(client, receipt, monkeypatch):
    monkeypatch.setattr(LOOKUPS, "limit", 2)
    letter, code = receipt
    for guess in ("A", "B"):
        assert WRONG in look(client, letter.number, guess).content.decode()
    page = look(client, letter.number, code).content.decode()
    assert "查询次数太多，请一小时后再试。" in page
    assert "雨天" not in page


def test_the_writer_signed_in_reads_the_letter_and_the_reply(client, letter, cast):
    letter.answer(by=cast.principal, body="南门已开放。")
    client.force_login(cast.parent)
    response = client.get(f"/letters/{letter.pk}/")
    assert "南门已开放。" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert letter.number in client.get("/letters/").content.decode()


@pytest.mark.parametrize(
    "who", ["teacher", "office", "principal", "supervisor", "sysadmin", "bureau", "principal2"]
)
def test_for_everybody_else_there_is_no_such_page(client, letter, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(f"/letters/{letter.pk}/").status_code == 404
    assert letter.number not in client.get("/letters/").content.decode()


def test_the_public_is_asked_to_sign_in_whether_or_not_the_letter_exists(client, letter):
    unknown = "0b0e7f0e-7f4c-4a8e-9d5c-0d7f3a2b1c00"
    for key in (letter.pk, unknown):
        response = client.get(f"/letters/{key}/")
        assert response.status_code == 302
        assert response.url.endswith(f"?next=/letters/{key}/")
