"""What is said about a draft: by whoever reads it, to its authors, never to the public."""

import re

import pytest
from django.urls import reverse

from disclosures.models import DraftComment, Edition
from portal.organisation.models import Message
from tests.disclosures.conftest import told, wrong_state
from tests.disclosures.workplace import address, said, stored

NOT_YOURS = "您没有对这份文稿办理“留言”的权限。"
MAY_NOT_SETTLE = "您没有对这份文稿办理“办结留言”的权限。"


def say(edition, by, body="金额请再核对"):
    return DraftComment.objects.say(edition, body, by=by)


def test_whoever_reads_the_draft_says_something_about_it(cast, stage):
    edition = stage.in_review()
    comment = say(edition, cast.head, " 金额请再核对 ")
    assert (comment.author, comment.body, comment.settled_at) == (cast.head, "金额请再核对", None)
    assert list(DraftComment.objects.of(edition)) == [comment]


def test_it_records_one_act_and_leaves_text_and_version_alone(cast, stage, recording):
    edition = stage.in_review()
    before = (edition.version, edition.content_digest(), list(edition.parts()))
    with recording() as record:
        say(edition, cast.head)
    assert told(record.act) == ("comment", "总务主任", "first", "K12-E", "K12-E01", "")
    assert record.act.subject_id == str(edition.disclosure_id)
    assert record.history == {"DraftComment": 1}
    assert record.messages == {("editor", "有新留言：2026年秋季学期收费公示")}
    now = stored(edition)
    assert (now.version, now.content_digest(), list(now.parts())) == before


def test_authors_and_who_spoke_before_are_told_once_a_comment_and_only_while_they_read(
    cast, stage, recording
):
    edition = stage.draft()
    edition.edit(by=cast.editor_same, version=edition.version, title="改过的")
    say(edition, cast.principal)
    cast.principal.posts.get().end(by=cast.sysadmin)
    say(edition, cast.office)
    with recording() as record:
        say(edition, cast.editor)
    subject = "有新留言：改过的"
    assert record.messages == {("editor_same", subject), ("office", subject)}
    keys = Message.objects.filter(subject=subject).values_list("key", flat=True)
    assert len(set(keys)) == len(keys) == 2 + 2 + 2


def test_those_who_read_the_draft_may_and_nobody_else(stage, only):
    readers = {"editor", "editor_same", "office", "principal", "supervisor"}
    only(stage.draft(), say, may=readers, sentence=NOT_YOURS)


def test_reviewers_may_once_they_are_asked(stage, only):
    readers = {"editor", "editor_same", "office", "principal", "supervisor", "head"}
    only(stage.in_review(), say, may=readers, sentence=NOT_YOURS)


def test_sealed_or_given_up_nothing_more_is_said(cast, stage, refused):
    published = stage.published()
    with refused(wrong_state("已公开", "留言")):
        say(published, cast.editor)
    draft = stage.draft()
    draft.discard(by=cast.editor)
    with refused(wrong_state("已作废", "留言")):
        say(draft, cast.editor)


def test_an_empty_comment_is_refused(cast, stage, refused):
    edition = stage.draft()
    with refused("请先写下要说的话，再留言。"):
        say(edition, cast.editor, "  \n ")


