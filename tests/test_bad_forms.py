"""Whatever is typed into a public form comes back with a sentence, or is taken in as it is."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from feedback import follow, views
from feedback.digest import tell_followers
from feedback.models import Letter, Mailbox, Subscription
from portal.organisation import access_forms, forms
from portal.organisation.models import Message
from tests.hostile import MARKUP, TYPED

FOLLOW = "/follow/?school=first"
FORMS = {
    "/schools/first/mailboxes/principal/": "name contact subject body token website",
    "/letters/": "number code",
    FOLLOW: "email rhythm website",
    "/schools/first/class-code/": "code",
    "/accounts/activation/": "username code new_password1 new_password2",
    "/accounts/sign-in/": "username password next",
    "/accounts/password-reset/": "email",
}
ADDRESSES = [
    "parent@home.example\r\nBcc: all@home.example",
    "parent@home.example%0aBcc:all@home.example",
    '"\x0bBcc:all@home.example"@home.example',
    '"\x1e"@home.example',
    '"\x7f"@home.example',
    "a@b@home.example",
    "a" * 10_000 + "@home.example",
    "a@" + "b" * 250 + ".example",
    "parent@家.示例\u2028x",
    "\u202eelpmaxe.emoh@tnerap",
    "<parent@home.example>",
    "parent@home.example, other@home.example",
    "家长@home.example",
    "parent@",
    "@",
]


@pytest.fixture(autouse=True)
def fresh_counters():
    counters = (follow.FROM_ADDRESS, follow.TO_ADDRESS, views.LETTERS, views.LOOKUPS)
    for pace in (*counters, access_forms.by_address, access_forms.by_account, forms.SIGN_INS):
        pace.clear()


@pytest.fixture
def box(cast):
    Mailbox(school=cast.school, name="校长信箱").save()


def messages(page):
    """The sentences with which a page refuses."""
    text = page.content.decode()
    found = re.findall(r'<ul class="field-errors".*?</ul>|role="alert">.*?</p>', text, re.DOTALL)
    return unescape(" ".join(re.sub("<[^>]*>", " ", part) for part in found))


@pytest.mark.parametrize("place", FORMS)
def test_a_form_answers_whatever_is_typed(client, box, place):
    told = {}
    for text in TYPED:
        page = client.post(place, dict.fromkeys(FORMS[place].split(), text))
        shown = page.content.decode()
        is_fit = page.status_code in (200, 201, 302) and "<script>alert" not in shown
        if not is_fit or (page.status_code == 200 and not messages(page)):
            told[text[:30]] = page.status_code
    assert told == {}
    assert (mail.outbox, Subscription.objects.count(), Letter.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize("place", FORMS)
def test_a_form_answers_what_is_no_text_at_all(client, box, place):
    names = FORMS[place].split()
    for kind in (
        "application/json",
        "text/plain",
        "multipart/form-data",
        "x",
        "image/png; charset=x",
    ):
        page = client.generic("POST", place, b'{"a": "\xff\x00"}', content_type=kind)
        assert page.status_code in (200, 400), kind
    for pairs in (f"{names[0]}=%00%ff%ED%A0%80", "&".join(f"{n}=1&{n}=2" for n in names), "=&=&"):
        kind = "application/x-www-form-urlencoded"
        assert client.generic("POST", place, pairs, content_type=kind).status_code == 200


@pytest.mark.parametrize("email", ADDRESSES)
def test_an_address_that_is_none_is_refused_and_shown_again(client, cast, email):
    page = client.post(FOLLOW, {"email": email, "rhythm": "daily"})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["email"]
    assert "邮箱" in messages(page) or "个字符" in messages(page)
    assert page.context["form"]["email"].value() == email
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("email", "to"),
    [
        ("Parent@家.示例", "parent@家.示例"),
        ("o'neil+school@home.example", "o'neil+school@home.example"),
        ('"two@signs"@home.example', '"two@signs"@home.example'),
    ],
)
def test_an_unusual_address_gets_its_mail(client, cast, email, to):
    page = client.post(FOLLOW, {"email": email, "rhythm": "daily"})
    assert "form" in page.context
    assert page.context["form"].errors == {}
    assert tell_followers() == 1
    assert [sent.to for sent in mail.outbox] == [[to]]
    assert mail.outbox[0].message()["Bcc"] is None


class Written(EmailBackend):
    """Writes each mail as bytes, as it would be handed to a mail server."""

    def send_messages(self, sent):
        for message in sent:
            message.message().as_bytes()
        return super().send_messages(sent)


def test_a_search_can_be_followed_whatever_was_searched(client, cast, settings):
    """What was typed stands in the subject of the mail that asks for a yes."""
    settings.EMAIL_BACKEND = f"{__name__}.Written"
    asked = 0
    for number, text in enumerate(TYPED):
        follow.FROM_ADDRESS.clear()
        place = f"/follow/?{urlencode({'q': f'收费 {text}'})}"
        page = client.post(place, {"email": f"p{number}@home.example", "rhythm": "daily"})
        assert page.status_code in (200, 404), text
        assert MARKUP not in page.content.decode()
        asked += page.status_code == 200
    assert asked > len(TYPED) // 2
    tell_followers()
    assert len(mail.outbox) == Subscription.objects.count() == asked
    assert [sent.subject for sent in mail.outbox if not sent.subject.isprintable()] == []


def test_one_address_no_mail_can_be_sent_to_holds_up_nobody_else(client, cast, settings):
    """Such a row can only come from an older rule of addresses."""
    for email in ("first@home.example", "last@home.example"):
        client.post(FOLLOW, {"email": email, "rhythm": "daily"})
    broken = Subscription.objects.get(email="first@home.example")
    broken.email = '"\x0bBcc:all@home.example"@home.example'
    broken.save()
    settings.EMAIL_BACKEND = f"{__name__}.Written"
    tell_followers()
    assert [sent.to for sent in mail.outbox] == [["last@home.example"]]
    assert tell_followers() == 0


def test_a_letter_comes_back_with_everything_that_was_typed(client, box):
    typed = {"name": "\u202e王", "contact": MARKUP, "subject": "字" * 101, "body": "话" * 5001}
    page = client.post("/schools/first/mailboxes/principal/", typed | {"token": "not-ours"})
    form = page.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert "最多100个字，现在有101个，请删减后再提交。" in messages(page)
    assert "最多5000个字，现在有5001个，请删减后再提交。" in messages(page)
    assert MARKUP not in page.content.decode()
    assert not Letter.objects.exists()


def test_a_letter_under_a_forged_token_is_not_taken_in(client, box):
    typed = {"name": "王芳", "contact": "0599", "subject": "食堂", "body": "菜凉"}
    page = client.post("/schools/first/mailboxes/principal/", typed | {"token": MARKUP})
    assert list(page.context["form"].errors) == ["token"]
    assert page.context["form"]["body"].value() == "菜凉"
    assert not Letter.objects.exists()


def test_a_forgotten_password_tells_nobody_who_is_known(client, cast):
    cast.teacher.email = "teacher@home.example"
    cast.teacher.save()
    for email in ("teacher@home.example", "teacher@home.example\nBcc: x@y.example", "x@y.example"):
        page = client.post("/accounts/password-reset/", {"email": email})
        assert page.status_code in (200, 302)
    assert Message.objects.filter(link__contains="password-reset").count() == 1
