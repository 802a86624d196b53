"""Putting a typed table into a draft: kept once, followed from edition to edition, sealed."""

from decimal import Decimal

import pytest

from disclosures import proof
from disclosures.kinds.fees import FEES
from disclosures.models import Edition, Sheet, SheetPage
from disclosures.sheets.table import Row
from portal.ledger.acts import Refused
from portal.ledger.models import Act

pytestmark = pytest.mark.django_db
HEADER = {
    "period": "2026-autumn",
    "grades": "七至九年级",
    "complaint_phone": "12315",
    "reduction_policy": "家庭经济困难学生免收。",
}


def fees(*items):
    """A sound list of fees: (item, amount) each."""
    rows = [
        Row(
            {
                "item": item,
                "nature": "collected",
                "amount": str(Decimal(amount)),
                "unit": "元/生·学期",
                "scope": "全体学生",
                "voluntary": True,
            }
        )
        for item, amount in items
    ]
    return FEES.table(dict(HEADER), rows)


def test_a_table_is_kept_and_read_back(cast, stage):
    edition = stage.draft()
    edition.tabulate(by=cast.editor, table=fees(("作业本费", "12.5"), ("校服费", "180")))
    kept = Edition.objects.get(pk=edition.pk).sheet
    assert [row["item"] for row in kept.rows()] == ["作业本费", "校服费"]
    assert (kept.kind, kept.period, kept.row_count) == ("fees", "2026-autumn", 2)
    assert kept.table().digest() == kept.digest
    assert Act.objects.latest("id").name == "edit"


def test_the_next_table_follows_the_rows_and_leaves_the_first_as_it_was(cast, stage):
    edition = stage.draft()
    edition.tabulate(by=cast.editor, table=fees(("作业本费", "12.5"), ("校服费", "180")))
    first = edition.sheet
    before = {row["item"]: row.id for row in first.rows()}
    edition.tabulate(by=cast.editor, table=fees(("校服费", "200"), ("保险费", "60")))
    after = {row["item"]: row.id for row in edition.sheet.rows()}
    assert after["校服费"] == before["校服费"]
    assert after["保险费"] not in before.values()
    assert [row["amount"] for row in Sheet.objects.get(pk=first.pk).rows()] == ["12.5", "180"]


def test_a_long_table_is_kept_in_pages(cast, stage):
    edition = stage.draft()
    edition.tabulate(by=cast.editor, table=fees(*((f"项目{n}", "1") for n in range(1101))))
    sizes = [len(page.rows) for page in SheetPage.objects.order_by("number")]
    assert sizes == [500, 500, 101]
    assert [row["item"] for row in edition.sheet.page_of_rows(3)][-1] == "项目1100"


def test_what_does_not_hold_is_refused_with_the_reason(cast, stage):
    edition = stage.draft()
    with pytest.raises(Refused, match="重复"):
        edition.tabulate(by=cast.editor, table=fees(("校服费", "180"), ("校服费", "200")))
    assert Edition.objects.get(pk=edition.pk).sheet is None
    assert not Sheet.objects.exists()


def test_a_sealed_table_is_in_the_ledger_row_by_row(cast, stage):
    edition = stage.draft(body="")
    edition.tabulate(by=cast.editor, table=fees(("作业本费", "12.5"), ("校服费", "180")))
    stage.carry_out(edition)
    pieces = next(iter(proof.pieces_of(edition).values()))
    told = {piece.name: piece.says(text) for piece, text in pieces}
    assert {"sheet", "row/00001", "row/00002"} <= set(told)
    assert all(told.values())
    with pytest.raises(Refused):
        edition.tabulate(by=cast.editor, table=None)


def test_the_table_of_another_matter_is_refused(cast, stage, refused):
    edition, other = stage.draft(), stage.draft(title="另一件")
    other.tabulate(by=cast.editor, table=fees(("校服费", "180")))
    with refused("数据表属于别的公开事项，不能放进这份文稿。"):
        edition.edit(by=cast.editor, version=0, sheet=other.sheet)