def test_authors_and_the_commenter_settle_and_nobody_else(cast, stage, only, recording):
    edition = stage.in_review()
    comment = say(edition, cast.principal)

    def settle(_edition, by):
        DraftComment.objects.get(pk=comment.pk).settle(by=by)

    only(edition, settle, may={"editor", "principal"}, sentence=MAY_NOT_SETTLE)
    with recording() as record:
        comment.settle(by=cast.editor)
    assert told(record.act) == ("settle_comment", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert (record.history, record.messages) == ({"DraftComment": 1}, set())
    now = DraftComment.objects.get(pk=comment.pk)
    assert (now.settled_by, now.body) == (cast.editor, comment.body)


def test_a_comment_is_settled_once_before_the_sealing_and_never_deleted(cast, stage, refused):
    edition = stage.draft()
    comment, other = say(edition, cast.office), say(edition, cast.office)
    comment.settle(by=cast.editor)
    with refused("这条留言已经办结，不用再办一次。"):
        comment.settle(by=cast.editor)
    stage.carry_out(edition)
    with refused(wrong_state("已公开", "办结留言")):
        other.settle(by=cast.editor)
    with pytest.raises(TypeError):
        comment.delete()


def test_the_page_takes_shows_and_settles_comments(cast, stage, client):
    edition = stage.in_review()
    client.force_login(cast.head)
    answer = client.post(address("comment", edition), {"comment": "第二条<b>有误</b>\n请改"})
    assert answer.url == address("change", edition) + "#comments"
    comment = DraftComment.objects.get()
    client.force_login(cast.editor)
    page = said(client.get(address("change", edition)))
    assert "第二条&lt;b&gt;有误&lt;/b&gt;<br>请改" in page and "总务主任" in page
    settlement = address("settle_comment", edition, comment=comment.pk)
    assert settlement in page
    assert client.post(settlement).status_code == 302
    page = said(client.get(address("change", edition)))
    assert settlement not in page and "信息员甲于" in page
    again = client.post(settlement)
    assert again.status_code == 403 and "不用再办一次" in said(again)


def test_no_field_of_the_writing_page_is_named_twice(cast, stage, client):
    client.force_login(cast.editor)
    page = said(client.get(address("change", stage.draft())))
    ids = re.findall(r' id="([^"]+)"', page)
    assert "id_comment" in ids and "id_body" in ids
    assert len(ids) == len(set(ids))


def test_a_refused_comment_comes_back_with_what_was_typed(cast, stage, client):
    edition = stage.published()
    client.force_login(cast.editor)
    answer = client.post(address("comment", edition), {"comment": "晚到的一句"})
    assert answer.status_code == 403
    assert "晚到的一句" in said(answer) and "这份文稿现在是“已公开”" in said(answer)
    draft = stage.draft()
    for body, words in (("", "请先写下要说的话"), ("长" * 2001, "最多2000个字")):
        answer = client.post(address("comment", draft), {"comment": body})
        assert words in said(answer) and body in said(answer)
    assert not DraftComment.objects.exists()


def test_strangers_find_nothing_to_comment_on(cast, stage, client):
    edition, other = stage.in_review(), stage.in_review(title="另一份")
    comment = say(edition, cast.head)
    for stranger in (cast.editor2, cast.office2, cast.editor_other, cast.bureau, cast.sysadmin):
        client.force_login(stranger)
        assert client.post(address("comment", edition), {"comment": "一"}).status_code == 404
        settlement = address("settle_comment", edition, comment=comment.pk)
        assert client.post(settlement).status_code == 404
    client.force_login(cast.editor)
    crossed = address("settle_comment", other, comment=comment.pk)
    assert client.post(crossed).status_code == 404
    assert client.get(address("comment", edition)).status_code == 405
    assert DraftComment.objects.filter(settled_at=None).count() == 1


def test_comments_stay_in_the_house_after_publication(cast, stage, client):
    edition = stage.draft()
    say(edition, cast.office, "暗号留言")
    stage.carry_out(edition)
    client.force_login(cast.supervisor)
    assert "暗号留言" in said(client.get(address("change", edition)))
    client.logout()
    notice = Edition.objects.get(pk=edition.pk).disclosure.get_absolute_url()
    page = said(client.get(notice))
    assert edition.title in page and "暗号留言" not in page


def test_supervisors_read_in_the_record_what_was_said(cast, stage, client):
    edition = stage.draft()
    say(edition, cast.office, "暗号留言")
    client.force_login(cast.supervisor)
    timeline = said(client.get(reverse("admin:ledger_act_timeline", args=[edition.disclosure_id])))
    assert "留言" in timeline
