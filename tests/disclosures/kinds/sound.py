"""Tables made as a clerk would fill them in: the examples of a kind, and one cell changed."""

from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Table


def read(kind: Kind, header: dict, rows: list[dict]) -> tuple[Table, list[Fault]]:
    """The table of these cells, and every fault of it, cells first."""
    values, faults = kind.read_header(header)
    read_rows = []
    for place, cells in enumerate(rows, start=1):
        row, wrong = kind.read_row(cells, place)
        read_rows.append(row)
        faults += wrong
    table = kind.table(values, read_rows)
    return table, faults or kind.faults(table)


def header_of(kind: Kind, **cells) -> dict:
    """The header by its columns' own examples."""
    return {column.name: column.example or None for column in kind.header} | cells


def sound(kind: Kind) -> Table:
    """The examples of the kind as a table."""
    table, faults = read(kind, header_of(kind), list(kind.examples))
    assert faults == []
    return table


def faults_of(kind: Kind, *, row: int = 1, header: dict | None = None, **cells) -> list[tuple]:
    """What is told of the examples with cells of one row changed: (row, heading, sentence)."""
    rows = [dict(each) for each in kind.examples]
    rows[row - 1] |= cells
    _table, faults = read(kind, header_of(kind) | (header or {}), rows)
    return [(fault.row, fault.column, fault.sentence) for fault in faults]
