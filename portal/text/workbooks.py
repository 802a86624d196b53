"""Workbooks opened for reading, once it is known that reading them costs little."""

from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from portal.text.archives import opened
from portal.text.formats import UnfitFile
from portal.text.markup import MOST_BYTES, Cut, Told, local, spoken

# The library reads texts and styles whole, at many times their size.
MAX_PART = 4 * 1024 * 1024
MAX_CELLS = 500_000  # rows counted among them
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_SHEETS = "xl/worksheets/"


class Layout(Told):
    """The rows and columns of a sheet that its author has hidden, numbered from one."""

    def __init__(self) -> None:
        super().__init__(take=set(), ends=set())
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row_number = self.cell_count = 0

    def startElement(self, name: str, attrs) -> None:
        match local(name):
            case "c":
                self.cell_count += 1
            case "row":
                self.cell_count += 1
                self.row_number = int(attrs.get("r", self.row_number + 1))
                if _is_hidden(attrs) and self.row_number <= LAST_ROW:
                    self.hidden_rows.add(self.row_number)
            case "col" if _is_hidden(attrs):
                last = min(int(attrs["max"]), LAST_COLUMN)
                self.hidden_columns.update(range(int(attrs["min"]), last + 1))


def open_workbook(
    content: bytes, *, formulas: bool = False, most_bytes: int = MAX_PART
) -> Workbook:
    """Open a workbook that `examine` has found sound, for what its cells say or as typed.

    Raises UnfitFile when its texts or styles are too many: beyond `most_bytes` each. Ask for the
    layout of a sheet before reading its rows: the library keeps a whole row, however long.
    """
    with opened(BytesIO(content)) as archive:
        for entry in archive.infolist():
            is_read = entry.filename.endswith(".xml") and not entry.filename.startswith(_SHEETS)
            if is_read and entry.file_size > most_bytes:
                raise _too_much()
    return load_workbook(BytesIO(content), read_only=True, data_only=not formulas, keep_links=False)


def layout_of(
    content: bytes, sheet, layout: Layout | None = None, *, most_cells: int = MAX_CELLS
) -> Layout:
    """Return the layout of one sheet of an open workbook; raise UnfitFile for too many cells.

    `layout` is one that notes more than this, if more is asked for.
    """
    layout = layout or Layout()
    with opened(BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as part:
        try:
            for _piece in spoken(part, layout, most=MOST_BYTES * most_cells // MAX_CELLS):
                if layout.cell_count > most_cells:
                    raise _too_much()
        except Cut as cut:
            raise _too_much() from cut
    return layout


def _is_hidden(attrs) -> bool:
    return attrs.get("hidden") in ("1", "true")


def _too_much() -> UnfitFile:
    return UnfitFile(_("工作簿内容太多，无法读取。请删去不用的行列和格式，或拆分成几个文件。"))
