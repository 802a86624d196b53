"""A typed table in memory: its header, its rows, and what is wrong in it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from disclosures.sheets.columns import Value
from portal.text.canonical import digest, json_bytes

JSON = "application/json"
SCHEMA = 1


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

    def told(self) -> dict:
        return {"id": self.id, "values": self.values}


@dataclass
class Table:
    """What one sheet says. `schema` is how its kind told itself when the table was made."""

    schema: dict[str, Any]
    header: dict[str, Value]
    rows: list[Row]

    @property
    def kind(self) -> str:
        return self.schema["kind"]

    def afresh(self) -> "Table":
        """The same with new ids for its rows: the table of another matter."""
        return Table(self.schema, self.header, [Row(row.values) for row in self.rows])

    def head(self) -> dict[str, Any]:
        """Everything but the rows, as the ledger and files tell it."""
        return {"schema": self.schema, "header": self.header, "row_count": len(self.rows)}

    def parts(self) -> Iterator[tuple[str, str, bytes]]:
        """The table as ordered (name, media type, bytes), one part a row."""
        yield "sheet", JSON, json_bytes(self.head())
        for number, row in enumerate(self.rows, start=1):
            yield f"row/{number:05d}", JSON, json_bytes(row.told())

    def digest(self) -> str:
        """The SHA-256 over the parts, as `portal.text.canonical.digest` writes it."""
        return digest(self.parts(), schema=SCHEMA)
