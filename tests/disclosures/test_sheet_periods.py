"""Periods: how they are written, kept, said, and what follows them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from disclosures.sheets.columns import Unfit
from disclosures.sheets.periods import EXAMPLES, Period, following, shown


@pytest.mark.parametrize(
    ("of", "cell", "kept"),
    [
        ("year", "2026年", "2026"),
        ("year", "２０２６年度", "2026"),
        ("year", 2026, "2026"),
        ("term", "2026—2027学年第一学期", "2026-autumn"),
        ("term", "2026-2027学年第二学期", "2026-spring"),
        ("term", "2026年秋季学期", "2026-autumn"),
        ("term", "2027年春季学期", "2026-spring"),
        ("term", "2026-spring", "2026-spring"),
        ("quarter", "2026年第三季度", "2026-Q3"),
        ("quarter", "2026-Q3", "2026-Q3"),
        ("month", "2026年9月", "2026-09"),
        ("month", "2026-09", "2026-09"),
    ],
)
def test_a_period_is_read_as_offices_write_it(of, cell, kept):
    assert Period("period", "期间", of=of).read(cell) == kept


@pytest.mark.parametrize("of", EXAMPLES)
@pytest.mark.parametrize("cell", ["明年", "26", "2026年第五季度", "2026-13", "1026年"])
def test_what_is_no_period_is_refused_with_an_example(of, cell):
    column = Period("period", "期间", of=of)
    with pytest.raises(Unfit, match="要写期间"):
        column.read(cell)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026", "2026年"),
        ("2026-autumn", "2026—2027学年第一学期"),
        ("2026-Q3", "2026年第3季度"),
        ("2026-09", "2026年9月"),
    ],
)
def test_a_period_is_said_and_read_again(period, said):
    of = next(of for of, example in EXAMPLES.items() if example == period)
    assert shown(period) == said
    assert Period("period", "期间", of=of).read(said) == period


@given(st.sampled_from(sorted(EXAMPLES.values())), st.integers(-40, 40))
def test_what_follows_comes_later_and_back(period, count):
    later = following(period, count)
    assert following(later, -count) == period
    if count > 0 and "-a" not in period:
        assert later > period


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("zh-hans", "2026—2027学年第一学期"),
        ("zh-hant", "2026—2027學年第一學期"),
        ("en", "2026-autumn"),
    ],
)
def test_a_term_stands_in_a_form_as_readers_say_it_where_it_is_read_again(language, typed):
    column = Period("period", "学期", of="term")
    with translation.override(language):
        assert column.typed("2026-autumn") == typed
        assert column.read(typed) == "2026-autumn"
    assert column.typed(None) == ""


def test_a_year_stays_a_number_in_forms_and_files():
    assert Period("period", "年度", of="year").typed("2026") == "2026"
