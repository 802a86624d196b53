"""Everything public of a school in one file: a notice a line, in order, nothing else in it."""

import json

from django.core.files.base import ContentFile

from disclosures.models import Attachment, SheetPage, sheet
from tests.boards import fill
from tests.disclosures.tables import RowsHeld
from tests.disclosures.test_table_files import body, with_table

PLACE = "/schools/first/open-data.jsonl"


def lines(client, place=PLACE):
    return [json.loads(line) for line in body(client.get(place)).decode().splitlines()]


def test_each_public_notice_is_a_line_the_oldest_first_with_its_text_and_table(client, stage):
    first = stage.published(title="第一份")
    second = with_table(stage, ("作业本费", "12.5"), title="第二份")
    told = lines(client)
    assert [line["title"] for line in told] == ["第一份", "第二份"]
    assert [line["id"] for line in told] == [str(e.disclosure_id) for e in (first, second)]
    assert (told[0]["body"], told[0]["table"]) == ("<p>本学期收费项目如下。</p>", None)
    table = told[1]["table"]
    assert (table["schema"]["kind"], table["header"]["period"]) == ("fees", "2026-autumn")
    assert [row["values"]["item"] for row in table["rows"]] == ["作业本费"]


def test_what_is_not_public_or_of_another_school_is_not_in_it(client, cast, stage):
    stage.draft(title="草稿")
    stage.published(title="校内", audiences=["staff"], inner_reason="仅限校内")
    stage.withdrawn(title="撤回")
    theirs = {"department": cast.department2, "by": cast.editor2}
    stage.published(title="别校", **theirs)
    assert lines(client) == []
    assert [line["title"] for line in lines(client, "/schools/second/open-data.jsonl")] == ["别校"]
    assert client.get("/schools/nowhere/open-data.jsonl").status_code == 404


def test_it_may_be_kept_read_anywhere_and_is_not_made_twice(client, stage, monkeypatch):
    stage.published()
    response = client.get(PLACE)
    assert body(response)
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "noindex"
    name = 'attachment; filename="first-open-data.jsonl"'
    assert response["Content-Disposition"] == name
    monkeypatch.setattr("disclosures.views.bulk.lines", None)
    held = {"If-None-Match": response["ETag"]}
    assert client.get(PLACE, headers=held).status_code == 304


def test_thirty_notices_need_no_more_queries_than_one(client, stage, django_assert_max_num_queries):
    fill(stage, 1)
    with django_assert_max_num_queries(8):
        assert len(lines(client)) == 1
    fill(stage, 29)
    with django_assert_max_num_queries(8):
        assert len(lines(client)) == 30


def test_files_are_named_with_their_digest(client, cast, stage):
    draft = stage.draft()
    Attachment.objects.attach(draft, ContentFile(b"1", name="a.txt"), by=cast.editor, title="表")
    stage.carry_out(draft)
    (file,) = lines(client)[0]["attachments"]
    assert (file["title"], file["media_type"], file["size"]) == ("表", "text/plain", 1)
    assert len(file["sha256"]) == 64 and file["url"].endswith("/a.txt")


def test_of_a_whole_school_a_page_of_rows_is_held_at_a_time(client, stage, monkeypatch):
    monkeypatch.setattr(sheet, "PAGE", 50)
    for table in range(10):
        with_table(stage, *((f"项目{table}-{row}", "1") for row in range(500)))
    assert SheetPage.objects.count() == 100
    held = RowsHeld(monkeypatch)
    rows = sum(part.count(b'"item": "') for part in client.get(PLACE).streaming_content)
    assert rows == 5000
    assert held.most <= 50 + 1
