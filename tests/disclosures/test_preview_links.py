"""A draft as the public will see it: for its readers, and by a secret address for a while."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from disclosures.models import Attachment, Edition, PreviewLink, Reading
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now
from portal.organisation.models import Authority, Office
from tests.disclosures.conftest import all_rows, told, wrong_state
from tests.disclosures.workplace import address, said

NOT_YOURS = "您没有对这份文稿办理“建立预览链接”的权限。"
MAY_NOT_REVOKE = "您没有对这份文稿办理“收回预览链接”的权限。"
KEPT_CLOSE = "这份文稿要专项审核，或者只给特定人员看，不能建立预览链接。请对方登录工作台查看。"
FOR = "请法律顾问核对"


def share(edition, by, days=7, purpose=FOR):
    return PreviewLink.objects.share(edition, by=by, purpose=purpose, days=days)


def preview(token):
    return reverse("preview", args=[token])


def with_file(stage, cast, **content):
    edition = stage.draft(**content)
    upload = ContentFile("附件的字".encode(), name="标准.txt")
    return edition, Attachment.objects.attach(edition, upload, by=cast.editor, title="收费标准")


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


def test_whoever_has_the_address_reads_the_text_as_it_is_now(cast, stage, client):
    edition, file = with_file(stage, cast, body="<p>每生12元。</p>")
    _link, token = share(edition, cast.editor)
    edition.edit(by=cast.editor, version=edition.version, body="<p>每生15元。</p>")
    answer = client.get(preview(token))
    page = said(answer)
    assert answer.status_code == 200
    assert "预览，未公开" in page and "每生15元。" in page and "示范区第一小学" in page
    assert reverse("preview_file", args=[token, file.pk]) in page
    assert file.get_absolute_url() not in page


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_page_is_private_and_gives_its_address_to_nobody(prefix, cast, stage, client):
    edition, file = with_file(stage, cast)
    _link, token = share(edition, cast.editor)
    for address_ in (preview(token), reverse("preview_file", args=[token, file.pk])):
        answer = client.get(prefix + address_)
        assert answer.status_code == 200
        headers = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
        assert [answer.headers[name] for name in headers] == [
            "private, no-store",
            "no-referrer",
            "noindex, nofollow, noarchive",
        ]
        assert not answer.cookies and "Vary" not in answer.headers
    page = said(client.get(prefix + preview(token)))
    assert '<meta name="robots" content="noindex' in page
    assert 'rel="canonical"' not in page and 'rel="alternate"' not in page
    assert "og:url" not in page


def test_each_opening_is_an_act_of_nobodys_and_counted(cast, stage, client, recording):
    edition, file = with_file(stage, cast)
    link, token = share(edition, cast.editor)
    with recording() as record:
        client.get(preview(token))
    assert told(record.act) == ("open_share", "", "first", "K12-E", "K12-E01", "")
    assert (record.act.actor_id, record.act.object_id) == ("", str(link.pk))
    assert record.history == {"PreviewLink": 1}
    client.head(preview(token))
    client.get(preview(token))
    with recording() as record:
        client.get(reverse("preview_file", args=[token, file.pk]))
    assert told(record.act) == ("open_share", "", "first", "K12-E", "K12-E01", "收费标准")
    link.refresh_from_db()
    assert link.opened_count == 2 and link.opened_at
    assert Act.objects.filter(name="open_share").count() == 3


def test_files_are_reached_through_their_own_link_alone(cast, stage, client):
    edition, file = with_file(stage, cast)
    _other, foreign = with_file(stage, cast)
    _link, token = share(edition, cast.editor)
    taken = client.get(reverse("preview_file", args=[token, file.pk]))
    assert b"".join(taken.streaming_content).decode() == "附件的字"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert client.get(file.get_absolute_url()).status_code == 404
    assert client.get(reverse("preview_file", args=[token, foreign.pk])).status_code == 404
    assert client.get(reverse("preview_file", args=["x" * 32, file.pk])).status_code == 404
    file.detach(by=cast.editor)
    assert client.get(reverse("preview_file", args=[token, file.pk])).status_code == 404


def _revoke(cast, stage, edition, link):
    link.revoke(by=cast.editor)


def _seal(cast, stage, edition, link):
    stage.carry_out(edition)


def _discard(cast, stage, edition, link):
    edition.discard(by=cast.editor)


def _narrow(cast, stage, edition, link):
    leaders = Authority.objects.at(cast.school, Office.LEADING_GROUP)
    edition.edit(
        by=cast.editor, version=edition.version, audiences=["named"], named_authority=leaders
    )


def _mark(cast, stage, edition, link):
    cast.entry.is_sensitive = True
    cast.entry.save()


@pytest.mark.parametrize("end", [_revoke, _seal, _discard, _narrow, _mark])
def test_the_address_ends_with_its_reason(end, cast, stage, client):
    edition, file = with_file(stage, cast)
    link, token = share(edition, cast.editor)
    pages = (preview(token), reverse("preview_file", args=[token, file.pk]))
    assert [client.get(page).status_code for page in pages] == [200, 200]
    end(cast, stage, Edition.objects.get(pk=edition.pk), link)
    before = Act.objects.count()
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert Act.objects.count() == before


def test_the_address_ends_on_its_day_and_unknown_ones_are_nothing(cast, stage, client):
    _link, token = share(stage.draft(), cast.editor, days=1)
    with as_of(now() + timedelta(hours=23)):
        assert client.get(preview(token)).status_code == 200
    with as_of(now() + timedelta(hours=25)):
        assert client.get(preview(token)).status_code == 404
    for strange in ("x", token[:-1], token + "A", "%00", "%ed%a0%80", "é" * 500):
        assert client.get(f"/preview/{strange}/").status_code == 404
    assert client.post(preview(token)).status_code == 405


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


def test_whoever_reads_the_draft_previews_it_in_the_workplace(cast, stage, client):
    edition, file = with_file(stage, cast)
    for reader in (cast.editor, cast.principal, cast.supervisor):
        client.force_login(reader)
        assert address("preview", edition) in said(client.get(address("change", edition)))
        answer = client.get(address("preview", edition))
        page = said(answer)
        assert "预览，未公开" in page and edition.title in page and "公开时编号" in page
        assert address("file", edition, attachment=file.pk) in page
        assert "no-store" in answer.headers["Cache-Control"]
    assert Edition.objects.get(pk=edition.pk).issuer == ""


def test_a_correction_is_previewed_with_its_number(cast, stage, client):
    successor = stage.published().correct(by=cast.editor)
    client.force_login(cast.editor)
    page = said(client.get(address("preview", successor)))
    assert successor.disclosure.index_number in page and "预览，未公开" in page


def test_what_is_sealed_needs_no_preview_and_says_so(cast, stage, client):
    edition = stage.published()
    client.force_login(cast.editor)
    answer = client.get(address("preview", edition))
    assert answer.status_code == 403 and "现在是“已公开”，没有预览" in said(answer)


def test_previewing_what_is_meant_for_named_people_leaves_a_trace(cast, stage, client):
    leaders = Authority.objects.at(cast.school, Office.LEADING_GROUP)
    edition = stage.draft(audiences=["named"], named_authority=leaders, inner_reason="个人信息")
    for reader in (cast.editor, cast.principal):
        client.force_login(reader)
        assert client.get(address("preview", edition)).status_code == 200
    assert list(Reading.objects.values_list("edition", "reader")) == [
        (edition.pk, cast.principal.pk)
    ]
