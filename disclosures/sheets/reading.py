"""Reading a typed table from a file as offices write them: all that is wrong, at once, in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures.sheets import heads
from disclosures.sheets.body import Body
from disclosures.sheets.header import Header
from disclosures.sheets.heads import Head, find_head, plain
from disclosures.sheets.kind import Kind
from disclosures.sheets.opening import Leaf, leaves
from disclosures.sheets.table import Fault, Table
from disclosures.sheets.template import HEADER_SHEETS, HELP_SHEETS
from portal.text.formats import UnfitFile
from portal.text.reader import listed

Report = Callable[[int, int], None]
MOST_SHOWN = 200


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
    """Read the file `name` as a table of this kind; `others` are the kinds it may be instead.

    Nothing is kept of the file. At most MOST_SHOWN faults are told, and how many there are more.
    `report(done, total)` is called as rows are read, and may raise to stop the reading.
    """
    try:
        found = leaves(name, stream)
        leaf, head, faults, notes = choose(kind, found, others)
        if head is None:
            return _closed(None, faults, notes)
        return _read(kind, leaf, head, found, report) if not faults else _closed(None, faults, [])
    except UnfitFile as unfit:
        return Reading.refused(unfit)


def choose(kind, found, others):
    """The sheet that holds the table, with its head; or what is wrong with all of them."""
    seen = [leaf for leaf in found if not leaf.is_hidden and not is_ours(leaf)]
    heads_found = [(leaf, head) for leaf in seen if (head := find_head(kind, leaf))]
    if not heads_found:
        return None, None, [_no_head(kind, seen, others)], []
    leaf, head = max(heads_found, key=lambda pair: len(pair[1].columns))
    if head.lacks(kind) and (other := _better(kind, leaf, head, others)):
        return leaf, None, [_of_other(kind, other, leaf)], []
    alike = [each for each, one in heads_found if len(one.columns) == len(head.columns)]
    faults = [_twice(alike)] if len(alike) > 1 else []
    return leaf, head, faults, []


def is_ours(leaf: Leaf) -> bool:
    """Whether a sheet is one of those the template adds beside the table."""
    return plain(leaf.name) in {plain(name) for name in (*HEADER_SHEETS, *HELP_SHEETS)}


def _read(kind, leaf: Leaf, head: Head, found, report) -> Reading:
    body, header = Body(kind, leaf, head), Header(kind, leaf, head)
    for sheet in found:
        if plain(sheet.name) in {plain(name) for name in HEADER_SHEETS}:
            header.take_sheet(sheet)
    header.take_above()
    body.read(header, report)
    values = header.read()
    faults = [*_hidden_sheets(found), *_columns(kind, leaf, head), *header.faults, *body.faults]
    table = kind.table(values, body.rows)
    faults += body.between(table, unsure=bool(faults))
    notes = [*_notes(kind, leaf, head, found), *header.notes, *body.notes]
    return _closed(table, faults, notes, sheet=leaf.name)


def _closed(table, faults, notes, *, sheet="") -> Reading:
    """The reading, its faults in the order of the sheet; the table only where there are none."""
    ordered = sorted(
        (fault._replace(sheet=fault.sheet or sheet) for fault in faults),
        key=lambda fault: (fault.sheet != sheet, fault.row or 0),
    )
    more = max(0, len(ordered) - MOST_SHOWN)
    return Reading(None if ordered else table, ordered[:MOST_SHOWN], notes, more)


def _columns(kind, leaf, head):
    """What is wrong with the head: columns missing, twice, or not for publication."""
    for column in head.lacks(kind):
        told = _("缺少“%(column)s”这一列。请补上，或用模板填写。")
        yield Fault(head.last, str(column.label), told % {"column": column.label})
    for at, column in head.twice.items():
        told = _("“%(heading)s”和另一列都是“%(column)s”，请只留一列。")
        said = {"heading": head.labels[at], "column": column.label}
        yield Fault(head.last, head.labels[at], told % said)
    for label in head.strange.values() if kind.lists_people else ():
        told = _("名单只公开模板里的列。请删去“%(heading)s”整列后重新上传。")
        yield Fault(head.last, label, told % {"heading": label})


def _notes(kind, leaf, head, found):
    strange = [] if kind.lists_people else list(head.strange.values())
    if strange:
        yield ngettext(
            "这一列不在表里，没有导入：%(names)s。",
            "这些列不在表里，没有导入：%(names)s。",
            len(strange),
        ) % {"names": listed(strange)}
    beside = [
        each.name for each in found if each is not leaf and not each.is_hidden and not is_ours(each)
    ]
    beside = [each for each in beside if each]
    if beside:
        yield _("只读取了工作表“%(name)s”，没有读取：%(names)s。") % {
            "name": leaf.name,
            "names": listed(beside),
        }


def _hidden_sheets(found):
    for leaf in found:
        if leaf.is_hidden and any(any(row) for row in heads.top(leaf)):
            told = _("这个工作表是隐藏的。请取消隐藏看清内容，或删除它。")
            yield Fault(None, "", told, leaf.name)


def _no_head(kind, seen, others):
    for leaf in seen:
        if other := _better(kind, leaf, None, others):
            return _of_other(kind, other, leaf)
    required = [str(each.label) for each in kind.columns if each.is_required]
    told = _("没有找到“%(kind)s”的列名。要有一行写着：%(columns)s。可以先下载模板填写。")
    return Fault(None, "", told % {"kind": kind.label, "columns": listed(required)})


def _of_other(kind, other, leaf):
    told = _("这是“%(other)s”的表，不是“%(kind)s”的。请换一份文件，或改选表的种类。")
    return Fault(None, "", told % {"other": other.label, "kind": kind.label}, leaf.name)


def _better(kind, leaf, head, others):
    """The kind that knows more of the sheet's headings, and lacks none it needs."""
    best, most = None, len(head.columns) if head else 1
    said = heads.words_in(leaf)
    for other in others:
        is_known = other.key != kind.key and heads.Words(other.columns).among(said) > most
        one = find_head(other, leaf) if is_known else None
        if one and len(one.columns) > most and not one.lacks(other):
            best, most = other, len(one.columns)
    return best


def _twice(alike):
    told = _("有几个工作表都是这种表：%(names)s。请只留要公开的一个。")
    return Fault(None, "", told % {"names": listed(leaf.name for leaf in alike)})
