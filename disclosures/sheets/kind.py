"""A kind of typed table: its header, its columns, and the rules that hold between them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from disclosures.sheets.columns import Column, Unfit, Value
from disclosures.sheets.periods import Period
from disclosures.sheets.schema import column_from
from disclosures.sheets.table import Fault, Row, Table

Check = Callable[["Kind", Table], Iterator[Fault]]
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Kind:
    """What one kind of table asks for.

    `entries` are the codes of the catalogue entries it is offered for; `identity` the columns by
    which a row is known again in the next edition; `checks` the rules between rows. A kind that
    lists people takes no column beyond its own: what is not asked for is not published.
    """

    key: str
    label: Any
    header: tuple[Column, ...]
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    chart: Any = None
    lists_people: bool = False
    version: int = 1

    @property
    def period(self) -> Period | None:
        """The header column that says which period the table is about, if it has one."""
        return next((column for column in self.header if isinstance(column, Period)), None)

    def period_of(self, table: Table) -> str:
        """The period the table is about, '' where the kind has none."""
        return str(table.header.get(self.period.name) or "") if self.period else ""

    def column(self, name: str) -> Column:
        """The column of that name, of the rows or of the header."""
        return next(each for each in (*self.columns, *self.header) if each.name == name)

    def read_header(self, cells: dict[str, Any]) -> tuple[dict[str, Value], list[Fault]]:
        """Read the header's cells by name; what is missing or unfit is told with its heading."""
        return _read(self.header, cells, place=None)

    def read_row(self, cells: dict[str, Any], place: int) -> tuple[Row, list[Fault]]:
        """Read one row's cells by name; `place` is where its faults will be said to be.

        One that was lawfully removed is all mark, and is taken as it is.
        """
        row = Row({column.name: cells.get(column.name) for column in self.columns}, place=place)
        if row.is_removed:
            return row, []
        row.values, faults = _read(self.columns, cells, place=place)
        return row, faults

    def table(self, header: dict[str, Value], rows: list[Row]) -> Table:
        """A table of this kind, which remembers how its columns were called."""
        return Table(self.told(), header, rows)

    def faults(self, table: Table) -> list[Fault]:
        """Everything that is wrong between the cells of a table whose cells are all fit."""
        if not table.rows:
            return [Fault(None, "", _("表里没有数据，请至少填写一行。"))]
        if len(table.rows) > MOST_ROWS:
            told = _("一张表最多%(most)d行，请分成几份公开。") % {"most": MOST_ROWS}
            return [Fault(None, "", told)]
        remaining = table.remaining()
        return [fault for check in self.checks for fault in check(self, remaining)]

    def follow(self, table: Table, earlier: Table | None) -> None:
        """Give rows that were in the earlier table under the same identity their old ids.

        A row that has such an id already, because it was changed in its place, keeps it.
        """
        if earlier is None or earlier.kind != self.key:
            return
        table.follow_removed(earlier)
        kept = {row.id for row in table.rows} & {row.id for row in earlier.rows}
        known = {self.name_of(row): row.id for row in earlier.rows if row.id not in kept}
        for row in table.rows if self.identity else ():
            if row.id not in kept:
                row.id = known.pop(self.name_of(row), row.id)

    def name_of(self, row: Row) -> tuple[Value, ...]:
        """What a row is known by."""
        return tuple(row[name] for name in self.identity)

    def told(self) -> dict:
        """Describe the kind for files and programs."""
        with override(settings.LANGUAGE_CODE):
            label = str(self.label)
        return {
            "kind": self.key,
            "version": self.version,
            "label": label,
            "header": [column.told() for column in self.header],
            "columns": [column.told() for column in self.columns],
        }


def kind_from(schema: dict) -> Kind:
    """The kind as a table remembers it, without rules: for one that is gone or has changed."""
    header, columns = (
        tuple(column_from(told) for told in schema[name]) for name in ("header", "columns")
    )
    return Kind(schema["kind"], schema["label"], header, columns, version=schema["version"])


def _read(
    columns: Iterable[Column], cells: dict[str, Any], place: int | None
) -> tuple[dict[str, Value], list[Fault]]:
    values: dict[str, Value] = {}
    faults = []
    for column in columns:
        try:
            values[column.name] = column.read(cells.get(column.name))
        except Unfit as unfit:
            values[column.name] = None
            faults.append(Fault(place, str(column.label), unfit.sentence))
            continue
        if column.is_required and values[column.name] is None:
            faults.append(Fault(place, str(column.label), _("这一格必须填写。")))
    return values, faults
