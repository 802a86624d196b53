from django.core.files.uploadedfile import SimpleUploadedFile

from disclosures.models import Attachment, Edition, StoredFile
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state


def attach(edition, by, text="收费标准"):
    upload = SimpleUploadedFile("收费标准.txt", text.encode())
    return Attachment.objects.attach(edition, upload, by=by)


def test_an_editor_attaches_a_file_to_a_draft(cast, stage):
    edition = stage.draft()
    attachment = attach(edition, cast.editor_same)
    assert (attachment.name, attachment.title, attachment.position) == (
        "收费标准.txt",
        "收费标准.txt",
        1,
    )
    assert attachment.served.path.read_bytes() == "收费标准".encode()
    assert Edition.objects.get(pk=edition.pk).edited_by == cast.editor_same
    assert attach(edition, cast.editor, "第二份").position == 2


def test_it_records_one_act_and_the_file_belongs_to_the_text(cast, stage, recording):
    edition = stage.draft()
    before = edition.content_digest()
    with recording() as record:
        attach(edition, cast.editor)
    assert told(record.act) == ("attach", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert concerns(record.act, edition)
    assert (record.act.digest_before, record.act.digest_after) == (
        before,
        edition.content_digest(),
    )
    assert before != edition.content_digest()
    assert record.history == {"Attachment": 1, "Edition": 1}
    assert record.messages == set()


def test_editors_of_the_department_and_the_office_may_and_nobody_else(stage, only):
    only(
        stage.draft(),
        attach,
        may={"editor", "editor_same", "office"},
        sentence=not_yours("添加附件"),
    )


def test_a_refused_stranger_leaves_no_bytes_behind(cast, stage, refused, settings):
    edition = stage.draft()
    with refused(not_yours("添加附件")):
        attach(edition, cast.editor2)
    assert not StoredFile.objects.exists()
    assert [path for path in settings.FILES_DIR.rglob("*") if path.is_file()] == []


def test_a_text_in_review_takes_no_file(cast, stage, refused):
    edition = stage.in_review()
    with refused(wrong_state("审核中", "添加附件")):
        attach(edition, cast.editor)
