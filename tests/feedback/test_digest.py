"""The digest: what became public within what is followed, once, in its time and language."""

from datetime import timedelta

from django.core import mail

from feedback import digest
from feedback.digest import tell_followers
from portal.ledger.moments import as_of
from tests.feedback.followers import FORM, LATER, MONDAY, MORNING, SITE, START, following


def test_the_digest_tells_what_is_new_and_public_within_the_scope(client, stage):
    cast = stage.cast
    with as_of(START - timedelta(hours=1)):
        stage.published(title="以前的")
    with as_of(START):
        path = following(client)
    with as_of(LATER):
        shown = stage.published(title="收费公示")
        stage.published(title="内部", audiences=["staff"], inner_reason="只涉及教职工")
        stage.published(title="校历", entry=cast.short_entry)
        stage.published(title="二小", department=cast.department2, by=cast.editor2)
        stage.withdrawn(title="撤回的")
        stage.draft(title="草稿")
    with as_of(MORNING - timedelta(minutes=1)):
        assert tell_followers() == 0
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
        assert tell_followers() == 0
    (sent,) = mail.outbox
    assert sent.subject == "示范区第一小学 · 收费：新公开1件"
    assert sent.body == (
        "2030-05-08  收费公示\n示范区第一小学 · 收费\n"
        f"{SITE}{shown.disclosure.get_absolute_url()}\n\n"
        f"您订阅了“示范区第一小学 · 收费”。查看或退订：{SITE}{path}\n\n"
        "本邮件由系统自动发送，请不要直接回复。"
    )
    assert sent.extra_headers["List-Unsubscribe"] == f"<{SITE}{path}end/>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_new_is_no_mail(client, stage):
    with as_of(START):
        following(client)
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
        assert tell_followers() == 0
    assert mail.outbox == []


def test_a_weekly_digest_waits_for_monday(client, stage):
    with as_of(START):
        following(client, rhythm="weekly")
    with as_of(LATER):
        stage.published()
    with as_of(MONDAY - timedelta(minutes=1)):
        assert tell_followers() == 0
    with as_of(MONDAY + timedelta(minutes=1)):
        assert tell_followers() == 1
    assert len(mail.outbox) == 1


def test_a_correction_is_told_as_one_and_a_later_opening_in_its_time(client, stage):
    with as_of(START - timedelta(hours=1)):
        first = stage.published(title="收费公示")
    with as_of(START):
        following(client)
    with as_of(LATER):
        successor = first.correct(by=stage.cast.editor)
        successor.edit(by=stage.cast.editor, version=0, title="收费公示", change_note="金额更正")
        stage.carry_out(successor)
        stage.published(title="以后的", opens_at=MORNING + timedelta(hours=1))
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    assert "更正：收费公示" in mail.outbox[0].body
    assert "以后的" not in mail.outbox[0].body
    with as_of(MORNING + timedelta(days=1, minutes=5)):
        tell_followers()
    assert "以后的" in mail.outbox[1].body
    assert "收费公示" not in mail.outbox[1].body


def test_what_is_published_while_a_digest_is_made_is_in_the_next(client, stage):
    with as_of(START):
        following(client)
    with as_of(MORNING + timedelta(minutes=5)):
        stage.published(title="刚刚")
        tell_followers()
    assert mail.outbox == []
    with as_of(MORNING + timedelta(days=1, minutes=5)):
        tell_followers()
    assert "刚刚" in mail.outbox[0].body


def test_the_digest_is_in_the_readers_language(client, stage):
    with as_of(START):
        path = following(client, f"/en{FORM}")
    with as_of(LATER):
        edition = stage.published()
    assert path.startswith("/en/follow/")
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    address = f"{SITE}/en/schools/first/{edition.disclosure.year}-00001/"
    assert address in mail.outbox[0].body


def test_a_long_digest_lists_the_newest_and_says_where_the_rest_is(client, stage, monkeypatch):
    monkeypatch.setattr(digest, "LISTED", 2)
    with as_of(START):
        following(client)
    with as_of(LATER):
        for n in range(3):
            stage.published(title=f"第{n}号")
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    assert f"另有1件，请看：{SITE}/schools/first/categories/K12-E/" in mail.outbox[0].body
