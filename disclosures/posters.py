"""What a poster says of a notice: as much as two to four sheets hold, the rest on the page."""

from django.conf import settings

from disclosures.sheets import showing
from disclosures.sheets.columns import Value
from disclosures.sheets.kind import Kind
from disclosures.sheets.periods import shown as period_shown
from disclosures.sheets.table import Row
from disclosures.templatetags.disclosures import framed
from portal.ledger.moments import today
from portal.text.cutting import beginning
from portal.text.masking import MARK

LETTERS = 6000
ROWS = {"board": 36, "table": 60, "list": 240, "sections": 20}
PLAIN = 2400
WIDE = 6
BOARD = "fees"
BESIDE = ("nature", "item", "amount", "unit", "approving_body", "document", "scope")


def told(release, disclosure) -> dict:
    """The context of the poster of an open notice."""
    edition, school = release.edition, disclosure.school
    body, is_cut = _body(edition)
    table = _table(edition.sheet) if edition.sheet_id else None
    header = edition.sheet.header if table else {}
    return {
        "school": school,
        "disclosure": disclosure,
        "release": release,
        "edition": edition,
        "body": body,
        "table": table,
        "is_cut": is_cut or bool(table and table["is_cut"]),
        "complaint_phone": header.get("complaint_phone") or school.supervision_phone,
        "address": settings.SITE_URL + disclosure.address,
        "on": today(),
        "attachments": [each for each in edition.attachments.kept().select_related("served")],
    }


def _body(edition) -> tuple[str, bool]:
    """The body as HTML under the rule in force, else its words; and whether more follows."""
    if edition.body_is_fit:
        html, is_cut = beginning(edition.body, LETTERS)
        return framed(html), is_cut
    text = edition.body_as_text
    return text[:PLAIN], len(text) > PLAIN


def _table(sheet) -> dict:
    """The table's part of the poster, set as its kind is usually posted."""
    kind = sheet.as_kind
    is_board = sheet.kind.startswith(BOARD) and "nature" in {each.name for each in kind.columns}
    shape = "board" if is_board else showing.shape_of(kind)
    most = ROWS[shape]
    rows = sheet.rows_between(1, most)
    columns = showing.filled(kind, rows)
    codes = {row[showing.CODE] for row in rows} if showing.is_tree(kind) else set()
    lines = [] if is_board else showing.lines_of(kind, columns, rows, codes)
    return {
        "label": kind.label,
        "period": period_shown(sheet.period) if sheet.period else "",
        "unit": showing.unit_of(kind, sheet.header),
        "shape": shape,
        "facts": showing.facts_of(kind, sheet.header),
        "columns": columns,
        "lines": lines,
        "sections": showing.sections_of(lines) if shape == "sections" else [],
        "groups": board_of(kind, rows) if is_board else [],
        "totals": showing.total_lines(kind, sheet.header, columns),
        "row_count": sheet.row_count,
        "is_cut": sheet.row_count > most,
        "is_wide": is_board or len(columns) > WIDE,
    }


def board_of(kind: Kind, rows: list[Row]) -> list[tuple[str, list[dict]]]:
    """Fees in the grid of a 收费公示牌: by nature, each with its standard, basis and scope."""
    groups: dict[Value, list[dict]] = {}
    for row in rows:
        groups.setdefault(row["nature"], []).append(_fee(kind, row))
    return [(_said(kind, "nature", nature), fees) for nature, fees in groups.items()]


def _fee(kind: Kind, row: Row) -> dict:
    basis = [_said(kind, name, row[name]) for name in ("approving_body", "document")]
    rest = [
        f"{column.label}：{text}"
        for column in kind.columns
        if column.name not in BESIDE and (text := _said(kind, column.name, row[column.name]))
    ]
    own = {name: _said(kind, name, row[name]) for name in ("item", "amount", "unit", "scope")}
    return own | {"basis": "\n".join(filter(None, basis)), "rest": "；".join(rest)}


def _said(kind: Kind, name: str, value: Value) -> str:
    """A cell in words; nothing where the kind, as it was then, had no such column."""
    if value is None or value == MARK:
        return value or ""
    return showing.cell_of(kind.column(name), value).text
