"""A typed table in memory: its header, its rows, and what is wrong in it."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from disclosures.sheets.columns import Value
from portal.text.canonical import digest, json_bytes
from portal.text.masking import MARK

JSON = "application/json"
SCHEMA = 1
Part = tuple[str, str, bytes]


class Fault(NamedTuple):
    """What is wrong at one place: the row as the reader counts it (None: the whole table).

    `column` is the heading, '' for the row as a whole; `sheet` the name of a workbook's sheet.
    """

    row: int | None
    column: str
    sentence: str
    sheet: str = ""


@dataclass
class Row:
    """One line: an id that follows it from edition to edition, its values by column name.

    `place` is the row's number where it was read, for whoever has to mend it there.
    """

    values: dict[str, Value]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    place: int | None = None

    def __getitem__(self, name: str) -> Value:
        return self.values.get(name)

    @property
    def is_removed(self) -> bool:
        """Whether the row was lawfully removed: every value is the mark, the id is kept."""
        return bool(self.values) and all(value == MARK for value in self.values.values())

    def remove(self) -> None:
        """Put the mark in the place of every value, of the empty ones too."""
        self.values = dict.fromkeys(self.values, MARK)

    def told(self) -> dict:
        return {"id": self.id, "values": self.values}


@dataclass
class Table:
    """What one sheet says. `schema` is how its kind told itself when the table was made.

    Of one that is not `is_whole` rows were lawfully removed: nothing in it need add up.
    """

    schema: dict[str, Any]
    header: dict[str, Value]
    rows: list[Row]
    is_whole: bool = True

    @property
    def kind(self) -> str:
        return self.schema["kind"]

    def afresh(self) -> "Table":
        """The same with new ids for its rows: the table of another matter."""
        return Table(self.schema, self.header, [Row(row.values) for row in self.rows])

    def head(self) -> dict[str, Any]:
        """Everything but the rows, as the ledger and files tell it."""
        return {"schema": self.schema, "header": self.header, "row_count": len(self.rows)}

    def remaining(self) -> "Table":
        """The table without the rows that were lawfully removed."""
        rows = [row for row in self.rows if not row.is_removed]
        return replace(self, rows=rows, is_whole=len(rows) == len(self.rows))

    def follow_removed(self, earlier: "Table") -> None:
        """Removed rows have no identity left: they get their old ids in their order."""
        known, here = earlier.removed(), {row.id for row in self.rows}
        left = iter([row.id for row in earlier.rows if row.id in known - here])
        for row in self.rows:
            if row.is_removed and row.id not in known:
                row.id = next(left, row.id)

    def removed(self) -> set[str]:
        """The ids of the rows that were lawfully removed."""
        return {row.id for row in self.rows if row.is_removed}

    def parts(self) -> Iterator[Part]:
        """The table as ordered (name, media type, bytes)."""
        return parts_of(self.schema, self.header, len(self.rows), self.rows)

    def digest(self) -> str:
        """The SHA-256 over the parts, as `portal.text.canonical.digest` writes it."""
        return digest(self.parts(), schema=SCHEMA)


def parts_of(
    schema: dict[str, Any], header: dict[str, Value], row_count: int, rows: Iterable[Row]
) -> Iterator[Part]:
    """What a table says, in parts: its columns, one part a fact of the header, one part a row.

    `rows` may come a page at a time; they are counted from 1, as readers count them.
    """
    yield "sheet", JSON, json_bytes({"schema": schema, "row_count": row_count})
    known = [column["name"] for column in schema["header"] if column["name"] in header]
    for name in (*known, *sorted(set(header) - set(known))):
        yield f"header/{name}", JSON, json_bytes(header[name])
    for number, row in enumerate(rows, start=1):
        yield f"row/{number:05d}", JSON, json_bytes(row.told())
