"""Which earlier tables a notice is drawn beside: those whoever reads it may read too."""

import re

import pytest

from disclosures.kinds import KINDS
from tests.disclosures.kinds.tables import typed

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
