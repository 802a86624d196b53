"""Lawful removal: two persons, a mark in place, everything else still proven, no trace left."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.urls import reverse

from disclosures import erasing, proof
from disclosures.models import Attachment, Edition, Posting, Proposal, SearchText, StoredFile
from disclosures.search.index import index_texts
from portal.ledger import verify
from portal.ledger.anchoring import anchor
from portal.ledger.models import Act, LedgerEntry, Opening, Rehash
from portal.ledger.moments import today
from portal.ledger.signing import Signer
from portal.sweep import run_jobs
from portal.text.masking import MARK
from tests.disclosures.conftest import not_yours, told, wrong_state
from tests.disclosures.intake import asked as asked_for
from tests.disclosures.intake import upload
from tests.disclosures.test_posting import PHOTO
from tests.ledger.house import verified
from tests.portal.sample_files import pdf

BODY = (
    "<p>受助学生名单如下。</p><table><tbody>"
    "<tr><td>一年级</td><td>王小明</td><td>500</td></tr>"
    "<tr><td>二年级</td><td>李小红</td><td>500</td></tr>"
    "</tbody></table>"
)

BYTES = (bytes, memoryview)


def row_of(edition, word):
    return next(piece.name for piece in erasing.erasable(edition) if word in piece.text)


def propose(edition, by, *words):
    names = [row_of(edition, word) for word in words or ["王小明"]]
    edition.propose_redaction(by=by, names=names, basis="guardian", reason="家长要求")


@pytest.fixture
def asked(stage):
    """A notice with a list, of which the office asks to remove one row."""
    edition = stage.published(body=BODY)
    propose(edition, stage.cast.office)
    return edition


def everything():
    """All the database says, as text: what a search for a name in it would read."""
    with connection.cursor() as cursor:
        return "\n".join(
            row
            for table in connection.introspection.table_names()
            if not table.startswith("disclosures_searchwords")
            for row in _rows(cursor, table)
        )


def _rows(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return [" ".join(read(value) for value in row) for row in cursor]


def read(value):
    """A value as a person reads it: bytes as text, and characters that JSON writes as numbers."""
    text = bytes(value).decode(errors="replace") if isinstance(value, BYTES) else str(value)
    return re.sub(r"\\u([0-9a-f]{4})", lambda escaped: chr(int(escaped[1], 16)), text)


def test_a_row_of_a_list_is_marked_and_the_rest_stands(cast, asked):
    asked.redact(by=cast.principal)
    edition = Edition.objects.get(pk=asked.pk)
    assert edition.body == BODY.replace("一年级", MARK).replace("王小明", MARK).replace(
        f"<td>{MARK}</td><td>{MARK}</td><td>500</td>",
        f"<td>{MARK}</td><td>{MARK}</td><td>{MARK}</td>",
    )
    assert edition.state == "published"
    assert edition.body_is_fit
    assert Proposal.objects.get().outcome == "agreed"


def test_no_row_of_the_database_says_it_any_more(cast, stage):
    edition = stage.published(body=BODY, title="王小明等同学受助公示")
    edition.propose_withdrawal(by=cast.editor, ground="personal", reason="写了王小明")
    edition.decline(by=cast.principal, reason="王小明的家长还没有来")
    propose(edition, cast.office, "<td>王小明</td>", "王小明等同学")
    edition.comments.model(edition=edition, author=cast.editor, body="王小明要去掉").save()
    assert "王小明" in everything()
    edition.redact(by=cast.principal)
    assert "王小明" not in everything()
    assert "李小红" in everything()


def test_the_work_of_an_import_says_it_no_more(cast, stage):
    title = "王小明等同学受助公示"
    job = asked_for(cast, upload(f"{title}.txt", f"{title}\n监(jiān)督电话见公示栏。\n"))
    run_jobs()
    edition = Edition.objects.get()
    edition.edit(by=cast.editor, version=edition.version, body=BODY, is_cleared=True)
    stage.carry_out(edition)
    propose(edition, cast.office, title, "<td>王小明</td>")
    edition.redact(by=cast.principal)
    assert "王小明" not in everything()
    job.refresh_from_db()
    told, file = job.result["drafts"][str(edition.pk)], f"{MARK}.txt"
    assert (told["title"], told["file"], job.terms["files"]) == (MARK, file, [file])
    assert [repair["found"] for repair in told["repairs"]] == ["监(jiān)"]


def test_what_is_erased_proves_nothing_more_and_the_rest_still_does(cast, asked):
    rows = proof.pieces_of(asked)[0]
    salts = {piece.name: piece.salt for piece, _text in rows}
    asked.redact(by=cast.principal)
    gone = row_of_names(asked)
    assert len(gone) == 1
    for piece in Opening.objects.get(pk=0).listed():
        assert piece.is_erased == (piece.name in gone)
        assert piece.salt == (None if piece.name in gone else salts[piece.name])
    assert proof.stands(asked)
    assert salts[next(iter(gone))] not in everything()


def row_of_names(edition):
    entry = LedgerEntry.objects.get(item=str(edition.disclosure_id), kind="redact").told
    return {name for _seq, name in entry["facts"]["erased"]}


def test_what_says_the_same_elsewhere_on_the_page_is_not_erased_unseen(cast, stage):
    edition = stage.published(body=BODY, source=stage.cast.school.name)
    edition.propose_redaction(by=cast.office, names=["source"], basis="law", reason="依法")
    edition.redact(by=cast.principal)
    assert edition.issuer == cast.school.name
    assert row_of_names(edition) == {"source"}
    assert proof.stands(edition)


def test_the_entry_names_basis_and_pieces_and_no_word(cast, asked):
    name = row_of(asked, "王小明")
    asked.redact(by=cast.principal)
    entry = LedgerEntry.objects.get(kind="redact")
    assert entry.told["facts"] == {"basis": "guardian", "erased": [[0, name]]}
    assert "家长要求" not in bytes(entry.raw).decode()
    assert "家长要求" in str(Opening.objects.get(pk=entry.pk).pieces)


def test_it_records_one_act_and_keeps_no_digest_of_what_was(cast, asked, recording):
    digests = {asked.digest}
    with recording() as record:
        asked.redact(by=cast.principal)
    assert told(record.act)[:2] == ("redact", "校长")
    assert record.act.digest_before == ""
    assert asked.digest == Edition.objects.get(pk=asked.pk).content_digest() not in digests
    assert next(iter(digests)) not in everything()


def test_anchored_acts_say_what_their_hash_was_and_is(cast, stage):
    edition = stage.published(body=BODY)
    anchor()
    propose(edition, cast.office)
    edition.redact(by=cast.principal)
    entry = LedgerEntry.objects.get(kind="redact")
    rehashes = list(Rehash.objects.filter(entry=entry))
    assert {Act.objects.get(uuid=row.act_id).name for row in rehashes} >= {"draft", "publish"}
    kept = {piece.name: piece.text for piece in Opening.objects.get(pk=entry.pk).listed()}
    for row in rehashes:
        assert kept[f"rehash/{row.act_id}"] == f"{row.before} {row.after}"


def test_a_number_removed_leaves_the_keys_of_the_record_as_they_are(cast, stage, settings):
    settings.LEDGER_KEY = "pinned"
    edition = stage.draft()
    number = str(edition.disclosure_id)[:4]
    edition.edit(by=cast.editor, version=0, body=BODY.replace("500", number, 1))
    stage.carry_out(edition)
    anchor()
    matter = Act.objects.about(edition.disclosure_id)
    keys = list(matter.values_list("pk", "noun", "object_id", "actor_id"))
    propose(edition, cast.office, number)
    edition.redact(by=cast.principal)
    assert list(matter.values_list("pk", "noun", "object_id", "actor_id"))[-len(keys) :] == keys
    assert verified() == (0, "0 相符\n")


def test_every_edition_that_says_the_same_is_reached(cast, stage):
    edition = stage.published(body=BODY)
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, change_note="补一行", body=f"{BODY}<p>补充</p>")
    stage.carry_out(successor)
    propose(successor, cast.office)
    successor.redact(by=cast.principal)
    assert "王小明" not in everything()
    erased = LedgerEntry.objects.get(kind="redact").told["facts"]["erased"]
    assert {seq for seq, _name in erased} == {0, 1}


def test_a_file_is_destroyed_and_its_place_says_so(
    cast, stage, client, django_capture_on_commit_callbacks
):
    edition = stage.draft(body=BODY)
    upload = SimpleUploadedFile("王小明.pdf", pdf())
    Attachment.objects.attach(edition, upload, by=cast.editor)
    edition.refresh_from_db()
    stage.carry_out(edition)
    attachment = edition.attachments.get()
    path = attachment.served.path
    edition.propose_redaction(by=cast.office, names=["file/1"], basis="law", reason="依法")
    with django_capture_on_commit_callbacks(execute=True):
        edition.redact(by=cast.principal)
    attachment = edition.attachments.get()
    assert (attachment.title, attachment.name) == (MARK, "removed.pdf")
    assert attachment.served.state == StoredFile.State.ERASED
    assert not path.exists()
    assert path.name not in everything()
    response = client.get(attachment.get_absolute_url())
    assert response.status_code == 410
    assert "附件已依法隐去" in response.content.decode()


def test_a_file_of_another_matter_stops_it(cast, stage, refused):
    names = []
    for title in ("一", "二"):
        edition = stage.draft(title=title)
        Attachment.objects.attach(edition, SimpleUploadedFile("a.pdf", pdf()), by=cast.editor)
        edition.refresh_from_db()
        names.append(stage.carry_out(edition).disclosure.index_number)
    edition.propose_redaction(by=cast.office, names=["file/1"], basis="law", reason="依法")
    with refused(f"同一个文件还在别的公开事项里：{names[0]}。请先在那里撤回或更正。"):
        edition.redact(by=cast.principal)
    assert edition.attachments.get().served.path.exists()


def test_search_and_feed_and_page_follow_at_once(cast, asked, client):
    held = client.get("/feed.atom")["ETag"]
    assert "王小明" in client.get(asked.disclosure.get_absolute_url()).content.decode()
    asked.redact(by=cast.principal)
    page = client.get(asked.disclosure.get_absolute_url()).content.decode()
    assert MARK in page
    assert "王小明" not in page
    assert client.get("/feed.atom", headers={"If-None-Match": held}).status_code == 200
    assert SearchText.objects.get(edition=asked).body.count(MARK) == 3
    assert "李小红" in client.get("/search/?q=李小红").content.decode()


def test_the_next_sweep_takes_the_words_out_of_the_index(cast, asked, client):
    asked.redact(by=cast.principal)
    assert run_jobs() == 1
    assert index_texts()["indexed"] == 1
    assert client.get("/search/?q=王小明").content.decode().count(MARK) == 0
    assert MARK in SearchText.objects.get(edition=asked).body


def test_a_withdrawn_notice_is_redacted_too(cast, stage):
    edition = stage.withdrawn(body=BODY)
    propose(edition, cast.office)
    edition.redact(by=cast.principal)
    assert "王小明" not in everything()
    assert Edition.objects.get(pk=edition.pk).state == "withdrawn"


def test_the_second_person_decides_and_nobody_else(asked, only):
    only(
        asked,
        lambda edition, by: edition.redact(by=by),
        may={"principal"},
        sentence=not_yours("依法隐去"),
        told={"office": "这一步要由提出人以外的另一位有权限的人办理。"},
    )


def test_a_draft_has_nothing_to_redact(cast, stage, refused):
    edition = stage.draft()
    with refused(wrong_state("草稿", "依法隐去")):
        edition.redact(by=cast.principal)


def test_the_bundle_still_verifies_and_shows_no_erased_word(cast, asked, client, tmp_path):
    signer = Signer(tmp_path / "signer", "school.example/ledger")
    signer.make_key()
    asked.redact(by=cast.principal)
    anchor()
    signer.sign()
    disclosure = asked.disclosure
    path = f"{disclosure.get_absolute_url()}proof.json"
    bundle = client.get(path).content
    assert "王小明" not in bundle.decode()
    assert [json.loads(row["entry"])["kind"] for row in json.loads(bundle)["entries"]] == [
        "publish",
        "redact",
    ]
    (tmp_path / "proof.json").write_bytes(bundle)
    told = ["--origin", "school.example/ledger", "--key", signer.public_key()]
    assert verify.main([str(tmp_path / "proof.json"), *told]) == 10


def test_what_was_said_of_the_paper_on_the_wall_and_its_photograph_go_too(cast, stage, signed_in):
    edition = stage.published(body=BODY)
    posting = Posting.objects.record(
        edition,
        by=cast.editor,
        form="board",
        place="校门口",
        posted_on=today(),
        posted_by="王小明的班主任",
        note="王小明家长在场",
        photo=SimpleUploadedFile("墙.jpg", PHOTO),
    )
    kept = posting.photo.path
    propose(edition, cast.office)
    with TestCase.captureOnCommitCallbacks(execute=True):
        edition.redact(by=cast.principal)
    posting.refresh_from_db()
    assert (posting.note, posting.photo.is_erased, kept.exists()) == (
        f"{MARK}家长在场",
        True,
        False,
    )
    assert {row.note for row in posting.history.all()} == {f"{MARK}家长在场"}
    page = reverse("admin:disclosures_edition_photo", args=[edition.pk, posting.pk])
    assert signed_in(cast.office).get(page).status_code == 410
    assert verified("files", "notices")[0] == 0
