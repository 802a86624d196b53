"""The order of the winning candidates (《招标投标法实施条例》第五十三条)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from disclosures.sheets.checks import fault_at, grouped
from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.table import Fault, Table


def in_turn(lot: str, rank: str, *, most: int) -> Check:
    """In each lot the ranks are 1, 2 and so on, to no more than `most`."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for rows in grouped(table.rows, lot):
            before = 0
            for row in sorted(rows, key=lambda row: int(row[rank] or 0)):
                here = int(row[rank] or 0)
                if here > most:
                    sentence = _("中标候选人不超过%(most)d个。") % {"most": most}
                    yield fault_at(kind, row, rank, sentence)
                elif here > before + 1 or here == 0:
                    yield fault_at(kind, row, rank, _("排名要从1开始，不能跳号。"))
                before = here

    return check
