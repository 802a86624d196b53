"""The rows of a table in a file: which are data, which are not, and what is wrong in each."""

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from disclosures.sheets import facts, totals
from disclosures.sheets.cells import EMPTY_MARKS
from disclosures.sheets.heads import Head, plain
from disclosures.sheets.kind import MOST_ROWS, Kind
from disclosures.sheets.opening import ERRORS, Leaf, Place
from disclosures.sheets.shares import Percent
from disclosures.sheets.table import Fault, Row, Table
from disclosures.sheets.template import examples, is_template
from portal.text.reader import listed

STEP = 500
MOST_BLANK = 20_000
MOST_KEPT = 20_000  # faults; beyond these nobody counts
GUIDES = {"栏次", "行次", "甲"}


class Body:
    """Reads the rows beneath a head, one at a time."""

    def __init__(self, kind: Kind, leaf: Leaf, head: Head) -> None:
        self.kind, self.leaf, self.head, self.plan = kind, leaf, head, leaf.plan
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self.totals: list[totals.Total] = []
        self.hidden: list[int] = []
        self.hidden_columns: set[int] = set()
        self.missing = {str(column.label) for column in head.lacks(kind)}
        offered = examples(kind) if is_template(leaf.rows()) else []
        self.examples = [kind.read_row(row, 0)[0].values for row in offered]
        self.left_examples: list[int] = []
        self.merged = _Merged(leaf.plan, head)

    def read(self, header, report=None) -> None:
        """Read on to the end; facts beneath the table go to its header."""
        blank = 0
        for number, row in enumerate(self.leaf.rows(), start=1):
            if number <= self.head.last:
                continue
            if not any(_says(cell) for cell in row):
                blank += 1
            elif len(self.faults) < MOST_KEPT:
                blank = 0
                self._take(self.merged.filled(row, number), number, header)
            if blank > MOST_BLANK or len(self.rows) > MOST_ROWS:
                break
            if report and number % STEP == 0:
                report(number, max(number, self.plan.row_count))
        self._tell_hidden()
        if self.left_examples:
            told = _("第%(rows)s行和模板的示例一样，没有导入。确实要公开的，导入后在草稿里补上。")
            self.notes.append(told % {"rows": listed(map(str, self.left_examples))})

    def between(self, table: Table, *, unsure: bool) -> list[Fault]:
        """What is wrong between rows; where cells are unfit, nothing that hangs on them."""
        if not self.rows:
            return [] if self.faults else [Fault(None, "", _("表里没有数据，请至少填写一行。"))]
        columns = {fault.column for fault in self.faults}
        wrong = islice(totals.wrong(self.kind, self.rows, self.totals, columns), MOST_KEPT)
        if not unsure or len(self.rows) > MOST_ROWS:
            return [*wrong, *self.kind.faults(table)]
        return [*wrong, *self._surely_wrong(table)]

    def _surely_wrong(self, table: Table):
        """What is wrong between the sound rows whatever the others would say: nothing is added."""
        spoiled = {fault.row for fault in self.faults}
        sound = [row for row in self.rows if row.place not in spoiled]
        added = {str(column.label) for column in self.kind.columns if column.is_number}
        for fault in self.kind.faults(replace(table, rows=sound)) if sound else ():
            if fault.row is not None and fault.column not in added:
                yield fault

    def _take(self, row: list[Any], number: int, header) -> None:
        cells = {
            column.name: self._cell(row[at - 1], Place(number, at), column)
            if at <= len(row)
            else None
            for at, column in self.head.columns.items()
        }
        if self._is_no_data(row, cells, number, header):
            return
        if number in self.plan.hidden_rows:
            self.hidden.append(number)
            return
        header.take_columns(row, number)
        self._note_hidden_columns(row)
        spoiled = dict(self._spoiled(cells, number))
        read, faults = self.kind.read_row({**cells, **dict.fromkeys(spoiled)}, number)
        if read.values in self.examples:
            self.left_examples.append(number)
            return
        labels = {str(self.kind.column(name).label) for name in spoiled} | self.missing
        self.rows.append(read)
        self.faults += [fault for fault in faults if fault.column not in labels]
        for name, sentence in spoiled.items():
            self.faults.append(Fault(number, str(self.kind.column(name).label), sentence))

    def _cell(self, cell, place: Place, column):
        """A cell as its column reads it: what is shown as a percentage, as it is shown."""
        is_share = column.type == Percent.type and place in self.plan.percents
        return f"{cell * 100:.{column.places}f}%" if is_share and _is_number(cell) else cell

    def _is_no_data(self, row, cells, number, header):
        """Whether a row is blank, the head again, a total, an example, or beside the table."""
        said = {name: cell for name, cell in cells.items() if _says(cell)}
        if not said:
            self._stands_beside(row, number, header)
            return True
        if self._is_head(row) or plain(row[0]) in GUIDES:
            return True
        is_whole = all(column.name in said for column in self.kind.columns if column.is_required)
        if word := totals.word_of(row, is_whole_row=is_whole):
            self.totals.append(totals.Total(word, number, cells, len(self.rows)))
            return True
        if is_whole and not facts.begins(next(iter(said.values())), header.known):
            return False
        return self._stands_beside(row, number, header)

    def _stands_beside(self, row, number, header):
        found = facts.stands_beside(row, number, header.known)
        for fact in found:
            header.take(fact)
        return bool(found)

    def _is_head(self, row):
        if not self._begins_like_head(row):
            return False
        said = {at: plain(cell) for at, cell in enumerate(row, start=1) if _says(cell)}
        return said == {at: plain(label) for at, label in self.head.labels.items()}

    def _begins_like_head(self, row):
        first = min(self.head.labels)
        return len(row) >= first and plain(row[first - 1]) == plain(self.head.labels[first])

    def _spoiled(self, cells, number):
        """Cells that cannot be read whatever their column, with the sentence for each."""
        for at, column in self.head.columns.items():
            cell, place = cells[column.name], Place(number, at)
            name = f"{get_column_letter(at)}{number}"
            if place in self.plan.lost:
                told = _("%(cell)s是公式，还没有结果。请用 Excel 或 WPS 打开，保存一次再上传。")
                yield column.name, told % {"cell": name}
            elif isinstance(cell, str) and cell.strip().upper() in ERRORS:
                told = _("%(cell)s的公式出错（%(error)s）。请改正，或直接写数值。")
                yield column.name, told % {"cell": name, "error": cell.strip()}
            elif self.merged.spans(place):
                told = _("%(cell)s与右边的格子合并了。请取消合并，逐格填写。")
                yield column.name, told % {"cell": name}
            elif place in self.plan.percents and _is_number(cell):
                told = _("%(cell)s是百分比格式。请改成常规格式，写“%(number)s”这样的数。")
                yield column.name, told % {"cell": name, "number": f"{cell * 100:.10g}"}

    def _note_hidden_columns(self, row):
        for at in self.plan.hidden_columns & self.head.labels.keys():
            if at <= len(row) and _says(row[at - 1]):
                self.hidden_columns.add(at)

    def _tell_hidden(self):
        """Hidden rows that follow each other are one fault, however many a filter has hidden."""
        for first, last in _runs(self.hidden):
            told = _("这一行是隐藏的。请取消隐藏，或删除它。")
            if last > first:
                told = _("第%(first)d至%(last)d行是隐藏的。请取消隐藏，或删除它们。")
                told %= {"first": first, "last": last}
            self.faults.append(Fault(first, "", told))
        for at in sorted(self.hidden_columns):
            told = _("%(letter)s列是隐藏的。请取消隐藏，或删除它。")
            told %= {"letter": get_column_letter(at)}
            self.faults.append(Fault(self.head.last, self.head.labels[at], told))


