"""The typed table of an edition on the pages of the workplace."""

from django import template

from disclosures.admin.tables.reaching import kinds_offered, whole_number
from disclosures.models.sheet import PAGE

register = template.Library()
FIRST_ROWS = 5
MOST_CHANGES = 200


@register.filter
def first_changes(found):
    """As many changed rows of a comparison as one page tells."""
    return found.rows[:MOST_CHANGES]


@register.filter
def left_out(found):
    """How many changed rows of a comparison a page leaves out."""
    return sum(found.counts.values()) - min(len(found.rows), MOST_CHANGES)


@register.inclusion_tag("admin/disclosures/edition/_table.html")
def table_panel(edition):
    """What table a draft has, and what may be done about it."""
    sheet = edition.sheet
    told = {"edition": edition, "sheet": sheet, "fresh": edition.sheet is None}
    if sheet is None:
        return told | kinds_offered(edition)
    return told | _shown(sheet, sheet.page_of_rows(1)[:FIRST_ROWS])


@register.inclusion_tag("admin/disclosures/edition/_table_read.html", takes_context=True)
def table_read(context, edition):
    """The whole table as its reviewers read it, a page at a time, with what does not hold in it."""
    sheet = edition.sheet
    if sheet is None:
        return {"sheet": None}
    pages = -(-sheet.row_count // PAGE)
    number = min(max(whole_number(context["request"].GET.get("rows"), 1), 1), pages)
    told = _shown(sheet, sheet.page_of_rows(number))
    told |= {"sheet": sheet, "number": number, "pages": range(1, pages + 1)}
    if pages == 1:
        told["faults"] = sheet.as_kind.faults(sheet.table())
    return told


def _shown(sheet, rows):
    """The header and these rows as a reader sees them; an empty cell of the header is left out."""
    kind = sheet.as_kind
    header = [(column, column.shown(sheet.header.get(column.name))) for column in kind.header]
    return {
        "kind": kind,
        "header": [(column, text) for column, text in header if text],
        "rows": [
            (row.place, [(column, column.shown(row[column.name])) for column in kind.columns])
            for row in rows
        ],
    }
