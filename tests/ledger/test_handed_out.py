"""`verify.py` accepts what the portal hands out, and not what was changed by SQL."""

import io
import json
from contextlib import redirect_stdout
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from disclosures.models import Reading
from portal.ledger import verify
from portal.ledger.anchoring import anchor
from portal.ledger.moments import now
from portal.ledger.signing import Signer
from tests.disclosures.test_tabulate import fees
from tests.ledger.house import change

pytestmark = pytest.mark.django_db
ORIGIN = "school.example/ledger"


@pytest.fixture
def signer(tmp_path, settings):
    settings.LEDGER_ORIGIN = ORIGIN
    made = Signer(tmp_path / "signer", ORIGIN)
    made.make_key()
    return made


@pytest.fixture
def judge(tmp_path, signer):
    def judged(content, *more):
        path = tmp_path / "proof.json"
        path.write_bytes(content)
        said = io.StringIO()
        with redirect_stdout(said):
            code = verify.main([str(path), "--origin", ORIGIN, "--key", signer.public_key(), *more])
        return code, said.getvalue()

    return judged


def bundle_of(client, edition, **query):
    disclosure = edition.disclosure
    serial = f"{disclosure.serial:05d}"
    path = reverse("proof", args=[disclosure.school.slug, disclosure.year, serial])
    response = client.get(path, query)
    assert response.status_code == 200, response.content
    return response.content


def test_a_published_notice_is_proven_against_a_kept_head(client, stage, signer, judge):
    edition = stage.published()
    kept = signer.sign()
    stage.published(title="另一件")
    anchor()
    signer.sign()
    bundle = bundle_of(client, edition)
    assert judge(bundle)[0] == 10
    assert judge(bundle, "--head", kept.line)[0] == 0
    assert judge(bundle, "--head", kept.short)[0] == 0
    assert edition.title in judge(bundle, "--text")[1]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("disclosures_edition", "title = '另一个标题'"),
        ("disclosures_edition", "body = '<p>另一段</p>'"),
        ("disclosures_edition", "issuer = '另一所学校'"),
        ("disclosures_edition", "written_on = '2020-01-01'"),
        ("disclosures_release", "planned_close = '2030-01-01 00:00:00+00:00'"),
    ],
)
def test_a_word_changed_by_sql_is_found(client, stage, signer, judge, table, change):
    edition = stage.published()
    anchor()
    signer.sign()
    assert judge(bundle_of(client, edition))[0] == 10
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608  our own tables
    assert judge(bundle_of(client, edition))[0] == 41


def test_a_corrected_notice_shows_the_new_text_and_proves_both_entries(
    client, stage, signer, judge
):
    edition = stage.published()
    successor = edition.correct(by=stage.cast.editor)
    successor.edit(by=stage.cast.editor, version=0, body="<p>新</p>", change_note="金额更正")
    stage.carry_out(successor)
    anchor()
    signer.sign()
    bundle = bundle_of(client, successor)
    told = json.loads(bundle)
    assert [json.loads(row["entry"])["kind"] for row in told["entries"]] == ["publish", "correct"]
    assert [row["pieces"] is None for row in told["entries"]] == [True, False]
    assert judge(bundle)[0] == 10


def test_a_withdrawn_notice_keeps_its_entries_and_shows_no_word(client, stage, signer, judge):
    edition = stage.withdrawn()
    anchor()
    signer.sign()
    bundle = bundle_of(client, edition)
    assert edition.title not in bundle.decode()
    assert judge(bundle)[0] == 10


@pytest.fixture
def mirrored(client, signer, tmp_path):
    """Copy what `/ledger/` hands out now and say how `verify.py` judges the copy."""

    def judged(*contents):
        mirror = tmp_path / "mirror"
        for path in ["checkpoint", "heads.txt", "key.txt", "entries/00000.jsonl", *contents]:
            response = client.get(f"/ledger/{path}")
            (mirror / path).parent.mkdir(parents=True, exist_ok=True)
            if response.status_code == 200:
                (mirror / path).write_bytes(response.content)
        told = ["--mirror", str(mirror), "--origin", ORIGIN, "--key", signer.public_key()]
        return verify.main(told)

    return judged


def test_the_files_of_the_ledger_are_a_copy_that_verifies(stage, signer, mirrored):
    stage.published()
    stage.withdrawn(title="另一件")
    signer.sign()
    anchor()
    signer.sign()
    assert mirrored("content/0.json", "content/1.json", "content/2.json") == 10


def test_a_notice_taken_away_by_sql_is_missed(client, stage, signer, mirrored):
    edition = stage.published()
    anchor()
    signer.sign()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disclosures_release SET closes_at = opens_at")
    assert client.get(edition.disclosure.get_absolute_url()).status_code == 404
    assert mirrored("content/0.json") == 42


