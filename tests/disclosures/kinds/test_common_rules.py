"""What is asked of every table of money: no row twice, sums that hold, one unit, days gone by."""

import datetime
from decimal import Decimal

import pytest

from disclosures.kinds import finance, procurement
from disclosures.sheets.columns import Amount, Day
from portal.ledger.moments import as_of, start_of
from tests.disclosures.kinds.tables import said

OWN = [*finance.KINDS, *procurement.KINDS]
NOT_TOTALS = {"limit"}
SUMS = {"spent"}
NOT_YET = {"starts_on", "ends_on"}  # what may lie ahead

of_each_kind = pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.key)
of_each_with = {
    name: pytest.mark.parametrize(
        "kind",
        [kind for kind in OWN if any(each.name == name for each in (*kind.header, *kind.columns))],
        ids=lambda kind: kind.key,
    )
    for name in ("unit", "earlier")
}


@of_each_kind
def test_a_row_that_comes_twice_is_refused(kind):
    place = len(kind.examples) + 1
    told = said(kind, more=[kind.examples[0]])
    assert any(each.startswith(f"{place} ") and "与第1行重复" in each for each in told)


@of_each_kind
def test_a_header_total_that_is_off_by_one_is_told_with_the_difference(kind):
    totals = [each for each in kind.header if isinstance(each, Amount)]
    for column in totals:
        if column.name not in NOT_TOTALS:
            wrong = str(Decimal(str(column.read(column.example))) + 1)
            told = [each for each in said(kind, header={column.name: wrong}) if "相差1。" in each]
            assert any(each.startswith("表头 ") for each in told), column.name
            if column.name in SUMS or column.name.endswith("total"):
                assert any(each.startswith(f"表头 {column.label}：合计不符") for each in told)


@of_each_with["unit"]
def test_figures_typed_in_another_unit_are_found(kind):
    units = dict(next(each for each in kind.header if each.name == "unit").choices)
    unit, worth = ("万元", "6,000,000") if "wan" in units else ("元", "60,000,000,000")
    money = [each for each in kind.columns if type(each) is Amount and each.is_required]
    column = next((each for each in money if each.name == "amount"), money[0])
    told = said(kind, header={"unit": unit}, rows={1: {column.name: worth}})
    sentence = "按表头的金额单位，这个数超过500亿元。请核对单位是元还是万元。"
    assert f"1 {column.label}：{sentence}" in told


@of_each_with["earlier"]
def test_an_earlier_period_in_another_unit_is_found(kind):
    earlier = kind.column("earlier")
    for side in ("收入", "支出") if "side" in kind.examples[0] else ("",):
        rows = {
            place: {"earlier": str(Decimal(str(earlier.read(row["earlier"]) or 1)) * 10_000)}
            for place, row in enumerate(kind.examples, 1)
            if row.get("side", "") == side
        }
        told = [each for each in said(kind, rows=rows) if "相差一千倍以上" in each]
        assert len(told) == 1, side


@of_each_kind
def test_what_has_been_done_does_not_lie_ahead(kind):
    days = [each for each in (*kind.header, *kind.columns) if isinstance(each, Day)]
    with as_of(start_of(datetime.date(2020, 1, 1))):
        told = " ".join(said(kind))
    for column in days:
        if column.name not in NOT_YET:
            assert f"{column.label}：日期还没有到，请核对。" in told
