"""Secret addresses to a draft: who makes and revokes them, for how long, for which texts."""

import re
import uuid
from datetime import timedelta

import pytest

from disclosures.models import Edition, PreviewLink
from portal.organisation.models import Authority, Office
from tests.disclosures.conftest import all_rows, told, wrong_state
from tests.disclosures.sharing import FOR, preview, share
from tests.disclosures.workplace import address, said

NOT_YOURS = "您没有对这份文稿办理“建立预览链接”的权限。"
MAY_NOT_REVOKE = "您没有对这份文稿办理“收回预览链接”的权限。"
KEPT_CLOSE = "这份文稿要专项审核，或者只给特定人员看，不能建立预览链接。请对方登录工作台查看。"


def test_a_link_is_kept_by_its_digest_for_seven_days(cast, stage):
    link, token = share(stage.draft(), cast.editor)
    kept = PreviewLink.objects.get()
    assert (kept, kept.token_digest, kept.purpose) == (link, PreviewLink.digest_of(token), FOR)
    assert kept.expires_at - kept.made_at == pytest.approx(timedelta(days=7), abs=timedelta(1))
    assert token not in str(all_rows())


def test_making_it_records_one_act_and_leaves_the_draft_alone(cast, stage, recording):
    edition = stage.draft()
    with recording() as record:
        share(edition, cast.editor)
    assert told(record.act) == ("share", "信息员甲", "first", "K12-E", "K12-E01", FOR)
    assert (record.history, record.messages) == ({"PreviewLink": 1}, set())
    assert Edition.objects.get(pk=edition.pk).version == edition.version


def test_editors_and_the_office_may_and_nobody_else(stage, only):
    may = {"editor", "editor_same", "office"}
    only(stage.draft(), share, may=may, sentence=NOT_YOURS)


def test_the_reviewer_may_while_it_is_with_them(cast, stage, only):
    edition = stage.in_review()
    may = {"editor", "editor_same", "office"}
    only(edition, share, may=may | {"head"}, sentence=NOT_YOURS)
    edition.approve(by=cast.head, seen=edition.content_digest())
    only(edition, share, may=may | {"auditor"}, sentence=NOT_YOURS)


def test_nothing_sealed_or_given_up_is_shared(cast, stage, refused):
    published, discarded = stage.published(), stage.draft()
    discarded.discard(by=cast.editor)
    with refused(wrong_state("已公开", "建立预览链接")):
        share(published, cast.editor)
    with refused(wrong_state("已作废", "建立预览链接")):
        share(discarded, cast.editor)


def test_what_is_sensitive_or_for_named_people_gets_no_link(cast, stage, refused):
    named = stage.draft(
        audiences=["named"],
        named_authority=Authority.objects.at(cast.school, Office.LEADING_GROUP),
        inner_reason="涉及个人信息",
    )
    with refused(KEPT_CLOSE):
        share(named, cast.editor)
    edition = stage.draft()
    cast.entry.is_sensitive = True
    cast.entry.save()
    with refused(KEPT_CLOSE):
        share(Edition.objects.get(pk=edition.pk), cast.editor)


@pytest.mark.parametrize("days", [0, -1, 31])
def test_a_link_lasts_a_day_to_thirty_and_names_its_purpose(days, cast, stage, refused):
    edition = stage.draft()
    with refused("有效期请选1到30天。"):
        share(edition, cast.editor, days=days)
    with refused("请写明给谁看、为什么给他看。"):
        share(edition, cast.editor, purpose=" ")


def test_its_maker_and_the_editors_revoke_and_nobody_else(cast, stage, only, recording, refused):
    edition = stage.in_review()
    link, _token = share(edition, cast.head)

    def revoke(_edition, by):
        PreviewLink.objects.get(pk=link.pk).revoke(by=by)

    may = {"head", "editor", "editor_same", "office"}
    only(edition, revoke, may=may, sentence=MAY_NOT_REVOKE)
    with recording() as record:
        link.revoke(by=cast.editor)
    assert told(record.act) == ("revoke_share", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert record.history == {"PreviewLink": 1}
    with refused("这个链接已经收回，不用再办一次。"):
        link.revoke(by=cast.editor)


def test_the_workplace_makes_a_link_shows_it_once_and_lists_it(cast, stage, client):
    edition = stage.draft()
    client.force_login(cast.editor)
    assert address("share", edition) in said(client.get(address("change", edition)))
    form = client.get(address("share", edition)).context["form"]
    typed = {"key": form["key"].value(), "purpose": FOR, "days": 7}
    made = client.post(address("share", edition), typed)
    [token] = re.findall(r"/preview/([\w-]{32})/", said(made))
    assert "no-store" in made.headers["Cache-Control"]
    assert client.get(preview(token)).status_code == 200
    again = client.post(address("share", edition), typed)
    assert "地址只显示一次" in said(again) and PreviewLink.objects.count() == 1
    page = said(client.get(address("change", edition)))
    assert FOR in page and token not in page and "<td>1</td>" in page
    link = PreviewLink.objects.get()
    revocation = address("revoke_share", edition, link=link.pk)
    assert revocation in page
    assert client.post(revocation).url == address("change", edition) + "#links"
    assert revocation not in said(client.get(address("change", edition)))
    assert "不用再办一次" in said(client.post(revocation))
    assert client.get(preview(token)).status_code == 404


def test_bad_input_makes_no_link(cast, stage, client):
    edition = stage.draft()
    client.force_login(cast.editor)
    good = {"key": uuid.uuid4(), "purpose": FOR, "days": 7}
    for bad in ({"days": 31}, {"days": "x"}, {"purpose": ""}, {"purpose": "长" * 81}, {"key": "?"}):
        assert client.post(address("share", edition), good | bad).status_code == 200
    assert not PreviewLink.objects.exists()


def test_strangers_find_no_page_and_readers_are_told_why(cast, stage, client):
    edition, other = stage.draft(), stage.draft()
    link, _token = share(edition, cast.editor)
    revocation = address("revoke_share", edition, link=link.pk)
    for stranger in (cast.editor2, cast.office2, cast.editor_other, cast.bureau, cast.sysadmin):
        client.force_login(stranger)
        assert client.get(address("preview", edition)).status_code == 404
        assert client.get(address("share", edition)).status_code == 404
        assert client.post(revocation).status_code == 404
    for reader in (cast.principal, cast.supervisor):
        client.force_login(reader)
        assert client.get(address("share", edition)).status_code == 403
        assert client.post(revocation).status_code == 403
    client.force_login(cast.editor)
    crossed = address("revoke_share", other, link=link.pk)
    assert client.post(crossed).status_code == 404
    assert PreviewLink.objects.get().revoked_at is None
    cast.entry.is_sensitive = True
    cast.entry.save()
    answer = client.get(address("share", edition))
    assert answer.status_code == 403 and KEPT_CLOSE in said(answer)
