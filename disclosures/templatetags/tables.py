"""The typed table of a notice on its page: facts, figures, lines, and where the files are."""

from django import template
from django.urls import NoReverseMatch, reverse

from disclosures.models import Release, SheetPage
from disclosures.sheets import showing
from disclosures.sheets.charts import courses, figures
from disclosures.sheets.drawing import draw
from disclosures.sheets.periods import shown
from disclosures.sheets.table import Table
from disclosures.sheets.trails import trail
from portal.organisation.viewer import PUBLIC
from portal.text.masking import MARK

register = template.Library()
WHOLE = 500
EARLIER = 8
WIDE = 7
SUFFIXES = ("csv", "xlsx", "json")


@register.inclusion_tag("disclosures/_table.html", takes_context=True)
def typed_table(context, edition):
    """Everything a notice shows of its table, in as many queries for one row as for thousands."""
    sheet = edition.sheet
    kind = sheet.as_kind
    asked = context["request"].GET.get("rows", "") if "request" in context else ""
    span = showing.span_of(sheet.row_count, asked)
    table, rows = _read(sheet, kind, span)
    columns = showing.filled(kind, table.rows) if table else list(kind.columns)
    codes = {row[showing.CODE] for row in table.rows} if table and showing.is_tree(kind) else set()
    lines = showing.lines_of(kind, columns, rows, codes)
    shape = showing.shape_of(kind)
    return {
        "sheet": sheet,
        "label": kind.label,
        "period": shown(sheet.period) if sheet.period else "",
        "unit": showing.unit_of(kind, sheet.header),
        "shape": shape,
        "sections": showing.sections_of(lines) if shape == "sections" else [],
        "language": edition.language,
        "facts": showing.facts_of(kind, sheet.header),
        "columns": columns,
        "lines": lines,
        "totals": showing.total_lines(kind, sheet.header, columns),
        "span": span,
        "figures": _drawn(kind, sheet, table, _before(edition, context.get("request"))),
        "files": files_of(edition.disclosure),
    }


@register.filter
def is_wide(edition):
    """Whether the notice's table has so many columns that its sheet is set wider."""
    return bool(edition.sheet_id) and len(edition.sheet.as_kind.columns) >= WIDE


@register.filter
def is_drawn(edition):
    """Whether figures may stand on the notice's page."""
    kind = edition.sheet.as_kind if edition.sheet_id else None
    return bool(kind and (kind.charts or kind.courses or kind.trail))


def files_of(disclosure):
    """Where the table is to be had as files, by the name of each form."""
    if not disclosure.year or not disclosure.serial:
        return []
    place = [disclosure.school.slug, disclosure.year, f"{disclosure.serial:05d}"]
    try:
        return [(name.upper(), reverse("table_file", args=[*place, name])) for name in SUFFIXES]
    except NoReverseMatch:
        return []


def _read(sheet, kind, span):
    """The whole table where something is said of all of it, and the lines of this page."""
    if sheet.row_count <= WHOLE or kind.charts or showing.is_tree(kind):
        table = sheet.table()
        return table, table.rows[span.first - 1 : span.last]
    return None, sheet.rows_between(span.first, span.last)


def _drawn(kind, sheet, table, before):
    """The figures of this table and over the periods before it, drawn; none without numbers."""
    found = []
    if table and kind.charts:
        told = [row for row in table.rows if MARK not in row.values.values()]
        found = figures(kind, Table(table.schema, table.header, told))
    over_time = _over_time(kind, sheet, table, before) if kind.courses or kind.trail else []
    drawings = [(figure, False) for figure in found] + [(figure, True) for figure in over_time]
    return [
        {"title": figure.heading, "drawing": draw(figure, key=f"figure{n}", is_course=is_course)}
        for n, (figure, is_course) in enumerate(drawings, start=1)
    ]


def _before(edition, request):
    """The school's notices that may be told of beside this one: the public ones.

    Whoever reads an inner notice is told of all they may read; nobody keeps such a page.
    """
    is_public = "public" in edition.audiences
    viewer = PUBLIC if is_public or request is None else request.viewer
    return Release.objects.once_visible_to(viewer).filter(school=edition.disclosure.school_id)


def _over_time(kind, sheet, table, before):
    """The figures over this period and those before it, the newest of them."""
    rows = before.filter(
        edition__sheet__kind=sheet.kind,
        edition__sheet__period__lt=sheet.period,
    )
    names = ("period", "header", "pk")
    told = rows.order_by("-edition__sheet__period", "opens_at").values_list(
        *(f"edition__sheet__{name}" for name in names)
    )
    told = list(told[: EARLIER * 3])
    headers = [header for header, _pk in _newest(told)]
    found = courses(kind, [each for each in (*headers, sheet.header) if MARK not in each.values()])
    drawn = trail(kind, table, _tables(kind, sheet, told)) if kind.trail and table else None
    return [*found, drawn] if drawn else found


def _newest(told):
    """Header and key of the table of each of the newest periods: of several the last opened."""
    earlier = {period: (header, pk) for period, header, pk in told}
    return [earlier[period] for period in sorted(earlier, reverse=True)[: EARLIER - 1]]


def _tables(kind, sheet, told):
    """The tables before this one that it may be drawn beside, in one query: none that is long."""
    alike = [each for each in told if kind.trail.follows(sheet.header, each[1])]
    headers = {pk: header for header, pk in _newest(alike)}
    pages = SheetPage.objects.filter(sheet__in=headers, sheet__row_count__lte=WHOLE)
    return [
        Table(sheet.schema, headers[page.sheet_id], page.as_rows())
        for page in (pages if headers else ())
    ]
