"""Typed tables as they are kept: every page in its place, saying what the sheet's digest says."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from disclosures.kinds import kind_of
from disclosures.models import Edition, Sheet, SheetPage
from disclosures.models.sheet import PAGE
from portal.ledger.checking import Finding, named

BATCH = 100


def check_sheets() -> Iterator[Finding]:
    """No page is missing, more, moved or changed: of what is published and of every draft.

    A page in memory at a time. What stands beside the rows has a past, which `rows` compares.
    """
    for sheet in Sheet.objects.order_by("pk").iterator(chunk_size=BATCH):
        try:
            yield from _check_pages(sheet)
            yield from _check_told(sheet)
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            yield Finding(41, named(sheet), _("数据表读不出来。"), repr(problem)[:200])
    yield from _check_pointers()
    known = Sheet.objects.filter(pk=OuterRef("sheet_id"))
    for page in SheetPage.objects.filter(~Exists(known)).order_by("pk").iterator(BATCH):
        yield Finding(41, named(page), _("数据表分页没有它的数据表。"), str(page.sheet_id))


def _check_pointers():
    """A removal looks for what it removes among the tables of the matter."""
    others = Edition.objects.exclude(sheet=None).exclude(sheet__disclosure=F("disclosure"))
    for edition in others.order_by("pk").iterator(BATCH):
        told = str(edition.sheet_id)
        yield Finding(41, named(edition), _("数据表属于别的公开事项。"), told)


def _check_pages(sheet):
    """Every page but the last is full, so that a row's number says where it stands."""
    wanted = {number: PAGE for number in range(1, sheet.row_count // PAGE + 1)}
    if rest := sheet.row_count % PAGE:
        wanted[len(wanted) + 1] = rest
    for page in sheet.pages.order_by("number", "pk").iterator(chunk_size=1):
        count = wanted.pop(page.number, None)
        if count is None:
            yield Finding(41, named(page), _("数据表多了一页。"), f"{page.sheet_id} {page.number}")
        elif len(page.rows) != count:
            yield Finding(
                41, named(page), _("数据表分页的行数不对。"), f"{len(page.rows)} / {count}"
            )
    for number in wanted:
        yield Finding(42, named(sheet), _("数据表缺了一页。"), str(number))


def _check_told(sheet):
    if sheet.digest_now() != sheet.digest:
        yield Finding(41, named(sheet), _("数据表不是保存时的数据。"), sheet.digest)
    kind = kind_of(sheet.schema)
    period = str(sheet.header.get(kind.period.name) or "") if kind.period else ""
    if (sheet.kind, sheet.period) != (sheet.schema["kind"], period):
        yield Finding(41, named(sheet), _("数据表的种类或期间与内容不符。"), sheet.period)
