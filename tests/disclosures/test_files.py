"""Files: the same bytes once, on disk before the row, and nothing left of what was refused."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from disclosures.models import Attachment, Edition, StoredFile
from disclosures.models import stored as keeping
from portal.organisation.viewer import PUBLIC
from portal.text.formats import UnfitFile
from tests.disclosures.conftest import all_rows

TEXT = "收费标准".encode()


def upload(content=TEXT, name="收费标准.txt"):
    return SimpleUploadedFile(name, content)


def on_disk(settings):
    return sorted(path for path in settings.FILES_DIR.rglob("*") if path.is_file())


def test_bytes_lie_under_their_digest_with_size_and_type(db, settings):
    stored = StoredFile.objects.keep(upload())
    digest = hashlib.sha256(TEXT).hexdigest()
    assert (stored.sha256, stored.size, stored.media_type) == (digest, len(TEXT), "text/plain")
    assert on_disk(settings) == [settings.FILES_DIR / digest[:2] / digest[2:]]
    assert stored.path.read_bytes() == TEXT
    assert stored.path.stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once_under_any_name(cast, stage, settings):
    edition = stage.draft()
    for name in ("甲.txt", "乙.txt"):
        Attachment.objects.attach(edition, upload(name=name), by=cast.editor)
    assert StoredFile.objects.count() == 1
    assert len(on_disk(settings)) == 1
    assert list(edition.attachments.values_list("name", flat=True)) == ["甲.txt", "乙.txt"]


def test_the_file_is_on_disk_before_its_row_is_written(db):
    lying = []

    def look(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "disclosures_storedfile"'):
            lying.append(keeping.path_of(hashlib.sha256(TEXT).hexdigest()).exists())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        StoredFile.objects.keep(upload())
    assert lying == [True]


@pytest.mark.parametrize(
    "unfit",
    [
        upload(b"MZ\x90\x00", "tool.exe"),
        upload(b"<html><script>1</script></html>", "page.html"),
        upload(b"\x89PNG\r\n\x1a\nnot a picture", "picture.png"),
        upload(b"PK\x03\x04 not a document", "report.docx"),
        upload(b"plain text", "report.pdf"),
        upload(b"", "empty.txt"),
        upload(b"one\x00two", "nul.txt"),
    ],
    ids=lambda file: file.name,
)
def test_a_refused_file_leaves_neither_row_nor_file(cast, stage, settings, unfit):
    edition = stage.draft()
    before = all_rows()
    with pytest.raises(UnfitFile) as refusal:
        Attachment.objects.attach(edition, unfit, by=cast.editor)
    assert str(refusal.value)
    assert all_rows() == before
    assert on_disk(settings) == []


def test_a_write_that_breaks_off_leaves_nothing(db, settings, monkeypatch):
    def full(_handle):
        raise OSError("no space left on device")

    monkeypatch.setattr(keeping.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        StoredFile.objects.keep(upload())
    assert not StoredFile.objects.exists()
    assert on_disk(settings) == []


def test_an_act_that_fails_leaves_no_attachment(cast, stage, monkeypatch):
    edition = stage.draft()

    def fail(*_args, **_kwargs):
        raise RuntimeError("the power goes")

    monkeypatch.setattr(Edition, "save", fail)
    with pytest.raises(RuntimeError, match="power"):
        Attachment.objects.attach(edition, upload(), by=cast.editor)
    monkeypatch.undo()
    assert not Attachment.objects.exists()
    assert (edition.version, Edition.objects.get(pk=edition.pk).version) == (0, 0)


def test_a_file_is_read_by_whoever_may_read_the_notice_and_only_while_it_is_open(cast, stage):
    edition = stage.draft(entry=cast.short_entry)
    attachment = Attachment.objects.attach(edition, upload(), by=cast.editor)
    removed = Attachment.objects.attach(edition, upload(b"2"), by=cast.editor)
    removed.edition = edition
    removed.detach(by=cast.editor)
    assert list(Attachment.objects.visible_to(PUBLIC)) == []
    edition.submit(by=cast.editor)
    edition.approve(by=cast.office, seen=edition.content_digest())
    edition.publish(by=cast.office)
    assert list(Attachment.objects.visible_to(PUBLIC)) == [attachment]
    edition.take_down(by=cast.office, ground="personal", reason="含手机号")
    assert list(Attachment.objects.visible_to(PUBLIC)) == []
    assert attachment.served.path.exists()
