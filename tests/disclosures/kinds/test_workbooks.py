"""Every kind of money and purchases as a school's own workbook has it, read to the last cell."""

import io

import pytest
from openpyxl import Workbook

from disclosures.kinds import KINDS, finance, procurement
from disclosures.sheets.reading import read

OWN = [*finance.KINDS, *procurement.KINDS]


def own(kind, *, changed, adjust=None):
    """A workbook with a title over all columns, the header beneath, and other words as headings."""
    book = Workbook()
    sheet = book.active
    sheet.append([f"云和县第一中学{kind.label}"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(kind.columns))
    for column in kind.header:
        sheet.append([f"{column.label}：", column.example])
    sheet.append([(column.aliases or (str(column.label),))[0] for column in kind.columns])
    for row in kind.examples:
        sheet.append([row[column.name] + changed.get(column.name, "") for column in kind.columns])
    if adjust:
        adjust(sheet)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return read(kind, "own.xlsx", stream)


def last_text(kind):
    """A column in which something may be added without making the table wrong."""
    return [column.name for column in kind.columns if column.name in ("note", "opinion")][-1]


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.key)
def test_a_school_own_workbook_is_read_whole(kind):
    name = last_text(kind)
    reading = own(kind, changed={name: "已核对"})
    example = kind.example()
    assert (reading.faults, reading.notes) == ([], [])
    assert reading.table.header == example.header
    expected = [row.values | {name: f"{row[name] or ''}已核对"} for row in example.rows]
    assert [row.values for row in reading.table.rows] == expected


def test_a_rate_shown_as_a_percentage_is_read_as_it_is_shown():
    kind = KINDS["execution"]
    at = [column.name for column in kind.columns].index("rate") + 1
    first = len(kind.header) + 3

    def divided(sheet):
        for place, (part, whole) in enumerate([(1450.9, 1985.5), (1450.9, 1985.5)], first):
            sheet.cell(place, at, part / whole).number_format = "0.00%"
        sheet.cell(first + 2, at, 75.0)

    reading = own(kind, changed={"note": "已核对"}, adjust=divided)
    assert reading.faults == []
    assert [row["rate"] for row in reading.table.rows] == ["73.07", "73.07", "75", "74.86"]
