"""Following a search: named in words, once whatever the script, told what fits and nothing else."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from disclosures.search.results import Search
from feedback import digest
from feedback.digest import tell_followers
from feedback.models import Subscription
from portal.ledger.moments import as_of
from tests.feedback.followers import (
    LATER,
    MORNING,
    SITE,
    START,
    ask,
    asked,
    following,
)

SEARCH = "/follow/?q=收费&school=first"
NAMED = "示范区第一小学 · 搜索“收费”"


def test_the_page_the_question_and_the_page_it_leads_to_name_the_search(client, cast):
    page = client.get(SEARCH).content.decode()
    assert f"“{NAMED}”有新的对外公开时，用电子邮件告诉您。" in page
    assert f'href="/schools/first/search/feed.atom?q={quote("收费")}"' in page
    assert f'href="/schools/first/search/?q={quote("收费")}"' in page
    path = asked(client, SEARCH)
    assert mail.outbox[0].subject == f"请确认订阅：{NAMED}"
    assert f"请求把“{NAMED}”的更新发到这个邮箱" in mail.outbox[0].body
    assert f"<h2>{NAMED}</h2>" in client.get(path).content.decode()
    row = Subscription.objects.get()
    assert (row.words, row.terms, row.school) == ("收费", {"school": "first"}, cast.school)
    assert row.confirmed_at is None


def test_the_digest_tells_what_fits_and_is_public_since_the_last(client, stage):
    cast = stage.cast
    with as_of(START - timedelta(hours=1)):
        stage.published(title="以前的收费")
    with as_of(START):
        path = following(client, SEARCH)
    with as_of(LATER):
        shown = stage.published(title="食堂", body="<p>本学期收費</p>", entry=cast.short_entry)
        stage.published(title="作息时间", body="<p>夏季</p>", entry=cast.short_entry)
        stage.published(title="内部收费", audiences=["staff"], inner_reason="只涉及教职工")
        stage.published(title="二小收费", department=cast.department2, by=cast.editor2)
        stage.withdrawn(title="撤回的收费")
        stage.draft(title="收费草稿")
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
        assert tell_followers() == 0
    (sent,) = mail.outbox
    assert sent.subject == f"{NAMED}：新公开1件"
    assert sent.body == (
        "2030-05-08  食堂\n示范区第一小学 · 学校概况\n"
        f"{SITE}{shown.disclosure.get_absolute_url()}\n\n"
        f"您订阅了“{NAMED}”。查看或退订：{SITE}{path}\n\n"
        "本邮件由系统自动发送，请不要直接回复。"
    )
    assert sent.extra_headers["List-Unsubscribe"] == f"<{SITE}{path}end/>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Subscription.objects.get().digested_at == MORNING + timedelta(minutes=5)


def test_nothing_that_fits_is_no_mail_and_no_digest(client, stage):
    with as_of(START):
        following(client, SEARCH)
    with as_of(LATER):
        stage.published(title="作息时间", body="<p>夏季</p>", entry=stage.cast.short_entry)
    with as_of(MORNING + timedelta(minutes=5)):
        assert tell_followers() == 1
    assert mail.outbox == []
    assert Subscription.objects.get().digested_at is None


def test_a_digest_reads_a_bounded_part_of_what_fits(client, stage, monkeypatch):
    monkeypatch.setattr(digest, "LISTED", 1)
    monkeypatch.setattr(digest, "COUNTED", 2)
    with as_of(START):
        following(client, SEARCH)
    with as_of(LATER):
        for n in range(4):
            stage.published(title=f"收费{n}")
    limits = []

    class Watched(Search):
        def hits(self, limit, **asked):
            limits.append(limit)
            return super().hits(limit, **asked)

    monkeypatch.setattr("disclosures.scope.Search", Watched)
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    assert limits == [3]
    (sent,) = mail.outbox
    assert sent.subject == f"{NAMED}：新公开2件以上"
    page = f"{SITE}/schools/first/search/?q={quote('收费')}"
    assert f"收费3\n示范区第一小学 · 收费\n{SITE}" in sent.body
    assert f"另有1件以上，请看：{page}" in sent.body


def test_a_list_is_counted_only_so_far_too(client, stage, monkeypatch):
    monkeypatch.setattr(digest, "LISTED", 1)
    monkeypatch.setattr(digest, "COUNTED", 2)
    with as_of(START):
        following(client)
    with as_of(LATER):
        for n in range(4):
            stage.published(title=f"第{n}号")
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
    assert mail.outbox[0].subject == "示范区第一小学 · 收费：新公开2件以上"


@pytest.mark.parametrize("again", ["收費", " 收费 ", "收费。", "收费\u200b"])
def test_the_same_search_is_followed_once_however_it_is_typed(client, cast, again):
    first = ask(client, "/follow/?q=收费")
    tell_followers()
    assert ask(client, f"/follow/?q={quote(again)}").status_code == first.status_code == 200
    assert tell_followers() == 0
    assert len(mail.outbox) == Subscription.objects.count() == 1
    ask(client, "/follow/?q=收费+食堂")
    assert tell_followers() == 1
    assert Subscription.objects.count() == 2


def test_whoever_is_signed_in_follows_like_everybody(client, cast):
    public = ask(client, SEARCH).content
    client.force_login(cast.teacher)
    assert ask(client, SEARCH, email="teacher@home.example").content == public
    assert list(Subscription.objects.values_list("words", flat=True)) == ["收费", "收费"]


@pytest.mark.parametrize(
    "asked_for",
    ["q=-收费", "q=。", "q=%00", "q=收费&school=nowhere", "q=收费&department=general"],
)
def test_only_a_search_that_can_find_something_is_followed(client, cast, asked_for):
    assert client.get("/follow/?q=收费&category=K12-E").status_code == 200
    assert client.get(f"/follow/?{asked_for}").status_code == 404


def test_no_search_is_stored_longer_than_a_search_may_be(client, cast):
    ask(client, f"/follow/?q={'收' * 10_000}")
    row = Subscription.objects.get()
    assert row.words == "收" * 200
    row.words += "收"
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
