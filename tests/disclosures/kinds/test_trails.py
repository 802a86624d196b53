"""Rates over periods: which rows are one line, in which unit, and the same said in words."""

from decimal import Decimal

import pytest

from disclosures.kinds import KINDS
from disclosures.sheets.charts import Figure
from disclosures.sheets.table import Row
from disclosures.sheets.trails import MOST, POINTS, trail
from portal.text.masking import MARK

FEES = KINDS["fees"]
TERM = "元/生·学期"


def fees(period, *lines):
    """The list of a term: (item, amount, and where it is another, the unit and scope) each."""
    rows = [
        Row(dict(zip(("item", "amount", "unit", "scope"), line, strict=False))) for line in lines
    ]
    for row in rows:
        row.values.setdefault("unit", TERM)
    return FEES.table({"period": period}, rows)


def drawn(*tables):
    return trail(FEES, tables[-1], tables[:-1])


def lines(figure):
    return {name: [value and str(value) for value in values] for name, values in figure.series}


def test_each_rate_is_a_line_over_the_terms_in_their_order():
    spring = fees("2025-spring", ("住宿费", "350"), ("课后服务费", "150"))
    autumn = fees("2025-autumn", ("课后服务费", "140"), ("住宿费", "350"))
    assert drawn(
        spring, autumn, fees("2026-autumn", ("住宿费", "400"), ("课后服务费", "150"))
    ) == Figure(
        title="各学期收费标准",
        description=(
            "住宿费：2025—2026学年第一学期 350元/生·学期，2026—2027学年第一学期 400元/生·学期。"
            "课后服务费：2025—2026学年第一学期 140元/生·学期，2026—2027学年第一学期 150元/生·学期。"
        ),
        unit=TERM,
        categories=[
            f"{years}学年第{term}学期"
            for years, term in (("2025—2026", "一"), ("2025—2026", "二"), ("2026—2027", "一"))
        ],
        series=[
            ("住宿费", [Decimal(350), Decimal(350), Decimal(400)]),
            ("课后服务费", [Decimal(140), Decimal(150), Decimal(150)]),
        ],
    )


def test_what_is_charged_no_more_or_for_the_first_time_is_no_line():
    before = fees("2025-autumn", ("住宿费", "350"), ("校服费", "90"))
    now = fees("2026-autumn", ("住宿费", "400"), ("课后服务费", "150"))
    assert lines(drawn(before, now)) == {"住宿费": ["350", "400"]}


def test_a_term_in_which_a_rate_was_not_charged_has_no_point():
    terms = [
        ("2024-autumn", ("住宿费", "350")),
        ("2025-autumn", ("书费", "9")),
        ("2026-autumn", ("住宿费", "400"), ("书费", "9")),
    ]
    assert lines(drawn(*(fees(*term) for term in terms))) == {
        "住宿费": ["350", None, "400"],
        "书费": [None, "9", "9"],
    }


@pytest.mark.parametrize(
    "before",
    [
        (),
        [fees("2025-autumn", ("书费", "9"))],
        [fees("2025-autumn", ("住宿费", "400", "元/月"))],
        [fees("2025-autumn", ("住宿费", "400", TERM, "教职工"))],
    ],
)
def test_nothing_is_drawn_of_rates_that_have_none_before_them(before):
    assert trail(FEES, fees("2026-autumn", ("住宿费", "400")), before) is None


def test_what_is_always_free_is_not_drawn_and_what_became_free_is():
    before = fees("2025-autumn", ("学费", "0"), ("书费", "9"))
    figure = drawn(before, fees("2026-autumn", ("学费", "0"), ("书费", "0")))
    assert figure.series == [("书费", [Decimal(9), Decimal(0)])]


def test_the_unit_is_drawn_in_which_the_most_rates_changed_and_no_other():
    kept = [("住宿费", "400"), ("课后服务费", "150")]
    before = fees("2025-autumn", *kept, ("午餐费", "11.5", "元/餐"))
    figure = drawn(before, fees("2026-autumn", *kept, ("午餐费", "12", "元/餐")))
    assert (figure.unit, lines(figure)) == ("元/餐", {"午餐费": ["11.5", "12"]})
    figure = drawn(before, fees("2026-autumn", *kept, ("午餐费", "11.5", "元/餐")))
    assert (figure.unit, list(lines(figure))) == (TERM, ["住宿费", "课后服务费"])


def test_of_many_rates_those_that_changed_are_drawn_and_then_the_largest():
    rates = [(f"项目{n}", str(n)) for n in range(1, 10)]
    figure = drawn(fees("2025-autumn", *rates), fees("2026-autumn", ("项目1", "2"), *rates[1:]))
    assert list(lines(figure)) == ["项目1", *(f"项目{n}" for n in range(5, 10))]
    assert len(figure.series) == MOST


def test_many_rates_are_drawn_over_fewer_terms():
    rates = [(f"项目{n}", str(n)) for n in range(1, MOST + 1)]
    figure = drawn(*(fees(f"{year}-autumn", *rates) for year in range(2019, 2027)))
    assert len(figure.categories) * len(figure.series) == POINTS
    assert figure.categories[-1] == "2026—2027学年第一学期"


def test_rates_of_one_name_are_told_apart():
    rates = [
        ("住宿费", "360", TERM, "六人间"),
        ("住宿费", "450", TERM, "四人间"),
        ("书费", "9", TERM, "自愿"),
    ]
    figure = drawn(fees("2025-autumn", *rates), fees("2026-autumn", *rates))
    assert list(lines(figure)) == ["住宿费 六人间", "住宿费 四人间", "书费"]


@pytest.mark.parametrize("removed", [0, 1, 2])
def test_a_row_lawfully_removed_is_not_drawn_whichever_term_it_was_of(removed):
    tables = [
        fees(f"{year}-autumn", ("林小雨", "350"), ("书费", "9")) for year in (2024, 2025, 2026)
    ]
    tables[removed].rows[0].remove()
    figure = drawn(*tables)
    assert figure.series[-1] == ("书费", [Decimal(9)] * 3)
    told = {0: [None, 350, 350], 1: [350, None, 350]}.get(removed)
    assert figure.series[:-1] == ([("林小雨", told)] if told else [])
    assert "林小雨" not in figure.description or told


def test_a_rate_that_was_kept_as_words_long_ago_is_no_number():
    tables = [
        fees("2024-autumn", ("书费", "面议")),
        *(fees(f"{year}-autumn", ("书费", "9")) for year in (2025, 2026)),
    ]
    assert drawn(*tables).series == [("书费", [Decimal(9), Decimal(9)])]


def test_rows_of_which_a_cell_was_removed_are_not_taken_for_one_another():
    tables = [fees(f"{year}-autumn", ("林小雨", "350"), ("书费", "9")) for year in (2025, 2026)]
    for table in tables:
        table.rows[0].values["item"] = MARK
    assert list(lines(drawn(*tables))) == ["书费"]
