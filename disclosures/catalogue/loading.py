"""Loading a catalogue file into the list of a bureau, each change as an act of its own."""

from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from disclosures.catalogue.reading import read
from disclosures.models import CatalogueEntry
from portal.organisation.models import School, User

FILES = {"k12": "k12.csv", "he": "he.csv"}


class Counts(NamedTuple):
    """How many entries of a file were new, changed, superseded or as they were."""

    issued: int = 0
    changed: int = 0
    superseded: int = 0
    unchanged: int = 0

    def __str__(self):
        told = _("新增%(issued)s项，修改%(changed)s项，更替%(superseded)s项，未变%(unchanged)s项。")
        return told % self._asdict()


@transaction.atomic
def load(path: Path, *, sector: str, owner: School, by: User | None) -> Counts:
    """Bring the owner's entries of the sector in line with the file; all of it or nothing.

    An entry that is used is superseded, one that is not is changed, one that says the same is
    not touched. Entries the file does not name stay. Raises `BadFile`.
    """
    entries = CatalogueEntry.objects.filter(owner=owner, superseded_on=None)
    present = {entry.code: entry for entry in entries}
    told = {"issued": 0, "changed": 0, "superseded": 0, "unchanged": 0}
    for values in read(path):
        values["sector"] = sector
        told[_bring_in_line(present.get(values["code"]), values, owner=owner, by=by)] += 1
    return Counts(**told)


def _bring_in_line(entry, values, *, owner, by) -> str:
    if entry is None:
        CatalogueEntry(owner=owner, **values).issue(by=by)
        return "issued"
    if all(getattr(entry, field) == value for field, value in values.items()):
        return "unchanged"
    if entry.is_used():
        successor = CatalogueEntry(owner=owner, **values)
        entry.supersede(successor, by=by, reason=_("按新的目录文件更替"))
        return "superseded"
    for field, value in values.items():
        setattr(entry, field, value)
    entry.amend(by=by)
    return "changed"
