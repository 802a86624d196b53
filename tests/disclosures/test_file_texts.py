"""The text of an attachment: read once, when it is attached, and kept for whoever searches."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from disclosures.models import Attachment, FileText, SearchText, StoredFile, stored
from disclosures.search.index import index_texts
from portal import sweep
from portal.organisation.models import SweepPass
from tests.disclosures.workplace import address, said
from tests.portal.sample_files import pdf, png

SCAN = "文件里没有可以检索的文字，可能是扫描件。"
CUT = "文件很长，只检索了前面的部分。"


def attached(edition, by, name="名单.txt", content="一等奖学金"):
    content = content if isinstance(content, bytes) else content.encode()
    return Attachment.objects.attach(edition, SimpleUploadedFile(name, content), by=by)


@pytest.fixture
def read_inside(monkeypatch):
    """For each file that is parsed, whether a transaction of an act was open meanwhile."""
    seen, extract = [], stored.extract
    outside = len(connection.savepoint_ids)

    def watched(name, path):
        seen.append(len(connection.savepoint_ids) > outside)
        return extract(name, path)

    monkeypatch.setattr(stored, "extract", watched)
    return seen


def test_it_is_kept_with_the_file_before_the_act_begins(cast, stage, read_inside):
    file = attached(stage.draft(), cast.editor).served
    assert (file.text.content, file.text.unread, file.text.is_cut) == ("一等奖学金", "", False)
    assert read_inside == [False]


def test_the_same_bytes_are_read_once(cast, stage, read_inside):
    first = attached(stage.draft(), cast.editor)
    second = attached(stage.draft(), cast.editor, name="另一份.csv")
    assert (first.served, read_inside) == (second.served, [False])


def test_publication_parses_no_file(cast, stage, read_inside):
    edition = stage.draft(title="附件公示")
    attached(edition, cast.editor)
    read_inside.clear()
    stage.carry_out(edition)
    assert SearchText.objects.get().files == "名单.txt\n一等奖学金"
    index_texts()
    assert SearchText.objects.get().files == "名单.txt\n一等奖学金"
    assert read_inside == []


def test_the_clerk_sees_beside_the_file_why_nobody_will_find_its_words(cast, stage, client):
    edition = stage.draft()
    attached(edition, cast.editor, name="扫描.pdf", content=pdf())
    attached(edition, cast.editor, name="照片.png", content=png())
    client.force_login(cast.editor)
    told = f"无法读出文字：{SCAN}读者搜索不到其中的内容。"
    assert edition.attachments.first().served.text.warning == told
    page = said(client.get(address("change", edition)))
    assert told in page
    assert "无法读出文字：这种类型的文件没有可以检索的文字。读者搜索不到其中的内容。" in page
    edition.submit(by=cast.editor)
    client.force_login(cast.head)
    assert told in said(client.get(address("change", edition)))


def test_a_text_that_is_read_in_part_says_so_and_one_read_whole_nothing(cast, stage, monkeypatch):
    whole = attached(stage.draft(), cast.editor).served.text
    monkeypatch.setattr("portal.text.extract.MOST_CHARACTERS", 3)
    part = attached(stage.draft(), cast.editor, content="二等奖学金").served.text
    assert (whole.warning, part.content, part.warning) == ("", "二等奖", CUT)


def test_the_reason_is_told_in_the_language_of_whoever_looks(cast, stage, client):
    cast.editor.language = "en"
    cast.editor.save()
    client.force_login(cast.editor)
    edition = stage.draft()
    attach, change = (f"/en{address(name, edition)}" for name in ("attach", "change"))
    client.post(attach, {"file": SimpleUploadedFile("a.png", png())})
    assert FileText.objects.get().unread == "这种类型的文件没有可以检索的文字。"
    assert str(FileText.objects.get().warning) in said(client.get(change))
    assert "这种类型的文件" not in said(client.get(change))


def test_files_kept_before_texts_were_are_read_by_the_sweep_a_few_at_a_time(cast, stage):
    edition = stage.draft()
    for number in range(3):
        attached(edition, cast.editor, content=f"第{number}份")
    FileText.objects.all().delete()
    assert (FileText.objects.catch_up(most=2), StoredFile.objects.unread().count()) == (2, 1)
    sweep.sweep_once()
    assert SweepPass.objects.get(name="texts").handled_count == 1
    assert set(FileText.objects.values_list("content", flat=True)) == {"第0份", "第1份", "第2份"}
    assert FileText.objects.catch_up() == 0


def test_one_not_read_yet_is_read_by_its_publication(cast, stage):
    edition = stage.draft()
    attached(edition, cast.editor)
    FileText.objects.all().delete()
    stage.carry_out(edition)
    assert SearchText.objects.get().files == "名单.txt\n一等奖学金"


def test_the_list_of_files_asks_for_none_of_their_texts(cast, stage, django_assert_num_queries):
    edition = stage.draft()
    for number in range(3):
        attached(edition, cast.editor, content=f"第{number}份")
    with django_assert_num_queries(1) as asked:
        assert [file.served.text.warning for file in edition.attachments.with_files()] == [""] * 3
    assert '"content"' not in asked.captured_queries[0]["sql"]
