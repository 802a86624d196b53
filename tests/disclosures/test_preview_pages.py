"""A draft as the public will see it: for its readers, and for who has the secret address."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disclosures.models import Edition, Reading
from disclosures.templatetags.disclosures import kept_whole
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now
from portal.organisation.models import Authority, Office
from tests.disclosures.conftest import told
from tests.disclosures.sharing import preview, share, with_file
from tests.disclosures.workplace import address, said


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
    assert "print-address" not in page


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
    assert kept_whole(successor.disclosure.index_number) in page and "预览，未公开" in page


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
