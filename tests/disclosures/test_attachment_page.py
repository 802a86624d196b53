import hashlib
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosures.models import Attachment, Reading

CONTENT = "项目,金额\n午餐,6\n".encode()


def published(stage, name="收费明细 表.csv", **content):
    """A published notice with one attachment, and the attachment."""
    cast = stage.cast
    edition = stage.draft(**content)
    upload = SimpleUploadedFile(name, CONTENT, content_type="text/csv")
    attachment = Attachment.objects.attach(edition, upload, by=cast.editor)
    edition.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        edition.approve(by=reviewer, seen=edition.content_digest())
    edition.publish(by=cast.office)
    return attachment


def test_a_public_attachment_is_a_download_that_runs_nowhere(client, stage):
    attachment = published(stage)
    page = client.get(attachment.get_absolute_url())
    assert page.status_code == 200
    assert b"".join(page.streaming_content) == CONTENT
    assert page["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert page["Content-Length"] == str(len(CONTENT))
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert page["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in page


def test_the_notice_shows_kind_size_and_digest(client, stage):
    attachment = published(stage)
    text = client.get(attachment.edition.disclosure.get_absolute_url()).content.decode()
    assert attachment.get_absolute_url() in text
    assert "CSV 数据表" in text
    assert hashlib.sha256(CONTENT).hexdigest() in text


def test_an_inner_attachment_is_for_its_audience_and_recorded(client, cast, stage):
    attachment = published(stage, audiences=["staff"], inner_reason="只涉及教职工")
    for reader in (None, cast.parent, cast.teacher2, cast.sysadmin):
        client.logout()
        if reader:
            client.force_login(reader)
        assert client.get(attachment.get_absolute_url()).status_code == 404
    client.force_login(cast.teacher)
    page = client.get(attachment.get_absolute_url())
    assert b"".join(page.streaming_content) == CONTENT
    assert page["Cache-Control"] == "private, no-store"
    assert list(Reading.objects.values_list("attachment", "reader")) == [
        (attachment.pk, cast.teacher.pk)
    ]


def test_a_draft_s_attachment_is_for_the_staff_who_work_on_it(client, cast, stage):
    edition = stage.draft()
    upload = SimpleUploadedFile("a.csv", CONTENT)
    attachment = Attachment.objects.attach(edition, upload, by=cast.editor)
    for reader, status in (
        (None, 404),
        (cast.teacher, 404),
        (cast.editor2, 404),
        (cast.editor, 200),
        (cast.supervisor, 200),
    ):
        client.logout()
        if reader:
            client.force_login(reader)
        assert client.get(attachment.get_absolute_url()).status_code == status
    attachment.detach(by=cast.editor)
    client.force_login(cast.editor)
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_the_file_of_a_restricted_draft_leaves_a_trace_of_its_reader(client, cast, stage):
    named = {"named_authority": cast.principal.groups.get().authority, "inner_reason": "限定知悉"}
    edition = stage.draft(audiences=["named"], **named)
    upload = SimpleUploadedFile("a.csv", CONTENT)
    attachment = Attachment.objects.attach(edition, upload, by=cast.editor)
    for reader in (cast.editor, cast.supervisor):
        client.force_login(reader)
        assert client.get(attachment.get_absolute_url()).status_code == 200
    assert list(Reading.objects.values_list("attachment", "reader")) == [
        (attachment.pk, cast.supervisor.pk)
    ]


def test_a_withdrawn_notice_takes_its_attachments_along(client, cast, stage):
    attachment = published(stage)
    assert client.get(attachment.get_absolute_url()).status_code == 200
    attachment.edition.refresh_from_db()
    attachment.edition.take_down(by=cast.head, ground="error", reason="有误")
    assert client.get(attachment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["other.csv", "%E6%94%B6.exe", "x"])
def test_another_name_is_not_found(client, stage, name):
    attachment = published(stage)
    assert client.get(attachment.get_absolute_url()).status_code == 200
    assert client.get(f"/attachments/{attachment.pk}/{name}").status_code == 404


def test_the_workplace_hands_out_a_file_as_the_notice_does(cast, stage, signed_in):
    attachment = published(stage)
    address = reverse("admin:disclosures_edition_file", args=[attachment.edition_id, attachment.pk])
    editor = signed_in(cast.editor)
    page = editor.get(address)
    assert (page.status_code, b"".join(page.streaming_content)) == (200, CONTENT)
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert page["Cache-Control"].startswith("private, no-store")
    attachment.served.path.write_bytes(CONTENT[:-1])
    assert editor.get(address).status_code == 500


@pytest.mark.parametrize("harm", ["changed", "cut", "gone"])
def test_a_damaged_file_is_not_handed_out(client, stage, caplog, harm):
    attachment = published(stage)
    path = attachment.served.path
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(CONTENT[:-1] if harm == "cut" else CONTENT.replace(b"6", b"9"))
    with caplog.at_level(logging.ERROR, logger="portal.disclosures"):
        page = client.get(attachment.get_absolute_url())
    assert page.status_code == 500
    assert "附件暂时无法下载" in page.content.decode()
    assert str(attachment.pk) in caplog.text
