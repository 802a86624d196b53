from disclosures.models import Attachment
from tests.disclosures.conftest import concerns, not_yours, told, wrong_state
from tests.disclosures.test_attach import attach


def detach(edition, by):
    edition.attachments.kept().get().detach(by=by)


def test_an_editor_takes_a_file_out_of_a_draft_and_its_bytes_stay(cast, stage):
    edition = stage.draft()
    attachment = attach(edition, cast.editor)
    detach(edition, cast.editor_same)
    assert not edition.attachments.kept().exists()
    assert Attachment.objects.get().is_removed
    assert attachment.served.path.exists()


def test_it_records_one_act_and_the_text_is_the_one_before(cast, stage, recording):
    edition = stage.draft()
    without = edition.content_digest()
    attach(edition, cast.editor)
    with recording() as record:
        detach(edition, cast.editor)
    assert told(record.act) == ("detach", "信息员甲", "first", "K12-E", "K12-E01", "")
    assert concerns(record.act, edition)
    assert record.act.digest_after == without
    assert record.history == {"Attachment": 1, "Edition": 1}
    assert record.messages == set()


def test_editors_of_the_department_and_the_office_may_and_nobody_else(cast, stage, only):
    edition = stage.draft()
    attach(edition, cast.editor)
    only(
        edition,
        detach,
        may={"editor", "editor_same", "office"},
        sentence=not_yours("移除附件"),
    )


def test_a_text_in_review_keeps_its_files(cast, stage, refused):
    edition = stage.draft()
    attach(edition, cast.editor)
    edition.submit(by=cast.editor)
    with refused(wrong_state("审核中", "移除附件")):
        detach(edition, cast.editor)


def test_a_file_is_taken_out_once(cast, stage, refused):
    attachment = attach(stage.draft(), cast.editor)
    attachment.detach(by=cast.editor)
    with refused("这个附件已经移除，不用再次办理。"):
        attachment.detach(by=cast.editor)
