"""What somebody typed into the grid, held against the stored table and the one it was opened on."""

from uuid import UUID

from disclosures.admin.tables.grid import Grid
from disclosures.admin.tables.reaching import table_of, whole_number
from disclosures.sheets.comparing import compare
from disclosures.sheets.table import Row, Table


class Typed:
    """A sent grid. `stored` is the draft's table now, `base` the one the grid was opened on."""

    def __init__(self, edition, kind, post):
        self.edition, self.kind = edition, kind
        self.version, self.base_key = whole_number(post.get("version")), post.get("base", "")
        self.stored = table_of(edition, kind)
        self.base = self._base()
        known = {row.id for row in (*_rows(self.stored), *_rows(self.base))}
        shown = set(post.get("shows", "").split())
        places = (n for n, row in enumerate(_rows(self._around()), start=1) if row.id in shown)
        self.grid = Grid.sent(kind, post, known=known, first=next(places, 1))

    @property
    def is_fresh(self) -> bool:
        """Whether nobody has changed the table since; what else they changed is no matter."""
        return self.version == self.edition.version or self.base_key == key_of(self.edition)

    def read(self) -> None:
        """Read every cell; what is unfit is put down in the grid."""
        self.header, self.rows = self.grid.read()

    def is_stored(self) -> bool:
        """Whether the draft says this already: nothing was changed, or the form came twice."""
        if self.stored is None or self.grid.faults:
            return False
        said = _said(self.stored)
        return said in (_said(self._among(self._around())), _said(self._among(self.base)))

    def table(self) -> Table:
        """The whole table this makes of the stored one; what does not hold is put down too."""
        table = self._among(self._around())
        if not self.grid.faults:
            self.grid.tell(self.kind.faults(table))
        return table

    def differences(self):
        """What a colleague has changed since the grid was opened."""
        return compare(self.kind, self.base, self.stored)

    def take_over(self) -> None:
        """Where only the colleague has changed something, put that in the place of what stood."""
        if self.base is None or self.stored is None:
            return
        before, after = Grid.of(self.kind, self.base, None), Grid.of(self.kind, self.stored, None)
        _follow(self.grid.header, before.header, after.header)
        was, now = ({line.id: line for line in grid.lines} for grid in (before, after))
        for line in list(self.grid.lines):
            if not line.id or line.id not in was:
                continue
            if line.id in now:
                _follow(line.cells, was[line.id].cells, now[line.id].cells)
            elif line.texts == was[line.id].texts:
                line.is_dropped = True

    def _base(self) -> Table | None:
        if self.base_key == key_of(self.edition):
            return self.stored
        try:
            key = UUID(self.base_key)
        except ValueError:
            return None
        sheet = self.edition.disclosure.sheets.filter(pk=key, kind=self.kind.key).first()
        return sheet and sheet.table()

    def _around(self) -> Table | None:
        """The table whose other rows stay: none where a new one is typed from its beginning."""
        return self.stored if self.base else None

    def _among(self, table: Table | None) -> Table:
        rows = self.grid.merged(self.rows, _rows(table))
        return self.kind.table(self.header, rows)


def key_of(edition) -> str:
    """The key of the draft's table, '' if it has none."""
    return str(edition.sheet_id or "")


def _rows(table: Table | None) -> list[Row]:
    return table.rows if table else []


def _said(table: Table | None):
    """What a table says in every cell that is not empty."""
    header, rows = (table.header, table.rows) if table else ({}, [])
    values = (header, *(row.values for row in rows))
    return [{name: told for name, told in each.items() if told is not None} for each in values]


def _follow(cells, before, after) -> None:
    """Take over the cells that were left as they stood."""
    for cell, was, now in zip(cells, before, after, strict=True):
        if cell.text == was.text:
            cell.text = now.text
