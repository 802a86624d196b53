"""Each promise about typed tables broken once, with full access to the tables: the row is named."""

import pytest

from disclosures.models import Sheet, SheetPage
from portal.ledger.checking import findings_of
from portal.ledger.models import LedgerEntry
from portal.verifying import CHECKS
from tests.disclosures.test_tabulate import fees
from tests.ledger.house import change, erase, rows
from tests.ledger.tampering import change_column, columns, swap
from tests.ledger.test_tampering import some_row, to_notice

pytestmark = pytest.mark.django_db


CONCERNED = {name: CHECKS[name] for name in ("sheets", "rows", "acts", "notices")}


def findings():
    """What those checks find that read tables; the others have nothing to do with them."""
    return findings_of(CONCERNED)


def found(sentence):
    return {(each.code, each.row) for each in findings() if str(each.sentence) == sentence}


@pytest.fixture
def long(house):
    """A draft with a table of two pages and a row."""
    with house.broken():
        cast, edition = house.lives.cast, house.lives.stage.draft(title="很长的一张")
        items = ((f"项目{n}", "1") for n in range(1001))
        edition.tabulate(by=cast.editor, table=fees(*items))
        yield edition.sheet


def name(row):
    return f"{row._meta.label} {row.pk}"


def page(sheet, number):
    return sheet.pages.get(number=number)


def test_a_page_that_is_missing_is_named_by_its_table(house, long):
    erase(page(long, 2))
    assert found("数据表缺了一页。") == {(42, name(long))}


def test_a_page_given_to_another_table_is_missing_there_and_too_much_here(house, long):
    other = house.lives.tabled.sheet
    moved = page(long, 3)
    change(moved, sheet_id=other.pk)
    assert found("数据表缺了一页。") == {(42, name(long))}
    assert found("数据表多了一页。") == {(41, name(moved))}


def test_a_page_of_no_table_is_named(house, long):
    stray = page(long, 3)
    change(stray, sheet_id=house.lives.tabled.pk)
    assert found("数据表分页没有它的数据表。") == {(41, name(stray))}


def test_two_pages_that_changed_places_are_found(long):
    one, two = page(long, 1), page(long, 2)
    change(one, number=9)
    change(two, number=1)
    change(one, number=2)
    assert {(each.code, each.row) for each in findings()} == {(41, name(long))}


def test_a_row_more_is_found_on_its_page(house, long):
    last = page(long, 3)
    change(last, rows=[*last.rows, last.rows[0]])
    assert found("数据表分页的行数不对。") == {(41, name(last))}


@pytest.mark.parametrize("rows_now", [[], "x", [7], {"a": 1}, [{"id": "1"}]])
def test_rows_that_cannot_be_read_break_no_check(house, rows_now):
    with house.broken():
        sheet = house.lives.tabled.sheet
        change(sheet.pages.get(), rows=rows_now)
        told = {(each.code, each.row) for each in findings()}
        assert told & {(41, name(sheet)), (41, name(sheet.pages.get()))}


def test_of_a_published_table_the_row_is_named(house):
    with house.broken():
        edition = house.lives.tabled
        kept = edition.sheet.pages.get()
        kept.rows[0]["values"]["amount"] = "3"
        change(kept, rows=kept.rows)
        told = {(each.code, each.row, each.detail) for each in findings()}
        assert (41, f"disclosures.Edition {edition.pk}", f"{seq(edition)} row/00001") in told
        assert (41, name(edition.sheet), edition.sheet.digest) in told


def seq(edition):
    return LedgerEntry.objects.filter(item=str(edition.disclosure_id)).earliest("seq").seq


def test_an_edition_that_points_to_another_table_is_found(house):
    with house.broken():
        edition = house.lives.tabled
        earlier = Sheet.objects.filter(disclosure=edition.disclosure).exclude(pk=edition.sheet_id)
        change(edition, sheet_id=earlier.get().pk)
        assert (41, f"disclosures.Edition {edition.pk}") in found("内容不是存证时的内容。")
        assert (41, f"disclosures.Edition {edition.pk}") in found("与最后一次记录不同。")


def test_an_edition_with_the_table_of_another_matter_is_found(house):
    with house.broken():
        edition, other = house.lives.tabled, house.lives.unlisted
        change(edition, sheet_id=other.sheet_id)
        name_of = (41, f"disclosures.Edition {edition.pk}")
        assert found("数据表属于别的公开事项。") == {name_of}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("header", {"period": "2020-autumn"}),
        ("row_count", 7),
        ("kind", "budget"),
        ("period", "2020-autumn"),
        ("schema", {"kind": "fees", "version": 1, "header": [], "columns": [], "label": "x"}),
    ],
)
def test_what_stands_beside_the_rows_is_found_though_its_past_was_changed_too(house, column, value):
    """By the table alone; the past itself is anchored."""
    with house.broken():
        sheet = house.lives.tabled.sheet
        change(sheet, **{column: value})
        for past in rows(Sheet.history.model).filter(id=sheet.pk):
            change(past, **{column: value})
        assert not found("与最后一次记录不同。")
        assert name(sheet) in {each.row for each in findings()}


def test_every_column_of_a_table_and_of_its_past_is_noticed(house):
    tabled = [c for c in to_notice() if c.model in (Sheet, SheetPage, Sheet.history.model)]
    pointers = [column for column in columns() if column.field.attname == "sheet_id"]
    assert len({*map(str, [*tabled, *pointers])}) == 3 + 9 + 15 + 2
    for column in [*tabled, *pointers]:
        with house.broken():
            change_column(some_row(column.model, 0), column.field)
            assert next(findings(), None), str(column)


def test_pages_of_two_tables_swapped_are_noticed(house):
    with house.broken():
        one, two = SheetPage.objects.order_by("pk")[:2]
        swap(one, two)
        assert {name(one.sheet), name(two.sheet)} <= {row for _code, row, *_more in findings()}
