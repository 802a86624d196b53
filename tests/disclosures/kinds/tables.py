"""The example of a kind with a few cells changed, read as a file would be, and what is wrong."""

from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Table


def typed(kind: Kind, *, header=None, rows=None, more=(), without=()) -> tuple[Table, list[Fault]]:
    """Read the example as typed by a clerk who wrote something else in some cells.

    `header` is cells by name; `rows` are cells by name by the row's number; `more` are rows beneath
    the last; `without` the numbers of rows left out.
    """
    cells = {each.name: each.example for each in kind.header} | (header or {})
    lines = [example | (rows or {}).get(n, {}) for n, example in enumerate(kind.examples, 1)]
    lines = [line for n, line in enumerate([*lines, *more], 1) if n not in without]
    values, faults = kind.read_header(cells)
    read = [kind.read_row(line, place) for place, line in enumerate(lines, 1)]
    table = kind.table(values, [row for row, _faults in read])
    return table, faults + [fault for _row, wrong in read for fault in wrong]


def said(kind: Kind, **changes) -> list[str]:
    """What the kind finds wrong in the changed example: `row column：sentence`, 表头 for no row."""
    table, unfit = typed(kind, **changes)
    return [f"{row or '表头'} {name}：{told}" for row, name, told, _ in unfit or kind.faults(table)]