class _Merged:
    """Merged cells beneath a head: what is merged downwards says the same of each row."""

    def __init__(self, plan, head: Head) -> None:
        beneath = [area for area in plan.merged if area[1] > head.last]
        self.wide = {
            Place(row, left)
            for left, first, right, last in beneath
            if sum(left <= at <= right for at in head.columns) > 1
            for row in range(first, min(last, first + MOST_ROWS) + 1)
        }
        self.deep: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for left, first, _right, last in beneath:
            if last > first:
                self.deep[first].append((left, last))
        self.open: list[tuple[int, int, Any]] = []

    def filled(self, row: list[Any], number: int) -> list[Any]:
        """The row with what the merged cells above say of it."""
        self.open = [each for each in self.open if each[1] >= number]
        for left, _last, value in self.open:
            row += [None] * (left - len(row))
            row[left - 1] = value
        for left, last in self.deep.get(number, ()):
            if left <= len(row):
                self.open.append((left, last, row[left - 1]))
        return row

    def spans(self, place: Place) -> bool:
        return place in self.wide


def _runs(numbers):
    """The stretches of numbers that follow each other: (first, last)."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [tuple(run) for run in runs]


def _says(cell: Any) -> bool:
    return cell is not None and str(cell).strip() not in EMPTY_MARKS


def _is_number(cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
