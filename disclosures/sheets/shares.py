"""Shares of a whole in percent."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from disclosures.sheets.cells import number_in
from disclosures.sheets.columns import Amount, Unfit, Value


@dataclass(frozen=True)
class Percent(Amount):
    """So many in a hundred, kept without the sign: 45.2 for 45.2%."""

    most: Decimal = Decimal(1000)
    type: ClassVar[str] = "percent"

    def take(self, cell: Any) -> Value:
        """Read `45.2%` or `45.2`; what a formula divided is rounded."""
        if isinstance(cell, str):
            cell = unicodedata.normalize("NFKC", cell).strip().removesuffix("%")
        number = number_in(cell)
        if number is not None and abs(number) <= 1 and number != round(number, self.places):
            raise Unfit(_("要写百分数，如“45.2”，不写小数“0.452”。"))
        if isinstance(cell, float):
            cell = round(cell, self.places)
        if number is not None and number > self.most:
            raise Unfit(_("不能大于%(most)s%%。") % {"most": self.most})
        return super().take(cell)

    def show(self, value: Value) -> str:
        return f"{super().show(value)}%"
