"""Lawful removal of rows of a typed table: gone from every sheet, all other rows still proven."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from disclosures import erasing, proof
from disclosures.kinds import KINDS
from disclosures.kinds.fees import FEES
from disclosures.models import Edition, SearchText, Sheet
from disclosures.sheets.charts import figures
from disclosures.sheets.checks import header_total, tree
from disclosures.sheets.table import Row
from disclosures.sheets.writing import real
from portal.ledger import verify
from portal.ledger.acts import Refused
from portal.ledger.anchoring import anchor
from portal.ledger.models import LedgerEntry, Opening
from portal.ledger.moments import now
from portal.ledger.signing import Signer
from portal.organisation.models import Job
from portal.text.masking import MARK
from tests.disclosures.test_redact import everything
from tests.disclosures.test_tabulate import HEADER, fees
from tests.ledger.house import change, verified

pytestmark = pytest.mark.django_db


def held(word):
    """How often the database says it; SQLite keeps JSON in ASCII."""
    text, escaped = everything(), json.dumps(word)[1:-1].replace("\\", "\\\\")
    return text.count(word) + (text.count(escaped) if escaped != word else 0)


def row_named(edition, word):
    return next(piece.name for piece in erasing.erasable(edition) if word in piece.text)


def remove(edition, *words, cast):
    names = [row_named(edition, word) for word in words]
    told = {"names": names, "basis": "guardian", "reason": "家长要求"}
    edition.propose_redaction(by=cast.office, **told)
    edition.redact(by=cast.principal)


def drafted(stage, *items, **content):
    edition = stage.draft(body="<p>名单如下。</p>", **content)
    edition.tabulate(by=stage.cast.editor, table=fees(*items))
    return edition


@pytest.fixture
def listed(stage):
    """A notice with a table of three rows, changed once before it was published."""
    edition = drafted(stage, ("王小明", "400"), ("李小红", "500"))
    table = fees(("王小明", "500"), ("李小红", "500"), ("赵小兰", "600"))
    edition.tabulate(by=stage.cast.editor, table=table)
    return stage.carry_out(edition)


def said(sheet):
    return [row.values for row in Sheet.objects.get(pk=sheet.pk).rows()]


def clean_checks():
    return [
        line
        for line in verified("rows", "sheets", "notices", "acts", "rehashes", "log", "editions")[
            1
        ].splitlines()
        if line.startswith("[")
    ]


def test_each_row_can_be_asked_for_and_reads_like_the_table(listed):
    told = {piece.name: piece.told(listed)[1] for piece in erasing.erasable(listed)}
    assert told["row/00001"] == "第1行：王小明 · 代收费 · 500 · 元/生·学期 · 全体学生 · 是"
    assert told["header/reduction_policy"] == "减免政策：家庭经济困难学生免收。"
    assert {"sheet", "header/period"}.isdisjoint(told)


def test_the_mark_stands_in_every_cell_and_the_other_rows_are_as_they_were(cast, listed):
    before = [row.told() for row in listed.sheet.rows()]
    remove(listed, "王小明", cast=cast)
    after = [row.told() for row in listed.sheet.rows()]
    assert after[1:] == before[1:]
    assert after[0] == {"id": before[0]["id"], "values": dict.fromkeys(before[0]["values"], MARK)}
    shown = [column.shown(MARK) for column in FEES.columns]
    assert shown == [MARK] * len(FEES.columns)


def test_no_row_of_the_database_says_it_any_more(cast, stage, listed):
    next_one = listed.correct(by=cast.editor)
    table = fees(("王小明", "900"), ("钱小军", "1"))
    next_one.tabulate(by=cast.editor, table=table)
    result = {"faults": [[3, "收费项目", "与第2行“王小明”重复"]], "row_count": 3, "digest": "d"}
    Job.objects.create(kind="import_table", terms={"edition": str(next_one.pk)}, result=result)
    assert held("王小明") == 5
    remove(listed, "王小明", cast=cast)
    assert held("王小明") == 0
    assert held("李小红")
    assert held("钱小军")
    assert Job.objects.get(kind="import_table").result == {"row_count": 3}


def test_a_row_is_known_by_its_id_in_every_edition_whatever_it_says_there(cast, stage, listed):
    successor = listed.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, change_note="金额更正")
    table = fees(("李小红", "500"), ("王小明", "800"))
    successor.tabulate(by=cast.editor, table=table)
    stage.carry_out(successor)
    remove(successor, "王小明", cast=cast)
    assert held("王小明") == 0
    erased = LedgerEntry.objects.get(kind="redact").told["facts"]["erased"]
    assert erased == [[0, "row/00001"], [1, "row/00002"]]
    assert clean_checks() == []


def test_a_word_of_the_header_goes_alone(cast, listed):
    remove(listed, "家庭经济困难", cast=cast)
    sheet = Sheet.objects.get(pk=listed.sheet_id)
    assert sheet.header == HEADER | {"reduction_policy": MARK}
    assert held("家庭经济困难") == 0
    assert said(sheet)[0]["item"] == "王小明"
    assert clean_checks() == []


def test_numbers_and_common_words_of_the_row_stand_where_they_stood(cast, stage):
    edition = stage.draft(title="收费公示，全体学生", body="<p>公示。</p>")
    edition.tabulate(by=cast.editor, table=fees(("王小明", "512"), ("李小红", "500")))
    stage.carry_out(edition)
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, summary="512元，王小明")
    remove(edition, "王小明", cast=cast)
    assert edition.title == "收费公示，全体学生"
    assert Edition.objects.get(pk=successor.pk).summary == f"512元，{MARK}"


def test_what_is_erased_proves_nothing_more_and_the_rest_still_does(cast, listed):
    salts = {piece.name: piece.salt for piece, _text in proof.pieces_of(listed)[0]}
    remove(listed, "王小明", cast=cast)
    for piece in Opening.objects.get(pk=0).listed():
        gone = piece.name == "row/00001"
        assert piece.is_erased == gone
        assert piece.salt == (None if gone else salts[piece.name])
    assert proof.stands(listed)
    assert salts["row/00001"] not in everything()


def test_no_digest_is_left_against_which_a_guess_could_be_tried(cast, listed):
    sheets = {sheet.pk: sheet.digest for sheet in Sheet.objects.all()}
    editions = {listed.digest, *(past.digest for past in listed.history.all())} - {""}
    remove(listed, "王小明", cast=cast)
    written = everything()
    assert len(sheets) == 2
    for digest in (*sheets.values(), *editions):
        assert digest not in written
    for sheet in Sheet.objects.all():
        assert sheet.digest == sheet.table().digest() != sheets[sheet.pk]
        pasts = sheet.history.order_by("history_id").values_list("digest", flat=True)
        assert list(pasts) == ["", sheet.digest]
    assert listed.digest == Edition.objects.get(pk=listed.pk).content_digest()


def test_the_checks_find_nothing_after_it_though_acts_were_anchored(cast, listed):
    anchor()
    remove(listed, "王小明", cast=cast)
    anchor()
    assert clean_checks() == []


def test_a_removal_by_sql_alone_is_found(cast, listed):
    page = listed.sheet.pages.get()
    rows = page.rows
    rows[0]["values"] = dict.fromkeys(rows[0]["values"], MARK)
    change(page, rows=rows)
    change(listed.sheet, digest=Sheet.objects.get(pk=listed.sheet_id).digest_now())
    found = clean_checks()
    assert f"[41] disclosures.Edition {listed.pk}: 内容不是存证时的内容。 (0 row/00001)" in found


def test_what_was_removed_and_shows_again_is_found_even_in_one_cell(cast, listed):
    kept = listed.sheet.pages.get().rows
    remove(listed, "王小明", cast=cast)
    page = listed.sheet.pages.get()
    page.rows[0]["values"]["item"] = kept[0]["values"]["item"]
    change(page, rows=page.rows)
    again = "依法隐去的内容又显示出来了。 (0 row/00001)"
    assert f"[43] disclosures.Edition {listed.pk}: {again}" in clean_checks()


def test_search_finds_the_others_and_not_the_removed(cast, listed, client):
    assert "王小明" in SearchText.objects.get(edition=listed).body
    remove(listed, "王小明", cast=cast)
    body = SearchText.objects.get(edition=listed).body
    assert "王小明" not in body
    assert "李小红" in body
    assert listed.title in client.get("/search/?q=李小红").content.decode()


def test_the_bundle_verifies_and_says_which_row_is_gone(cast, listed, client, tmp_path, capsys):
    signer = Signer(tmp_path / "signer", "school.example/ledger")
    signer.make_key()
    remove(listed, "王小明", cast=cast)
    anchor()
    signer.sign()
    bundle = client.get(f"{listed.disclosure.get_absolute_url()}proof.json").content
    assert "王小明" not in bundle.decode()
    (tmp_path / "proof.json").write_bytes(bundle)
    pins = ["--origin", "school.example/ledger", "--key", signer.public_key(), "--text"]
    assert verify.main([str(tmp_path / "proof.json"), *pins]) == 10
    lines = capsys.readouterr().out.splitlines()
    assert "第1行：（已依法删除）" in lines
    assert "第2行：李小红 · 代收费 · 500 · 元/生·学期 · 全体学生 · 是" in lines
    assert "表头 投诉电话：12315" in lines


def test_a_correction_carries_the_mark_and_nobody_else_may_write_it(cast, stage, listed):
    remove(listed, "王小明", "赵小兰", cast=cast)
    successor = listed.correct(by=cast.editor)
    first, other, last = (row.id for row in successor.sheet.rows())
    cells = dict.fromkeys((column.name for column in FEES.columns), MARK)
    read = [FEES.read_row(cells, place) for place in (1, 2)]
    assert [faults for _row, faults in read] == [[], []]
    rows = [*(row for row, _faults in read), *fees(("李小红", "700")).rows]
    successor.tabulate(by=cast.editor, table=FEES.table(dict(HEADER), rows))
    assert [row.id for row in successor.sheet.rows()] == [first, last, other]
    with pytest.raises(Refused, match="只能由依法隐去的手续留下"):
        once_more = [*rows, Row(dict(cells))]
        successor.tabulate(by=cast.editor, table=FEES.table(dict(HEADER), once_more))


def test_a_table_of_a_draft_shows_the_mark_too(cast, listed):
    successor = listed.correct(by=cast.editor)
    remove(listed, "王小明", cast=cast)
    assert Edition.objects.get(pk=successor.pk).sheet.table().removed()


def test_an_inner_table_leaves_no_word_in_clear_in_the_ledger(cast, stage):
    inner = {"audiences": ["staff"], "inner_reason": "涉及个人"}
    edition = stage.carry_out(drafted(stage, ("王小明", "500"), **inner))
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM ledger_ledgerentry")
        entries = "".join(bytes(raw).decode() for (raw,) in cursor.fetchall())
        cursor.execute("SELECT pieces FROM ledger_opening")
        openings = json.dumps([str(row) for row in cursor.fetchall()], ensure_ascii=False)
    assert edition.audiences == ["staff"]
    for word in ("王小明", "代收费", "家庭经济困难", "12315", "fees", edition.sheet.digest):
        assert word not in entries
        assert word not in openings


def test_a_row_that_lost_its_id_is_known_by_all_it_says(cast, stage, listed):
    successor = listed.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, change_note="重新录入")
    ids = {row.id for row in successor.sheet.rows()}
    successor.tabulate(by=cast.editor, table=None)
    successor.tabulate(by=cast.editor, table=fees(("李小红", "1"), ("王小明", "500")))
    assert ids.isdisjoint(row.id for row in successor.sheet.rows())
    stage.carry_out(successor)
    remove(successor, "王小明", cast=cast)
    assert held("王小明") == 0
    assert [row.is_removed for row in successor.sheet.rows()] == [False, True]
    assert [row.is_removed for row in listed.sheet.rows()] == [True, False, False]
    assert clean_checks() == []


def test_what_a_cancelled_publication_said_of_the_row_is_erased_too(cast, stage):
    edition = drafted(stage, ("王小明", "500"), ("李小红", "500"))
    edition.submit(by=cast.editor)
    stage.approve_all(edition)
    edition.publish(by=cast.office, opens_at=now() + timedelta(days=1))
    edition.cancel(by=cast.office, reason="金额有误")
    edition.recall(by=cast.editor)
    edition.tabulate(by=cast.editor, table=fees(("王小明", "600"), ("李小红", "500")))
    stage.carry_out(edition)
    remove(edition, "王小明", cast=cast)
    erased = LedgerEntry.objects.get(kind="redact").told["facts"]["erased"]
    assert erased == [[0, "row/00001"], [2, "row/00001"]]
    assert [row.is_removed for row in Sheet.objects.earliest("made_at").rows()] == [True, False]


def test_a_title_that_says_a_cell_is_another_matter_than_the_row(cast, stage):
    edition = drafted(stage, ("王小明", "500"), source="家庭经济困难学生免收。")
    stage.carry_out(edition)
    remove(edition, "经济困难", cast=cast)
    assert LedgerEntry.objects.get(kind="redact").told["facts"]["erased"] == [[0, "source"]]
    assert edition.sheet.header == HEADER


def test_rules_that_add_up_are_not_asked_of_what_is_left():
    rows = [Row({"side": "income", "code": code, "amount": "5"}) for code in ("1", "1.1", "1.2")]
    header = {"income_total": "10"}
    kind = replace(
        KINDS["budget"], checks=(tree("code", "amount"), header_total("income_total", "amount"))
    )
    assert len(kind.faults(kind.table(header, rows))) == 2
    rows[1].remove()
    assert kind.faults(kind.table(header, rows)) == []


def test_a_word_that_another_row_still_says_is_no_secret_however_json_writes_it(cast, stage):
    said = '三"四\\五'
    table = fees(("王小明", "500"), ("李小红", "500"))
    for row in table.rows:
        row.values["scope"] = said
    edition = stage.draft(body="<p>名单如下。</p>")
    edition.tabulate(by=cast.editor, table=table)
    stage.carry_out(edition)
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, summary=said)
    remove(edition, "王小明", cast=cast)
    assert Edition.objects.get(pk=successor.pk).summary == said


def test_a_file_that_waits_to_become_the_table_is_given_up(
    cast, listed, settings, django_capture_on_commit_callbacks
):
    successor = listed.correct(by=cast.editor)
    terms = {"edition": str(successor.pk), "sha256": "s"}
    job = Job.objects.create(kind="import_table", terms=terms)
    folder = settings.DATA_DIR / "incoming" / str(job.pk)
    folder.mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        remove(listed, "王小明", cast=cast)
    assert not folder.exists()
    assert Job.objects.get(pk=job.pk).terms == {"edition": str(successor.pk)}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_removed_row_is_written_drawn_and_shown_in_every_kind(kind):
    row = Row({column.name: None for column in kind.columns})
    row.remove()
    assert {real(column, row[column.name]) for column in kind.columns} == {MARK}
    assert {column.shown(row[column.name]) for column in kind.columns} == {MARK}
    assert {column.typed(row[column.name]) for column in kind.columns} == {MARK}
    table = kind.table({column.name: None for column in kind.header}, [row])
    assert MARK not in str(list(figures(kind, table)))
    assert [fault for fault in kind.faults(table) if fault.row] == []
