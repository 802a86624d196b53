"""What is drawn of a table: whose lines, which numbers, and the same said in words."""

from decimal import Decimal

from disclosures.kinds import KINDS
from disclosures.sheets.charts import MOST, Figure, courses, figures
from disclosures.sheets.table import Row
from tests.disclosures.kinds.tables import typed


def drawn(key, **changes):
    kind = KINDS[key]
    return figures(kind, typed(kind, **changes)[0])


def test_a_budget_is_drawn_by_its_uppermost_lines_of_each_side():
    income, spending = drawn("budget")
    assert income.categories == ["一般公共预算拨款收入", "事业收入"]
    assert spending == Figure(
        title="预算支出",
        description=(
            "本年预算数合计2,468.50万元，最多的是“教育支出”：1,985.50万元。"
            "上年预算数合计2,340万元，最多的是“教育支出”：1,890万元。"
        ),
        unit="万元",
        categories=["教育支出", "社会保障和就业支出", "住房保障支出"],
        series=[
            ("本年预算数", [Decimal("1985.5"), Decimal(310), Decimal(173)]),
            ("上年预算数", [Decimal(1890), Decimal(290), Decimal(160)]),
        ],
    )


def test_a_column_nobody_filled_is_not_drawn():
    blank = {number: {"earlier": ""} for number in range(1, 8)}
    _income, spending = drawn("budget", rows=blank)
    assert [label for label, _numbers in spending.series] == ["本年预算数"]
    assert spending.description == "本年预算数合计2,468.50万元，最多的是“教育支出”：1,985.50万元。"


def test_an_empty_cell_of_a_series_is_no_number():
    _income, spending = drawn("budget", rows={6: {"earlier": ""}})
    assert spending.series[1][1] == [Decimal(1890), None, Decimal(160)]


def test_a_side_without_rows_is_not_drawn():
    assert [each.title for each in drawn("budget", without={1, 2})] == ["预算支出"]


def test_bids_are_compared_and_not_summed():
    (bids,) = drawn("tender_candidates")
    assert bids.description == (
        "投标报价最高的是“云和县第二建筑有限公司”：1,802,000元，"
        "最低的是“丽水市宏图建设有限公司”：1,768,300元。"
    )


def test_rates_say_what_they_are_for_and_are_not_summed():
    (rates,) = drawn("fees")
    assert rates.heading == "各项收费标准（元/生·学期）"
    assert rates.categories == ["住宿费", "课后服务费", "作业本费"]
    assert rates.description == (
        "收费标准最高的是“住宿费”：300元/生·学期，最低的是“作业本费”：12.50元/生·学期。"
    )


def test_bars_of_one_name_are_told_apart():
    (settled,) = drawn("fees-settlement")
    assert settled.categories == ["作业本费 三年级", "校服费 一年级"]
    (places,) = drawn("admission-plan", rows={1: {"track": "体育特长"}})
    assert places.categories == ["一年级 体育特长"]


def test_many_lines_are_drawn_as_the_largest_and_the_rest():
    more = [
        {"side": "支出", "category": "食材采购", "item": f"调料{n}", "amount": str(n)}
        for n in range(1, 10)
    ]
    spending = drawn("canteen", more=more)[1]
    assert len(spending.categories) == MOST
    assert spending.categories[-1] == "其余4项"
    assert spending.series[0][1][-1] == Decimal(1 + 2 + 3 + 4)
    assert spending.description.startswith("本月金额合计328,315元，最多的是“肉禽蛋”")


def test_headers_of_several_periods_are_drawn_in_time():
    kind = KINDS["term_statement"]
    header = kind.example().header
    told = [
        header | {"period": "2025-spring", "income_total": "30", "spending_total": "20"},
        header | {"period": "2025-autumn", "income_total": "10", "spending_total": "15"},
    ]
    (figure,) = courses(kind, told)
    assert figure == Figure(
        title="各学期收支",
        description=(
            "收入合计：2025—2026学年第一学期 10元，2025—2026学年第二学期 30元。"
            "支出合计：2025—2026学年第一学期 15元，2025—2026学年第二学期 20元。"
        ),
        unit="元",
        categories=["2025—2026学年第一学期", "2025—2026学年第二学期"],
        series=[
            ("收入合计", [Decimal(10), Decimal(30)]),
            ("支出合计", [Decimal(15), Decimal(20)]),
        ],
    )


def test_periods_in_different_units_or_one_alone_are_not_drawn():
    kind = KINDS["budget"]
    header = kind.example().header
    assert courses(kind, [header]) == []
    assert courses(kind, [header, header | {"period": "2025", "unit": "yuan"}]) == []
    assert courses(KINDS["contracts"], [header, header]) == []


def charged(*fees):
    kind = KINDS["fees"]
    rows = [Row({"item": item, "amount": amount, "unit": unit}) for item, amount, unit in fees]
    return figures(kind, kind.table({}, rows))


def test_fees_are_drawn_beside_those_of_the_same_unit_only_and_never_summed():
    (figure,) = charged(
        ("住宿费", "300", "元/生·学期"), ("餐费", "12", "元/餐"), ("课后服务", "150", "元/生·学期")
    )
    assert (figure.unit, figure.categories) == ("元/生·学期", ["住宿费", "课后服务"])
    assert figure.description == (
        "收费标准最高的是“住宿费”：300元/生·学期，最低的是“课后服务”：150元/生·学期。"
    )


def test_fees_of_which_no_two_have_a_unit_in_common_are_not_drawn():
    assert charged(("住宿费", "300", "元/生·学期"), ("餐费", "12", "元/餐")) == []


def test_what_does_not_add_up_is_cut_and_not_folded_into_a_sum():
    (figure,) = charged(*((f"项目{n}", str(n), "元") for n in range(1, MOST + 4)))
    assert figure.categories == [f"项目{n}" for n in range(4, MOST + 4)]
