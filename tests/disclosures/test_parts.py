"""One content contract: what an edition says is what its digest covers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from disclosures.models import Attachment, Edition, Sheet
from portal.ledger.acts import Stale
from portal.organisation.models import Authority, Office
from tests.disclosures.test_tabulate import fees

# A declaration about the text, not a part of it.
NOT_CONTENT = {"is_cleared"}

OTHER = {
    "title": "另一个标题",
    "summary": "概述",
    "body": "<p>另一种内容</p>",
    "language": "en",
    "document_number": "示一小〔2026〕1号",
    "written_on": date(2026, 1, 1),
    "genre": "report",
    "keywords": "收费",
    "source": "区教育局",
    "audiences": ["public", "staff"],
    "named_authority": "principal",
    "inner_reason": "涉及学生",
    "closes_on": date(2099, 1, 1),
    "change_note": "更正",
    "sheet": "fees",
}


def change(edition, cast, name):
    value = OTHER[name]
    if name == "named_authority":
        value = Authority.objects.at(cast.school, Office.PRINCIPAL)
    if name == "sheet":
        value = Sheet.objects.keep(edition.disclosure, fees(("校服费", "180")))
    edition.edit(by=cast.editor, version=edition.version, **{name: value})


def test_every_field_a_person_writes_is_covered():
    assert set(OTHER) | NOT_CONTENT == set(Edition.content_fields())


@pytest.mark.parametrize("name", OTHER)
def test_the_digest_changes_with_each_field(cast, stage, name):
    edition = stage.draft()
    before = edition.content_digest()
    change(edition, cast, name)
    assert Edition.objects.get(pk=edition.pk).content_digest() != before


def test_the_digest_changes_with_bytes_title_and_order_of_files(cast, stage):
    seen = set()
    for files in ([], ["甲"], ["乙"], ["甲", "乙"], ["乙", "甲"]):
        edition = stage.draft()
        for text in files:
            upload = SimpleUploadedFile("附件.txt", text.encode())
            Attachment.objects.attach(edition, upload, by=cast.editor)
        seen.add(edition.content_digest())
    upload = SimpleUploadedFile("附件.txt", "甲".encode())
    edition = stage.draft()
    Attachment.objects.attach(edition, upload, by=cast.editor, title="别的名称")
    seen.add(edition.content_digest())
    assert len(seen) == 6


def test_the_digest_is_the_same_after_a_round_through_the_database(cast, stage):
    edition = stage.draft(body="<p>一\r\n二</p>", title="Cafe\u0301", keywords="甲\r乙")
    for name in OTHER:
        change(edition, cast, name)
    assert Edition.objects.get(pk=edition.pk).content_digest() == edition.content_digest()


def test_the_digest_does_not_depend_on_the_language_of_whoever_asks(cast, stage):
    edition = stage.draft()
    change(edition, cast, "named_authority")
    digests = set()
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            digests.add(edition.content_digest())
    assert len(digests) == 1


def test_a_sealed_text_keeps_its_digest_when_names_around_it_change(cast, stage):
    edition = stage.published()
    cast.department.name = "后勤处"
    cast.department.save()
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.content_digest(), stored.department_title) == (edition.digest, "总务处")
    stored.digest = ""
    assert stored.content_digest() == edition.digest


@pytest.mark.parametrize("name", OTHER)
def test_an_approval_of_any_other_text_is_refused(cast, stage, name):
    edition = stage.draft()
    seen = edition.content_digest()
    change(edition, cast, name)
    edition.edit(by=cast.editor, version=edition.version, is_cleared=True)
    if name in ("named_authority", "change_note"):
        edition.edit(by=cast.editor, version=edition.version, title="2026年秋季学期收费公示")
    edition.submit(by=cast.editor)
    with pytest.raises(Stale, match="文稿内容与您看到的不一致"):
        edition.approve(by=cast.head, seen=seen)
    edition.approve(by=cast.head, seen=edition.content_digest())
