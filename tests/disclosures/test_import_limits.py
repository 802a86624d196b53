"""What no draft can hold is refused whole; an import that fails half-way leaves nothing behind."""

import io

import openpyxl
import pypdfium2
import pytest

from disclosures.importing import batch
from disclosures.importing.reading import read
from disclosures.models import Edition
from portal.organisation import importing as people
from portal.organisation.models import Job, User
from portal.text.files import UnfitFile

NOT_TEXT = "文件内容不是文字，与扩展名不符。请用原来的软件打开，另存后重新导入。"


def refusal(name, content):
    with pytest.raises(UnfitFile) as refused:
        read(name, io.BytesIO(content))
    return refused.value.sentence


@pytest.mark.parametrize("extension", ["txt", "md", "html"])
@pytest.mark.parametrize(
    "content", [b"{\\rtf1\\ansi \xd0\xa3}", b"%PDF-1.4\n1 0 obj", b"PK\x03\x04a"]
)
def test_a_document_renamed_to_a_text_is_refused(extension, content):
    assert refusal(f"a.{extension}", content) == NOT_TEXT


def test_a_workbook_of_many_sheets_counts_as_a_whole():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("二")):
        for _row in range(1001):
            sheet.append(["一"] * 10)
    stream = io.BytesIO()
    book.save(stream)
    sentence = "表格太大，放不进正文（最多2000行、60列）。请作为附件上传。"
    assert refusal("a.xlsx", stream.getvalue()) == sentence


def test_a_pdf_of_too_many_pages_is_refused_before_they_are_read():
    document, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(301):
        document.new_page(10, 10)
    document.save(stream)
    sentence = "PDF 超过300页。请拆分，或作为附件上传。"
    assert refusal("a.pdf", stream.getvalue()) == sentence


def test_a_draft_whose_result_cannot_be_kept_is_not_made(cast, monkeypatch):
    job = Job(kind=Job.Kind.IMPORT_DOCUMENTS, requested_by=cast.editor, terms={"files": []})
    job.result = {"drafts": {}, "refused": []}
    job.save()
    monkeypatch.setattr(batch, "told_of", lambda document, name: {}[name])
    place = {"department": cast.department, "entry": cast.entry}
    batch.take(job, "a.txt", io.BytesIO("放假通知\n明天放假。".encode()), **place)
    assert not Edition.objects.exists()
    assert (job.result["drafts"], len(job.result["refused"])) == ({}, 1)
    monkeypatch.undo()
    batch.take(job, "a.txt", io.BytesIO("放假通知\n明天放假。".encode()), **place)
    assert Edition.objects.get().title == "放假通知"


def test_people_whose_import_cannot_be_recorded_are_not_let_in(cast, monkeypatch):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in people.template_rows():
        book.active.append(row)
    book.save(stream)
    stream.seek(0)
    lines, faults = people.read_people("a.xlsx", stream, school=cast.school)
    assert faults == []
    monkeypatch.setattr(people, "perform", None)
    with pytest.raises(TypeError):
        people.open_accounts(lines, school=cast.school, by=cast.office)
    assert not User.objects.filter(username="zhangsan").exists()
