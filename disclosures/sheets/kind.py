"""A kind of typed table: its header, its columns, and the rules that hold between them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from disclosures.sheets.columns import Column, Unfit, Value
from disclosures.sheets.periods import Period
from disclosures.sheets.personal import nothing_personal
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
    `rolls` names pairs of columns (to, from), both of the rows or both of the header: in the next
    period's table the first takes what the second says in this one.
    `audiences`, where given, are the only ones it may be released to.

    `charts` and `courses` (`disclosures.sheets.charts`) and `trail` (`disclosures.sheets.trails`)
    say what is drawn. `examples` are rows as a clerk would type them, by column name; with the
    examples of the header they are sound.
    """

    key: str
    label: Any
    header: tuple[Column, ...]
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    charts: tuple[Any, ...] = ()
    courses: tuple[Any, ...] = ()
    trail: Any = None
    examples: tuple[dict[str, Any], ...] = ()
    lists_people: bool = False
    rolls: tuple[tuple[str, str], ...] = ()
    audiences: tuple[str, ...] = ()
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

    def example(self) -> Table:
        """A small sound table: what a template shows and a demonstration starts from."""
        header, _faults = self.read_header({each.name: each.example for each in self.header})
        rows = [self.read_row(cells, place)[0] for place, cells in enumerate(self.examples, 1)]
        return self.table(header, rows)

    def unfilled(self, table: Table) -> list[Fault]:
        """The cells that may not be empty and are: asked before anything is added up."""
        header = list(_missing(self.header, table.header, None))
        return header or [
            fault for row in table.rows for fault in _missing(self.columns, row.values, row.place)
        ]

    def faults(self, table: Table) -> list[Fault]:
        """Everything that is wrong between the cells of a table whose cells are all fit."""
        if not table.rows:
            return [Fault(None, "", _("表里没有数据，请至少填写一行。"))]
        if len(table.rows) > MOST_ROWS:
            told = _("一张表最多%(most)d行，请分成几份公开。") % {"most": MOST_ROWS}
            return [Fault(None, "", told)]
        remaining = table.remaining()
        always = (nothing_personal,) if self.lists_people else ()
        return [fault for check in (*always, *self.checks) for fault in check(self, remaining)]

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
        told = {
            "kind": self.key,
            "version": self.version,
            "label": label,
            "header": [column.told() for column in self.header],
            "columns": [column.told() for column in self.columns],
        }
        said = {
            "identity": list(self.identity),
            "audiences": list(self.audiences),
            "lists_people": self.lists_people,
        }
        return told | {name: value for name, value in said.items() if value}


def examples(names: str, *lines: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Example rows as `Kind.examples` has them: the columns' names once, then each row's cells.

    >>> examples("item amount", ("作业本费", "12.5"))
    ({'item': '作业本费', 'amount': '12.5'},)
    """
    return tuple(dict(zip(names.split(), line, strict=True)) for line in lines)


def kind_from(schema: dict) -> Kind:
    """The kind as a table remembers it, without its checks: for one that is gone or has changed."""
    header, columns = (
        tuple(column_from(told) for told in schema[name]) for name in ("header", "columns")
    )
    return Kind(
        schema["kind"],
        schema["label"],
        header,
        columns,
        identity=tuple(schema.get("identity", ())),
        audiences=tuple(schema.get("audiences", ())),
        lists_people=schema.get("lists_people", False),
        version=schema["version"],
    )


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
        else:
            faults.extend(_missing([column], values, place))
    return values, faults


def _missing(columns: Iterable[Column], values: dict, place: int | None) -> Iterator[Fault]:
    for column in columns:
        if column.is_required and values.get(column.name) is None:
            yield Fault(place, str(column.label), _("这一格必须填写。"))