def test_a_notice_not_yet_signed_says_so(client, stage):
    disclosure = stage.published().disclosure
    args = [disclosure.school.slug, disclosure.year, f"{disclosure.serial:05d}"]
    response = client.get(reverse("proof", args=args))
    assert response.status_code == 404
    assert "账头还没有签发" in response.content.decode()
    assert "账头还没有签发" in client.get(reverse("verification", args=args)).content.decode()


def test_an_inner_notice_is_proven_to_its_readers_alone(client, signed_in, stage, signer, judge):
    edition = stage.published(audiences=["staff"], inner_reason="涉及教职工个人事项")
    anchor()
    signer.sign()
    disclosure = edition.disclosure
    args = [disclosure.school.slug, disclosure.year, f"{disclosure.serial:05d}"]
    assert client.get(reverse("proof", args=args)).status_code == 404
    assert client.get(reverse("ledger_content", args=[0])).status_code == 404
    response = signed_in(stage.cast.teacher).get(reverse("proof", args=args))
    assert response["Cache-Control"] == "private, no-store"
    assert edition.title in response.content.decode()
    assert judge(response.content)[0] == 10
    (reading,) = Reading.objects.all()
    assert (reading.reader, reading.edition) == (stage.cast.teacher, edition)


def test_what_was_inner_and_is_gone_is_kept_by_nobody_on_the_way(signed_in, stage, signer):
    edition = stage.withdrawn(audiences=["staff"], inner_reason="涉及教职工个人事项")
    signer.sign()
    disclosure = edition.disclosure
    args = [disclosure.school.slug, disclosure.year, f"{disclosure.serial:05d}"]
    for name in ("proof", "verification"):
        response = signed_in(stage.cast.teacher).get(reverse(name, args=args))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert edition.title not in response.content.decode()


def test_the_content_of_a_cancelled_publication_is_not_handed_out(client, stage, signer):
    edition = stage.published(opens_at=now() + timedelta(days=2))
    edition.cancel(by=stage.cast.office, reason="日期有误")
    edition.publish(by=stage.cast.office)
    signer.sign()
    assert client.get(reverse("ledger_content", args=[0])).status_code == 404
    assert client.get(reverse("ledger_content", args=[2])).status_code == 200


def test_tiles_are_only_what_was_signed(client, stage, signer):
    stage.published()
    signer.sign()
    stage.published(title="另一件")
    assert client.get("/ledger/entries/00000.jsonl").content.count(b"\n") == 1
    for path in ("entries/00001.jsonl", "entries/1.jsonl", "content/1.json", "passwd"):
        assert client.get(f"/ledger/{path}").status_code == 404


def test_verify_py_is_handed_out_as_it_is(client):
    response = client.get("/ledger/verify.py")
    assert response.content.startswith(b"#!/usr/bin/env python3")
    assert response["Content-Disposition"] == 'attachment; filename="verify.py"'


@pytest.fixture
def tabled(cast, stage, signer):
    edition = stage.draft(body="<p>如下。</p>")
    rows = [(f"第{n}项", "1") for n in range(1, 41)]
    edition.tabulate(by=cast.editor, table=fees(*rows))
    stage.carry_out(edition)
    return edition


def page_of(client, edition):
    disclosure = edition.disclosure
    args = [disclosure.school.slug, disclosure.year, f"{disclosure.serial:05d}"]
    return client.get(reverse("verification", args=args)).content.decode()


def test_the_page_names_rows_that_were_changed_by_sql_and_no_other(client, signer, tabled):
    signer.sign()
    page = tabled.sheet.pages.get()
    for number in (3, 7):
        page.rows[number - 1]["values"]["amount"] = "2"
    change(page, rows=page.rows)
    assert "不一致的是：第3行、第7行。" in page_of(client, tabled)


def test_the_page_names_what_was_lawfully_removed(cast, client, signer, tabled):
    told = {"basis": "law", "reason": "依法"}
    names = ["row/00003", "body/0001", "header/reduction_policy"]
    tabled.propose_redaction(by=cast.office, names=names, **told)
    tabled.redact(by=cast.principal)
    signer.sign()
    text = page_of(client, tabled)
    assert "依法隐去：正文第1段、表头“减免政策”、第3行</td>" in text
    assert "您看到的文字和附件，与公开时存证的一致" in text


def test_of_very_many_the_page_names_the_first(cast, client, signer, tabled):
    names = [f"row/{n:05d}" for n in range(1, 31)]
    tabled.propose_redaction(by=cast.office, names=names, basis="law", reason="依法")
    tabled.redact(by=cast.principal)
    signer.sign()
    assert "第19行、第20行等，共30处</td>" in page_of(client, tabled)


def test_a_bundle_of_a_table_is_read_in_words(client, signer, judge, tabled):
    anchor()
    signer.sign()
    code, said = judge(bundle_of(client, tabled), "--text")
    assert code == 10
    lines = said.splitlines()
    assert "表头 学期：2026-autumn" in lines
    assert "第40行：第40项 · 代收费 · 1 · 元/生·学期 · 全体学生 · 是" in lines
    assert not any('"values"' in line for line in lines)
