"""Typed tables as they are kept: never changed, replaced by the next one."""

from collections.abc import Iterator
from contextlib import closing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from disclosures.kinds import kind_of
from disclosures.models.disclosure import Disclosure
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import shown
from disclosures.sheets.table import JSON, SCHEMA, Row, Table, parts_of
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now
from portal.text.canonical import digest, json_bytes

PAGE = 500


class SheetQuerySet(RecordedQuerySet):
    def keep(self, disclosure, table: Table):
        """Keep a table with its disclosure; called inside the act that points an edition to it."""
        sheet = self.model(
            disclosure=disclosure,
            kind=table.kind,
            schema=table.schema,
            header=table.header,
            period=kind_of(table.schema).period_of(table),
            row_count=len(table.rows),
            digest=table.digest(),
        )
        sheet.save(force_insert=True)
        for number, start in enumerate(range(0, len(table.rows), PAGE), start=1):
            rows = [row.told() for row in table.rows[start : start + PAGE]]
            SheetPage(sheet=sheet, number=number, rows=rows).save(force_insert=True)
        return sheet


class Sheet(Recorded):
    """The rows of a notice about money, people or fees: what a table says, once and for all.

    Every import and every change makes a new one, to which the edition then points. `schema` is
    the kind as it was then, so that an old table reads the same after the kind has changed.
    """

    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, verbose_name=_("公开事项"), related_name="sheets"
    )
    kind = models.CharField(_("表的种类"), max_length=60)
    schema = models.JSONField(_("列的说明"))
    header = models.JSONField(_("表头"), default=dict)
    period = models.CharField(_("所属期间"), max_length=12, blank=True)
    row_count = models.PositiveIntegerField(_("行数"), default=0)
    digest = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField(_("形成时间"), default=now)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("数据表")
        verbose_name_plural = pgettext_lazy("plural", "数据表")
        ordering = ["disclosure", "made_at"]
        indexes = [models.Index(fields=["kind", "period"], name="sheet_by_period")]

    def __str__(self):
        told = [str(self.as_kind.label), shown(self.period) if self.period else ""]
        return " ".join(filter(None, told))

    def facts(self):
        return self.disclosure.facts()

    @property
    def as_kind(self) -> Kind:
        """The kind by which the rows are to be read: today's, or the one the table remembers."""
        return kind_of(self.schema)

    def rows(self) -> Iterator[Row]:
        """The rows in order, a page in memory at a time."""
        # Closed at once when a page cannot be read: a cursor left open outlives its savepoint.
        with closing(self.pages.order_by("number").iterator(chunk_size=1)) as pages:
            for page in pages:
                yield from page.as_rows()

    def as_text(self, most):
        """The words of header and rows in their order, a line a row, up to so many characters.

        As files have them, so that a search does not depend on the language of whoever publishes.
        """
        lines, left = [], most
        with override(settings.LANGUAGE_CODE):
            for line in self._lines():
                if left <= 0:
                    break
                lines.append(line[:left])
                left -= len(line) + 1
        return "\n".join(lines)

    def _lines(self):
        kind = self.as_kind
        yield str(kind.label)
        for column in kind.header:
            yield _searched(column, self.header.get(column.name))
        for row in self.rows():
            told = (_searched(column, row[column.name]) for column in kind.columns)
            yield " ".join(filter(None, told))

    def rows_between(self, first, last) -> list[Row]:
        """The rows from one place to another, both counted from 1, in one query."""
        numbers = range((first - 1) // PAGE + 1, (last - 1) // PAGE + 2)
        pages = self.pages.filter(number__in=numbers).order_by("number")
        return [row for page in pages for row in page.as_rows() if first <= row.place <= last]

    def page_of_rows(self, number) -> list[Row]:
        """The rows of one page, counted from 1; none where there is no such page."""
        page = self.pages.filter(number=number).first()
        return page.as_rows() if page else []

    def table(self) -> Table:
        """The whole table in memory, its rows numbered as readers count them."""
        return Table(self.schema, self.header, list(self.rows()))

    def parts(self):
        """What the table says, as `Table.parts` tells it, a page in memory at a time."""
        return parts_of(self.schema, self.header, self.row_count, self.rows())

    def digest_now(self):
        """The digest of what the rows say today: `digest` is that of what they said when kept."""
        return digest(self.parts(), schema=SCHEMA)

    def part(self):
        """The sheet's part of an edition's content: like a file, by the digest of what it says."""
        told = {"kind": self.kind, "digest": self.digest, "row_count": self.row_count}
        return "sheet", JSON, json_bytes(told)


def _searched(column, value):
    """A cell as somebody would look for it; nobody looks for yes, no or a bare count."""
    if column.type in ("yes_no", "count"):
        return ""
    return column.typed(value) if column.type == "amount" else column.shown(value)


class SheetPage(models.Model):
    """Up to 500 rows of a sheet, as JSON with the id of each; guarded by the sheet's digest."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, verbose_name=_("数据表"), related_name="pages")
    number = models.PositiveIntegerField(_("页"))
    rows = models.JSONField(_("行"))

    class Meta:
        verbose_name = _("数据表分页")
        verbose_name_plural = pgettext_lazy("plural", "数据表分页")
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="sheet_page_once")]

    def __str__(self):
        return f"{self.sheet_id} {self.number}"

    def as_rows(self) -> list[Row]:
        first = (self.number - 1) * PAGE + 1
        return [
            Row(each["values"], id=each["id"], place=place)
            for place, each in enumerate(self.rows, start=first)
        ]
