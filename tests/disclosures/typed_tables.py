"""What tests of typed tables share: a sound list of fees, and the grid as a browser sends it."""

from disclosures.kinds.fees import FEES
from disclosures.sheets.table import Row

HEADER = {
    "period": "2026-autumn",
    "grades": "全校",
    "complaint_phone": "12315",
    "reduction_policy": "家庭经济困难学生免收。",
}


def fee(item, amount, **more):
    """The values of one sound line."""
    return {
        "item": item,
        "nature": "collected",
        "amount": amount,
        "unit": "元/生·学期",
        "scope": "全体学生",
        "voluntary": True,
    } | more


def fees(*items, **header):
    """A sound list of fees: (item, amount) each."""
    return FEES.table(HEADER | header, [Row(fee(*item)) for item in items])


def grid_of(answer):
    """Every input of the grid on a page, by name, as the browser would send it back."""
    grid, carried = answer.context["grid"], answer.context["carried"]
    cells = [*grid.header, *(cell for line in grid.lines for cell in line.cells)]
    return {
        "kind": grid.kind.key,
        "shows": " ".join(grid.shows),
        "page": answer.context["page_number"],
        "id": [line.id for line in grid.lines],
        **carried,
        **{cell.name: cell.text for cell in cells},
    }


def line(place, item, amount, **more):
    """One line of the grid as it is typed."""
    typed = fee(item, amount) | {"voluntary": "yes"} | more
    return {f"row-{place}-{name}": value for name, value in typed.items()}


def header(**more):
    return {f"head-{name}": value for name, value in (HEADER | more).items()}


def items(edition):
    """The lines a draft's table has: (item, amount) each."""
    return [(row["item"], row["amount"]) for row in edition.sheet.rows()]
