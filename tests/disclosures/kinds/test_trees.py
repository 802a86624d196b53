"""Trees of lines, whatever their shape: a sound one stays sound, a changed cell is found."""

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disclosures.kinds.finance.budgets import BUDGET
from disclosures.sheets.checks import off
from disclosures.sheets.table import Fault, Row

COLUMN = BUDGET.column("amount")
cents = st.integers(1, 10**8).map(lambda number: Decimal(number) / 100)
leaves = st.lists(cents, min_size=1, max_size=4)
lines = st.recursive(
    cents, lambda beneath: st.lists(beneath, min_size=1, max_size=4), max_leaves=14
)
trees = st.lists(lines, min_size=1, max_size=5)


def told(tree, style, above=""):
    """The lines of a tree as (code, amount, code above), each before those beneath it."""
    for number, line in enumerate(tree, 1):
        code = f"{above}{number:02d}" if style == "digits" and above else f"{above}.{number}"
        code = code if above else str(200 + number)
        beneath = list(told(line, style, code)) if isinstance(line, list) else []
        amount = sum(each[1] for each in beneath if each[2] == code) if beneath else line
        yield code, amount, above
        yield from beneath


def budget(spending):
    """A budget of these spending lines, and as much income, in yuan."""
    total = sum(amount for _code, amount, above in spending if not above)
    header = BUDGET.example().header | {"unit": "yuan"}
    header |= {"income_total": str(total), "spending_total": str(total)}
    rows = [("income", "1", total), *(("spending", code, amount) for code, amount, _ in spending)]
    return BUDGET.table(
        header,
        [
            Row({"side": side, "code": code, "item": code, "amount": str(amount)}, place=place)
            for place, (side, code, amount) in enumerate(rows, 1)
        ],
    )


@given(tree=trees, style=st.sampled_from(["digits", "dots"]), order=st.randoms())
@settings(max_examples=60)
def test_a_sound_tree_stays_sound_in_any_order(tree, style, order):
    table = budget(list(told(tree, style)))
    order.shuffle(table.rows)
    assert BUDGET.faults(table) == []


@given(tree=trees, style=st.sampled_from(["digits", "dots"]), change=cents, pick=st.randoms())
@settings(max_examples=60)
def test_a_changed_line_is_found_with_its_difference(tree, style, change, pick):
    spending = list(told(tree, style))
    table = budget(spending)
    at = pick.randrange(len(spending))
    code, amount, above = spending[at]
    table.rows[at + 1].values["amount"] = str(amount + change)
    assume(amount + change != 10_000 * amount)
    total = Decimal(table.header["spending_total"])
    assert set(BUDGET.faults(table)) == set(_found(spending, at, change, total))


def _found(spending, at, change, total):
    """What must be told: of the line itself if any stand beneath it, and of what stands above."""
    code, amount, above = spending[at]
    if any(each[2] == code for each in spending):
        rule = f"“{code}”与它下面各行之和不符："
        yield Fault(at + 2, str(COLUMN.label), off(COLUMN, str(amount + change), amount, rule))
    if above:
        place, whole = next((n, each[1]) for n, each in enumerate(spending, 2) if each[0] == above)
        rule = f"“{above}”与它下面各行之和不符："
        yield Fault(place, str(COLUMN.label), off(COLUMN, str(whole), whole + change, rule))
    else:
        label = str(BUDGET.column("spending_total").label)
        yield Fault(None, label, off(COLUMN, str(total), total + change))


@given(amount=st.decimals(min_value=0, max_value=10**9, places=6))
@settings(max_examples=200)
def test_an_amount_that_is_shown_is_read_back(amount):
    kept = COLUMN.read(str(amount))
    assert COLUMN.read(COLUMN.shown(kept)) == kept
    assert COLUMN.read(COLUMN.typed(kept)) == kept
