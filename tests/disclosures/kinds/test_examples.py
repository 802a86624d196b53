"""The examples that templates carry and demonstrations start from: sound, and told in full."""

import csv

import pytest
from django.conf import settings
from django.utils.functional import Promise

from disclosures.kinds import KINDS, finance, procurement
from disclosures.sheets.charts import figures
from disclosures.sheets.kind import kind_from
from tests.disclosures.kinds.tables import typed

OWN = [*finance.KINDS, *procurement.KINDS]
of_each_kind = pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.key)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_what_readers_see_of_a_kind_is_said_in_their_language(kind):
    columns = (*kind.header, *kind.columns)
    told = [kind.label, *(column.label for column in columns)]
    told += [column.help for column in columns if column.help]
    told += [label for each in columns for _code, label in getattr(each, "choices", ())]
    trails = [kind.trail] if kind.trail else []
    told += [drawing.title for drawing in (*kind.charts, *kind.courses, *trails)]
    assert [str(words) for words in told if not isinstance(words, Promise)] == []


@of_each_kind
def test_the_example_is_sound(kind):
    table, unfit = typed(kind)
    assert unfit == []
    assert kind.faults(table) == []
    assert len(table.rows) >= 1
    assert [row.values for row in kind.example().rows] == [row.values for row in table.rows]


@of_each_kind
def test_every_column_has_an_example_that_can_be_read(kind):
    for column in (*kind.header, *kind.columns):
        assert column.read(column.example) is not None, column.name


@of_each_kind
def test_no_heading_stands_for_two_columns(kind):
    for columns in (kind.header, kind.columns):
        headings = [
            heading for each in columns for heading in {str(each.label), *each.aliases, each.name}
        ]
        twice = {heading for heading in headings if headings.count(heading) > 1}
        assert twice == set()


@of_each_kind
def test_identity_and_drawings_name_columns_that_are_there(kind):
    names = {column.name for column in kind.columns}
    assert set(kind.identity) <= names
    assert {name for chart in kind.charts for name in (chart.of, *chart.series)} <= names
    headings = {column.name for column in kind.header}
    assert {name for course in kind.courses for name in course.series} <= headings
    assert not kind.courses or kind.period


@of_each_kind
def test_the_example_is_drawn(kind):
    drawn = figures(kind, kind.example())
    assert [figure.title for figure in drawn] == [str(chart.title) for chart in kind.charts]
    assert all(figure.unit in ("元", "万元") and figure.description for figure in drawn)


@of_each_kind
def test_a_table_outlives_its_kind(kind):
    table = kind.example()
    remembered = kind_from(table.schema)
    assert remembered.told() == kind.told()
    for mine, theirs in zip(kind.columns, remembered.columns, strict=True):
        shown = [(mine.shown(row[mine.name]), theirs.shown(row[mine.name])) for row in table.rows]
        assert all(here == there for here, there in shown), mine.name


def test_keys_are_used_once():
    assert len({kind.key for kind in OWN}) == len(OWN)
    assert {kind.key for kind in OWN} <= set(KINDS)


def test_every_entry_about_money_or_purchases_has_a_kind():
    folder = settings.BASE_DIR / "disclosures" / "catalogue"
    known, wanted = set(), set()
    for name in ("k12.csv", "he.csv"):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                known.add(line["code"])
                if line["kind"] in ("finance", "procurement"):
                    wanted.add(line["code"])
    offered = {code for kind in OWN for code in kind.entries}
    assert offered <= known
    assert wanted - offered == set()
