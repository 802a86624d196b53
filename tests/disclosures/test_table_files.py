"""The table of a notice as a file: for whoever may read the notice, and for nobody else."""

import csv
import io
import json

import pytest
from django.test import Client
from openpyxl import load_workbook

from disclosures.models import Reading
from disclosures.models.sheet import PAGE
from portal.ledger.models import Act
from tests.disclosures.feeds import SITE
from tests.disclosures.tables import RowsHeld
from tests.disclosures.test_tabulate import fees

SUFFIXES = ("csv", "xlsx", "json")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


def with_table(stage, *items, **content):
    """A published notice with a list of fees: (item, amount) each."""
    edition = stage.draft(**content)
    table = fees(*(items or (("作业本费", "12.5"), ("=1+1", "180"))))
    edition.tabulate(by=edition.drafted_by, table=table)
    return stage.carry_out(edition)


def address(edition, suffix):
    return f"{edition.disclosure.address}table.{suffix}"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_table_is_given_as_csv(client, stage):
    edition = with_table(stage)
    response = client.get(address(edition, "csv"))
    number = edition.disclosure.index_number.replace("/", "-")
    assert response["Content-Disposition"] == f'attachment; filename="{number}-table.csv"'
    rows = list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))
    told = [(row["收费项目"], row["收费标准"], row["性质"], row["学期"]) for row in rows]
    assert told == [
        ("作业本费", "12.5", "代收费", "2026—2027学年第一学期"),
        ("'=1+1", "180", "代收费", "2026—2027学年第一学期"),
    ]


def test_the_table_is_given_as_a_workbook(client, stage):
    response = client.get(address(with_table(stage), "xlsx"))
    book = load_workbook(io.BytesIO(body(response)))
    assert book.sheetnames == ["收费公示", "表头"]
    assert [cell.value for cell in book.worksheets[0]["A"]] == ["收费项目", "作业本费", "'=1+1"]
    assert [cell.value for cell in book.worksheets[0]["C"]] == ["收费标准", 12.5, 180]


def test_the_table_is_given_as_documented_json(client, stage):
    edition = with_table(stage)
    response = client.get(address(edition, "json"))
    told = json.loads(body(response))
    assert told["schema"]["kind"] == "fees"
    assert told["header"]["grades"] == "七至九年级"
    assert [row["values"]["item"] for row in told["rows"]] == ["作业本费", "=1+1"]
    assert [row["id"] for row in told["rows"]] == [row.id for row in edition.sheet.rows()]
    assert told["notice"] == {
        "url": SITE + edition.disclosure.address,
        "title": edition.title,
        "issuer": "示范区第一小学",
        "index_number": edition.disclosure.index_number,
        "opened_at": edition.releases.get().opens_at.isoformat(),
    }
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_public_table_may_be_kept_and_is_not_made_twice(client, stage, suffix, monkeypatch):
    edition = with_table(stage)
    first = client.get(address(edition, suffix))
    assert first.status_code == 200 and body(first)
    assert first["Content-Type"] == TYPES[suffix]
    assert first["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in first and "Vary" not in first
    monkeypatch.setattr("disclosures.views.tables.file_of", None)
    held = {"If-None-Match": first["ETag"]}
    again = client.get(address(edition, suffix), headers=held)
    assert (again.status_code, again["Cache-Control"]) == (304, "public, max-age=60")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_inner_table_is_given_to_its_audience_alone_and_who_takes_it_is_recorded(
    client, signed_in, cast, stage, suffix
):
    edition = with_table(stage, audiences=["staff"], inner_reason="仅限校内")
    place = address(edition, suffix)
    for stranger in (client, signed_in(cast.parent), signed_in(cast.teacher2)):
        assert stranger.get(place).status_code == 404
    assert not Reading.objects.exists()
    response = signed_in(cast.teacher).get(place)
    assert response.status_code == 200 and body(response)
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.has_header("ETag")
    assert not response.has_header("Access-Control-Allow-Origin")
    assert list(Reading.objects.values_list("edition", "reader")) == [(edition.pk, cast.teacher.pk)]


def test_there_is_no_file_without_a_table_before_publication_or_after_withdrawal(
    client, cast, stage
):
    plain = stage.published()
    assert client.get(address(plain, "csv")).status_code == 404
    taken_off = with_table(stage)
    assert client.get(address(taken_off, "csv")).status_code == 200
    taken_off.propose_withdrawal(by=cast.editor, ground="error", reason="金额有误")
    taken_off.withdraw(by=cast.office)
    assert [client.get(address(taken_off, x)).status_code for x in SUFFIXES] == [404, 404, 404]
    for suffix in ("xls", "html", "csv/"):
        assert client.get(address(plain, suffix)).status_code == 404


def test_a_corrected_table_takes_the_place_of_the_first(client, cast, stage):
    edition = with_table(stage)
    held = {"If-None-Match": client.get(address(edition, "csv"))["ETag"]}
    second = edition.correct(by=cast.editor)
    values = {"title": "更正", "body": "<p>更正</p>", "change_note": "更正了标准"}
    second.edit(by=cast.editor, version=second.version, **values)
    second.tabulate(by=cast.editor, table=fees(("作业本费", "10")))
    stage.carry_out(second)
    response = client.get(address(edition, "csv"), headers=held)
    rows = list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))
    assert [row["收费标准"] for row in rows] == ["10"]


def test_taking_a_table_leaves_no_act(client, stage):
    edition = with_table(stage)
    count = Act.objects.count()
    body(client.get(address(edition, "csv")))
    assert Act.objects.count() == count


def test_only_post_and_the_like_are_refused(client, stage):
    place = address(with_table(stage), "csv")
    assert client.post(place).status_code == 405
    assert client.head(place).status_code == 200


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_page_of_rows_is_held_at_a_time(stage, suffix, monkeypatch):
    edition = with_table(stage, *((f"项目{number}", "1") for number in range(3000)))
    held = RowsHeld(monkeypatch)
    response = Client().get(address(edition, suffix))
    assert body(response).count(b"\n") >= (3000 if suffix != "xlsx" else 0)
    assert held.most <= PAGE + 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_number_of_queries_hangs_on_the_pages_alone(
    client, stage, suffix, django_assert_max_num_queries
):
    small = with_table(stage)
    large = with_table(stage, *((f"项目{number}", "1") for number in range(400)))
    for edition in (small, large):
        with django_assert_max_num_queries(9):
            body(client.get(address(edition, suffix)))
