"""Tables of money and purchases kept with a draft: every kind goes in and comes back the same."""

import pytest

from disclosures.kinds import KINDS, finance, procurement
from disclosures.models import Edition
from disclosures.sheets.charts import courses, figures
from portal.ledger.acts import Refused
from tests.disclosures.kinds.tables import typed

pytestmark = pytest.mark.django_db


def test_every_kind_is_kept_and_reads_and_draws_the_same(cast, stage):
    edition = stage.draft()
    for kind in (*finance.KINDS, *procurement.KINDS):
        table = kind.example()
        edition.tabulate(by=cast.editor, table=table)
        kept = Edition.objects.get(pk=edition.pk).sheet
        assert (kept.kind, kept.period) == (kind.key, kind.period_of(table))
        assert kept.table().digest() == table.digest() == kept.digest
        assert figures(kept.as_kind, kept.table()) == figures(kind, table)


def test_a_table_without_its_header_is_refused_before_anything_is_added_up(cast, stage):
    edition = stage.draft()
    table, _unfit = typed(KINDS["budget"], rows={1: {"amount": "1"}})
    table.header["unit"] = None
    with pytest.raises(Refused) as refused:
        edition.tabulate(by=cast.editor, table=table)
    assert "这一格必须填写。" in str(refused.value)
    assert "合计" not in str(refused.value)
    assert Edition.objects.get(pk=edition.pk).sheet is None


def test_headers_of_a_year_are_enough_to_draw_its_quarters():
    kind = KINDS["execution"]
    header = kind.example().header
    (figure,) = courses(kind, [header | {"period": f"2026-Q{quarter}"} for quarter in (3, 1, 2)])
    assert figure.categories == ["2026年第1季度", "2026年第2季度", "2026年第3季度"]
