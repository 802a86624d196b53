"""Which earlier tables a notice is drawn beside: those whoever reads it may read too."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosures import erasing
from disclosures.kinds import KINDS
from disclosures.models import SheetPage
from disclosures.templatetags import tables as tags
from tests.disclosures.kinds.tables import typed
from tests.disclosures.tables import fees, posted

INNER = {"inner_reason": "校内公开"}


def month(number):
    """The canteen's accounts of a month of 2026, with as many diners."""
    header = {"period": f"2026年{number}月", "diners": str(1000 + number)}
    return typed(KINDS["canteen"], header=header)[0]


@pytest.fixture
def canteen(stage):
    """`canteen(month, audiences)`: a published notice of the month's accounts."""

    def publish(number, *audiences):
        more = {} if "public" in audiences else INNER
        edition = stage.draft(audiences=list(audiences), **more)
        edition.tabulate(by=edition.drafted_by, table=month(number))
        return stage.carry_out(edition)

    return publish


def periods(client, edition):
    """The months drawn beside one another on the notice's page, none for a month alone."""
    page = client.get(edition.disclosure.get_absolute_url()).content.decode()
    drawings = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    names = [re.findall(r'class="name"[^>]*>(.*?)<', drawing) for drawing in drawings]
    found = next((found for found in names if "2026年9月" in found), [])
    return [name for name in found if name.startswith("2026年")]


def test_an_inner_notice_is_drawn_beside_the_inner_ones_before_it(cast, canteen, signed_in):
    canteen(8, "staff")
    shown = canteen(9, "staff")
    assert periods(signed_in(cast.teacher), shown) == ["2026年8月", "2026年9月"]


def test_what_the_reader_may_not_read_is_not_drawn(cast, canteen, signed_in):
    canteen(7, "party")
    canteen(8, "staff")
    shown = canteen(9, "staff", "party")
    assert periods(signed_in(cast.teacher), shown) == ["2026年8月", "2026年9月"]
    assert periods(signed_in(cast.member), shown) == ["2026年7月", "2026年9月"]


def test_a_public_notice_tells_nobody_of_inner_ones(cast, canteen, client, signed_in):
    canteen(7, "public")
    canteen(8, "staff")
    shown = canteen(9, "public")
    for reader in (client, signed_in(cast.teacher)):
        assert periods(reader, shown) == ["2026年7月", "2026年9月"]


def rates(client, edition):
    """The rates drawn over terms on the notice's page: names and numbers."""
    page = client.get(edition.disclosure.get_absolute_url()).content.decode()
    (found,) = re.findall(r"<figcaption>各学期收费标准.*?</figure>", page, re.DOTALL)
    return [re.findall(rf'class="{css}"[^>]*>(.*?)<', found) for css in ("name", "number")]


def listed(stage, period, amount, **content):
    grades = content.pop("grades", "七至九年级")
    table = fees(("住宿费", amount), ("书费", "9"), period=period, grades=grades)
    return posted(stage, table, **content)


def test_fees_are_drawn_over_the_terms_that_are_public(cast, stage, client):
    listed(stage, "2024-autumn", "300")
    withdrawn = listed(stage, "2024-spring", "320")
    listed(stage, "2025-autumn", "350", audiences=["staff"], **INNER)
    theirs = {"department": cast.department2, "by": cast.editor2}
    listed(stage, "2025-spring", "360", **theirs)
    listed(stage, "2027-autumn", "500")
    shown = listed(stage, "2026-autumn", "400")
    assert rates(client, shown)[1] == ["300", "9", "320", "9", "400", "9"]
    withdrawn.propose_withdrawal(by=cast.editor, ground="error", reason="金额有误")
    withdrawn.withdraw(by=cast.office)
    names, numbers = rates(client, shown)
    terms = ["2024—2025学年第一学期", "2026—2027学年第一学期"]
    assert (names, numbers) == (["住宿费", "书费", *terms], ["300", "9", "400", "9"])


def test_each_list_of_a_term_is_drawn_beside_that_of_the_same_grades(stage, client):
    listed(stage, "2025-autumn", "300", grades="初中")
    listed(stage, "2025-autumn", "800", grades="高中")
    shown = listed(stage, "2026-autumn", "400", grades="初中")
    assert rates(client, shown)[1] == ["300", "9", "400", "9"]


def test_of_an_earlier_list_that_was_corrected_the_correction_is_drawn(stage, cast, client):
    edition = listed(stage, "2025-autumn", "300")
    correction = edition.correct(by=cast.editor, reason="标准有误")
    correction.edit(by=cast.editor, version=0, change_note="住宿费标准有误")
    correction.tabulate(by=cast.editor, table=fees(("住宿费", "310"), period="2025-autumn"))
    stage.carry_out(correction)
    assert rates(client, listed(stage, "2026-autumn", "400"))[1] == ["310", "400"]


def test_a_row_removed_from_an_earlier_list_leaves_the_drawing_at_once(stage, cast, client):
    listed(stage, "2024-autumn", "300")
    before = listed(stage, "2025-autumn", "320")
    shown = listed(stage, "2026-autumn", "400")
    held = client.get(shown.disclosure.get_absolute_url())["ETag"]
    assert "320" in rates(client, shown)[1]
    names = [piece.name for piece in erasing.erasable(before) if "住宿费" in piece.text]
    assert len(names) == 1
    before.propose_redaction(by=cast.office, names=names, basis="guardian", reason="家长要求")
    before.redact(by=cast.principal)
    assert rates(client, shown)[1] == ["300", "9", "9", "400", "9"]
    page = client.get(shown.disclosure.get_absolute_url(), headers={"If-None-Match": held})
    assert page.status_code == 200


def test_the_rows_of_earlier_lists_are_one_query_however_many(stage, client):
    shown = listed(stage, "2026-autumn", "400")
    listed(stage, "2025-autumn", "400")
    client.get(shown.disclosure.get_absolute_url())
    few = queries_of(client, shown)
    for year in range(2005, 2025):
        listed(stage, f"{year}-autumn", "300")
    assert queries_of(client, shown) == few
    assert len(rates(client, shown)[1]) == 2 * tags.EARLIER


def test_a_list_too_long_to_be_held_beside_another_is_not_drawn(stage, client, monkeypatch):
    asked, as_rows = [], SheetPage.as_rows
    listed(stage, "2024-autumn", "300")
    long = [("住宿费", "350"), *((f"项目{n}", "1") for n in range(tags.WHOLE))]
    posted(stage, fees(*long, period="2025-autumn"))
    shown = listed(stage, "2026-autumn", "400")
    monkeypatch.setattr(SheetPage, "as_rows", lambda page: asked.append(page) or as_rows(page))
    assert rates(client, shown)[1] == ["300", "9", "400", "9"]
    assert [len(page.rows) for page in asked] == [2, 2]


def test_a_first_list_is_drawn_over_no_terms(stage, client):
    page = client.get(listed(stage, "2026-autumn", "400").disclosure.get_absolute_url())
    assert "各学期收费标准" not in page.content.decode()


def queries_of(client, edition):
    with CaptureQueriesContext(connection) as queries:
        client.get(edition.disclosure.get_absolute_url())
    return len(queries)
