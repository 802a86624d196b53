"""Reading a typed table from a file as offices write them: all that is wrong, at once, in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Fault, Table
from portal.text.formats import UnfitFile

Report = Callable[[int, int], None]


@dataclass
class Reading:
    """What a file says: the table where nothing is wrong in it, else what is to be mended."""

    table: Table | None = None
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more_count: int = 0

    @classmethod
    def refused(cls, unfit: UnfitFile) -> "Reading":
        """The reading of a file that is no table at all."""
        return cls(faults=[Fault(None, "", unfit.sentence)])


def read(
    kind: Kind,
    name: str,
    stream: BinaryIO,
    *,
    others: Sequence[Kind] = (),
    report: Report | None = None,
) -> Reading:
    """Read the file `name` as a table of this kind; `others` are the kinds it may be instead."""
    raise NotImplementedError
