"""Typed tables for tests: a school's fees and budget, of as many rows as a test needs."""

import weakref

from disclosures.kinds.fees import FEES
from disclosures.kinds.finance.budgets import BUDGET
from disclosures.models import SheetPage
from disclosures.sheets.table import Row

FEES_HEADER = {
    "period": "2026-autumn",
    "grades": "七至九年级",
    "complaint_phone": "12315",
    "reduction_policy": "家庭经济困难学生免收。",
}
BUDGET_HEADER = {
    "period": "2026",
    "unit": "wan",
    "approved_on": "2026-02-01",
    "approved_by": "区财政局",
    "income_total": "300",
    "spending_total": "300",
}


def fees(*items, **header):
    """A sound list of fees: (item, amount) each."""
    common = {"nature": "collected", "unit": "元/生·学期", "scope": "全体学生", "voluntary": True}
    rows = [Row(common | {"item": item, "amount": amount}) for item, amount in items]
    return FEES.table(FEES_HEADER | header, rows)


def budget(*lines, **header):
    """A budget: (side, code, item, amount) each; approved in the year it is for."""
    approved = f"{header.get('period', BUDGET_HEADER['period'])}-02-01"
    rows = [
        Row({"side": side, "code": code, "item": item, "amount": amount})
        for side, code, item, amount in lines
    ]
    return BUDGET.table(BUDGET_HEADER | {"approved_on": approved} | header, rows)


SMALL_BUDGET = (
    ("income", "205", "财政拨款", "300"),
    ("spending", "301", "工资福利支出", "200"),
    ("spending", "30101", "基本工资", "150"),
    ("spending", "30102", "津贴补贴", "50"),
    ("spending", "302", "商品和服务支出", "100"),
)


def posted(stage, table, **content):
    """A published notice whose table this is."""
    edition = stage.draft(body="", **content)
    edition.tabulate(by=edition.drafted_by, table=table)
    return stage.carry_out(edition)


class RowsHeld:
    """How many rows that were read from the database are in memory at once, and were at most."""

    def __init__(self, monkeypatch):
        self.now = self.most = 0
        self._seen, self._as_rows = [], SheetPage.as_rows
        monkeypatch.setattr(SheetPage, "as_rows", lambda page: self._counted(page))

    def _counted(self, page):
        rows = self._as_rows(page)
        self._seen += [weakref.ref(row, self._left) for row in rows]
        self.now += len(rows)
        self.most = max(self.most, self.now)
        return rows

    def _left(self, _row):
        self.now -= 1
