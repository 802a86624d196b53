"""The index number (索引号): `{organisation code}/{year}-{serial}`, given once, never reused."""

from datetime import UTC, datetime, timedelta

import pytest

from disclosures.models import Disclosure, IndexCounter
from portal.ledger.acts import Refused
from portal.ledger.moments import as_of, now
from portal.organisation.models import School

NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


@pytest.fixture
def number(cast, stage):
    """The index number of a new notice published for the moment."""

    def publish(opens_at=None, **content):
        edition = stage.published(opens_at=opens_at, entry=cast.short_entry, **content)
        return Disclosure.objects.get(pk=edition.disclosure_id).index_number

    return publish


@pytest.fixture
def december(cast, stage):
    """The cast at work on a day of December 2026."""
    with as_of(datetime(2026, 12, 10, 2, 0, tzinfo=UTC)):
        yield


def test_it_joins_code_year_and_five_digits(cast, december, number):
    assert number(by=cast.editor) == "12350000000000001B/2026-00001"


def test_each_school_counts_for_itself(cast, december, number):
    second = {"department": cast.department2, "by": cast.editor2}
    assert [number(), number(), number(**second), number()] == [
        "12350000000000001B/2026-00001",
        "12350000000000001B/2026-00002",
        "12350000000000002C/2026-00001",
        "12350000000000001B/2026-00003",
    ]


def test_the_year_is_that_of_the_opening_in_shanghai(december, number):
    assert [
        number(NEW_YEAR - timedelta(microseconds=1)),
        number(NEW_YEAR),
        number(NEW_YEAR - timedelta(microseconds=1)),
        number(NEW_YEAR + timedelta(days=1)),
    ] == [
        "12350000000000001B/2026-00001",
        "12350000000000001B/2027-00001",
        "12350000000000001B/2026-00002",
        "12350000000000001B/2027-00002",
    ]


def test_a_cancelled_number_is_burnt(cast, stage, number):
    edition = stage.published(opens_at=now() + timedelta(days=1))
    burnt = edition.disclosure.index_number
    edition.cancel(by=cast.office, reason="改期")
    assert number().endswith("-00002")
    edition.publish(by=cast.office)
    assert edition.disclosure.index_number.endswith("-00003")
    assert not Disclosure.objects.filter(index_number=burnt).exists()


def test_a_correction_keeps_it_even_in_another_year(cast, stage, december):
    first = stage.published()
    number = first.disclosure.index_number
    second = first.correct(by=cast.editor)
    second.edit(by=cast.editor, version=second.version, change_note="改")
    second.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        second.approve(by=reviewer, seen=second.content_digest())
    second.publish(by=cast.office, opens_at=NEW_YEAR)
    assert second.disclosure.index_number == number
    second.cancel(by=cast.office, reason="改期")
    assert Disclosure.objects.get(pk=first.disclosure_id).index_number == number


def test_a_withdrawn_and_restored_notice_keeps_it(cast, stage):
    edition = stage.withdrawn()
    number = edition.disclosure.index_number
    edition.propose_restoration(by=cast.office, reason="无误")
    edition.restore(by=cast.principal)
    assert Disclosure.objects.get(pk=edition.disclosure_id).index_number == number


def test_the_address_carries_it_and_the_slug_is_fixed_with_the_first(cast, stage, december):
    assert not School.objects.get(pk=cast.school.pk).slug_fixed
    edition = stage.published()
    assert edition.disclosure.get_absolute_url() == "/schools/first/2026-00001/"
    school = School.objects.get(pk=cast.school.pk)
    assert school.slug_fixed
    school.slug = "other"
    with pytest.raises(Refused, match="网址名不能再改"):
        school.save()


def test_the_counter_keeps_what_was_given_out(cast, december, number):
    number(), number()
    counter = IndexCounter.objects.get(school=cast.school)
    assert (counter.year, counter.last) == (2026, 2)
