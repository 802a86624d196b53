"""The header of a table in a file: on a sheet of its own, around the table, or in its columns."""

from typing import Any

from django.utils.translation import gettext as _

from disclosures.sheets import facts
from disclosures.sheets.cells import EMPTY_MARKS
from disclosures.sheets.columns import Column, Unfit
from disclosures.sheets.heads import Head, Words, plain
from disclosures.sheets.kind import Kind
from disclosures.sheets.opening import Leaf
from disclosures.sheets.table import Fault
from disclosures.sheets.template import example
from portal.text.reader import listed


class Header:
    """Gathers what a file says of its table as a whole; `read` makes the header of it."""

    def __init__(self, kind: Kind, leaf: Leaf, head: Head) -> None:
        self.kind, self.leaf, self.head = kind, leaf, head
        self.known = Words(kind.header)
        self.faults: list[Fault] = []
        self.cells: dict[str, tuple[Any, int | None, str]] = {}
        self.left: list[str] = []
        self.sheet = ""

    @property
    def notes(self) -> list[str]:
        names = list(dict.fromkeys(self.left))
        told = _("这些内容不在表头里，没有导入：%(names)s。")
        return [told % {"names": listed(names)}] if names else []

    def take_sheet(self, sheet: Leaf) -> None:
        """The sheet 表头 of the template: what it is called, what it is."""
        self.sheet = sheet.name
        for number, row in enumerate(sheet.rows(), start=1):
            label, value = (*row, None, None)[:2]
            column = self.known.column(str(label or ""))
            if column and _says(value):
                self._put(column, value, number, sheet.name)

    def take_above(self) -> None:
        """What stands above the head, and the unit in brackets behind a heading."""
        for number, row in enumerate(self.leaf.rows(), start=1):
            if number >= self.head.first:
                break
            for fact in facts.told_in(row, number, self.known):
                self.take(fact)
        labels = [self.head.labels[at] for at in self.head.columns]
        for column, fact in facts.units_in(self.kind, labels, self.head.last):
            self._put(column, fact.value, fact.row, "")

    def take(self, fact: facts.Told) -> None:
        """One fact; what the kind does not ask for is told as left out."""
        column = facts.column_of(self.kind, fact, self.known)
        if column is None:
            self.left.append(str(fact.label))
        elif _says(fact.value):
            self._put(column, fact.value, fact.row, "")

    def take_columns(self, row: list[Any], number: int) -> None:
        """A header told on every line, as tables for programs do."""
        for at, column in self.head.header.items():
            if at <= len(row) and _says(row[at - 1]):
                self._put(column, row[at - 1], number, "")

    def read(self) -> dict:
        """The header's values; what is missing or unfit is told where it stands."""
        cells = {name: cell for name, (cell, _row, _sheet) in self.cells.items()}
        values, faults = self.kind.read_header(cells)
        places = {
            str(self.kind_column(name).label): place for name, (_c, *place) in self.cells.items()
        }
        for fault in faults:
            row, sheet = places.get(fault.column, (None, ""))
            is_there = fault.column in places
            told = fault.sentence if is_there else self._missing(fault.column)
            self.faults.append(Fault(row, fault.column, told, sheet if is_there else self.sheet))
        return values

    def kind_column(self, name: str) -> Column:
        return next(column for column in self.kind.header if column.name == name)

    def _missing(self, label: str) -> str:
        column = next(each for each in self.kind.header if str(each.label) == label)
        if self.sheet:
            told = _("没有填写“%(label)s”。请在工作表“%(sheet)s”里填写。")
            return told % {"label": label, "sheet": self.sheet}
        told = _("没有写“%(label)s”。请在表格上方写“%(label)s：%(example)s”。")
        return told % {"label": label, "example": example(column) or "……"}

    def _put(self, column: Column, value: Any, row: int, sheet: str) -> None:
        if column.name not in self.cells:
            self.cells[column.name] = (value, row, sheet)
        elif not self._is_same(column, self.cells[column.name][0], value):
            told = _("“%(label)s”写了两个：%(first)s、%(second)s。请只留一个。")
            first = self.cells[column.name][0]
            said = {"label": column.label, "first": first, "second": value}
            self.faults.append(Fault(row, str(column.label), told % said, sheet))

    def _is_same(self, column, first, second):
        if first == second:
            return True
        try:
            return column.read(first) == column.read(second)
        except Unfit:
            return plain(first) == plain(second)


def _says(value: Any) -> bool:
    return value is not None and str(value).strip() not in EMPTY_MARKS
