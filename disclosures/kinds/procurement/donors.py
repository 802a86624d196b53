"""Whether a donor's name may be told (《公益事业捐赠法》第二十三条)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from disclosures.sheets.checks import fault_at
from disclosures.sheets.kind import Check, Kind
from disclosures.sheets.table import Fault, Table

UNNAMED = (None, "匿名", "爱心人士")


def named_only(donor: str, named: str) -> Check:
    """A donor who agreed is named; one who did not is not."""

    def check(kind: Kind, table: Table) -> Iterator[Fault]:
        for row in table.rows:
            if not row[named] and row[donor] not in UNNAMED:
                told = _("捐赠人不同意公开名称，这一格要留空，或写“匿名”。")
                yield fault_at(kind, row, donor, told)
            if row[named] and row[donor] is None:
                told = _("捐赠人同意公开名称的，这一格必须填写。")
                yield fault_at(kind, row, donor, told)

    return check
