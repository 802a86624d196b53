"""Of every kind: its examples are sound, its headings are clear, its entries are in a catalogue."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from disclosures.kinds import KINDS, kind_of
from disclosures.sheets.kind import kind_from
from disclosures.sheets.personal import barred
from portal.text.chinese import fold
from tests.disclosures.kinds.sound import header_of, read, sound

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
PEOPLE = [kind for kind in KINDS.values() if kind.lists_people]


def with_examples(kind):
    """The money kinds' own examples are asked for with their family."""
    return kind.examples or pytest.skip("no examples")


@every_kind
def test_the_examples_are_sound_and_read_back_as_they_were_typed(kind):
    with_examples(kind)
    table = sound(kind)
    again = [
        {column.name: column.typed(row[column.name]) for column in kind.columns}
        for row in table.rows
    ]
    typed, faults = read(kind, header_of(kind), again)
    assert faults == []
    assert [row.values for row in typed.rows] == [row.values for row in table.rows]


@every_kind
def test_what_must_be_filled_in_has_an_example(kind):
    with_examples(kind)
    asked = [column.name for column in kind.header if column.is_required and not column.example]
    assert asked == []
    known = {column.name for column in kind.columns}
    assert {name for row in kind.examples for name in row} <= known


@every_kind
def test_no_heading_means_two_columns(kind):
    for columns in (kind.header, kind.columns):
        headings = [
            fold(heading) for column in columns for heading in (str(column.label), *column.aliases)
        ]
        assert sorted(headings) == sorted(set(headings))


@every_kind
def test_rules_name_columns_that_exist(kind):
    names = {column.name for column in kind.columns}
    assert set(kind.identity) <= names
    drawn = {name for chart in kind.charts for name in (chart.of, *chart.series)}
    assert drawn <= names
    if trail := kind.trail:
        assert {trail.of, trail.series, trail.each, *trail.beside} <= names
        assert set(trail.alike) <= {column.name for column in kind.header}
        assert kind.period and kind.identity


@every_kind
def test_every_entry_is_in_a_catalogue(kind):
    folder = Path(settings.BASE_DIR) / "disclosures" / "catalogue"
    known = {
        row["code"]
        for name in ("k12.csv", "he.csv")
        for row in csv.DictReader((folder / name).open(encoding="utf-8"))
    }
    assert set(kind.entries) <= known


@every_kind
def test_a_table_reads_the_same_when_its_kind_is_gone(kind):
    with_examples(kind)
    table = sound(kind)
    later = kind_of(table.schema | {"version": 99})
    assert later.lists_people == kind.lists_people
    assert (later.identity, later.audiences) == (kind.identity, kind.audiences)
    for own, kept in zip(kind.columns, kind_from(table.schema).columns, strict=True):
        shown = [own.shown(row[own.name]) for row in table.rows]
        assert [kept.shown(row[kept.name]) for row in table.rows] == shown
        assert (kept.name, kept.is_required) == (own.name, own.is_required)


@pytest.mark.parametrize("kind", PEOPLE, ids=lambda kind: kind.key)
def test_no_list_of_people_has_a_column_for_what_is_theirs(kind):
    assert [column.label for column in kind.columns if barred(str(column.label))] == []


def test_these_kinds_list_people():
    assert {kind.key for kind in PEOPLE} == {
        "admission-list",
        "aid-recipients",
        "appointments",
        "class-lists",
        "competition",
        "proposed-hires",
        "pupil-awards",
        "secondment",
        "special-admissions",
        "teacher-awards",
        "term-appraisal",
        "title-committee",
        "title-results",
    }
