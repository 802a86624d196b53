"""Filling the table of a draft: a grid that works with the keyboard alone and without script."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from disclosures.admin.pages import page
from disclosures.admin.tables.grid import Grid, lines_per_page
from disclosures.admin.tables.reaching import draft_of, kind_asked, not_open, table_of, whole_number
from disclosures.admin.tables.typed import Typed, key_of
from portal.ledger.acts import Refused, Stale


def table_view(desk, request, pk):
    """Show the grid; add lines to it; save it, or say at every cell what is wrong there."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    kind = kind_asked(edition, request.POST.get("kind") or request.GET.get("kind"))
    if kind is None:
        return redirect(panel_of(edition))
    if request.method == "POST":
        typed = Typed(edition, kind, request.POST)
        return (
            _more(desk, request, typed) if "more" in request.POST else _sent(desk, request, typed)
        )
    return _open(desk, request, edition, kind)


def _open(desk, request, edition, kind):
    stored = table_of(edition, kind)
    pages = pages_of(kind, len(stored.rows) if stored else 0)
    number = min(max(whole_number(request.GET.get("page"), 1), 1), pages)
    grid = Grid.of(kind, stored, number)
    carried = {"version": edition.version, "base": key_of(edition) if stored else ""}
    return _show(desk, request, edition, grid, carried=carried, page_number=number)


def _more(desk, request, typed):
    """Some lines more; nothing is saved and everything typed stays."""
    before = len(typed.grid.lines)
    typed.grid.add_blank()
    if len(typed.grid.lines) == before:
        messages.info(request, _("一页只能填这么多行。请先保存，再接着加。"))
    return _again(desk, request, typed, fresh_line=before)


def _sent(desk, request, typed):
    typed.read()
    if typed.is_stored():
        messages.info(request, _("数据表没有改动，没有重复保存。"))
        return _onward(request, typed.edition)
    if not typed.is_fresh:
        return _conflict(desk, request, typed)
    table = typed.table()
    if typed.grid.faults:
        return _again(desk, request, typed)
    try:
        typed.edition.tabulate(by=request.user, table=table, version=typed.edition.version)
    except Stale:
        return _overtaken(desk, request, typed)
    except Refused as refused:
        typed.grid.faults.append((refused.sentence, ""))
        return _again(desk, request, typed)
    messages.success(request, _("数据表已保存。"))
    return _onward(request, typed.edition)


def _overtaken(desk, request, typed):
    """Somebody was faster by a moment: a colleague, or the same person's first click."""
    fresh = draft_of(request.user, typed.edition.pk)
    if fresh is None:
        return not_open(desk, request, typed.edition.pk)
    return _sent(desk, request, Typed(fresh, typed.kind, request.POST))


def _conflict(desk, request, typed):
    """A colleague has saved a table in between: what they changed, and everything typed."""
    fresh = typed.edition
    typed = Typed(fresh, typed.kind, request.POST)
    typed.take_over()
    conflict = {
        "by": fresh.edited_by,
        "at": fresh.edited_at,
        "found": typed.differences(),
        "replaces": typed.base is None,
    }
    return _again(desk, request, typed, version=fresh.version, status=409, conflict=conflict)


def _again(desk, request, typed, *, version=None, **more):
    """The grid as it was sent, to be sent again."""
    more["carried"] = {"version": version or typed.version, "base": typed.base_key}
    more["page_number"] = (typed.grid.first - 1) // lines_per_page(typed.kind) + 1
    return _show(desk, request, typed.edition, typed.grid, **more)


def _show(desk, request, edition, grid, *, status=200, **more):
    own = edition.sheet
    is_own = bool(own and own.kind == grid.kind.key)
    context = {
        "title": _("填写数据表"),
        "edition": edition,
        "grid": grid,
        "replaced": None if is_own else own,
        "page_number": 1,
        "pages": range(1, pages_of(grid.kind, own.row_count if is_own else 0) + 1),
        "row_count": own.row_count if is_own else 0,
        **more,
    }
    return page(desk, request, "table", context, status=status)


def _onward(request, edition):
    """To the next page of the grid if that was asked for, else back to the draft."""
    if "next" not in request.POST:
        return redirect(panel_of(edition))
    here = whole_number(request.POST.get("page"), 1)
    address = reverse("admin:disclosures_edition_table", args=[edition.pk])
    return redirect(f"{address}?page={here + 1}")


def pages_of(kind, count):
    return max(1, -(-count // lines_per_page(kind)))


def panel_of(edition):
    """The place on the draft's page where its table is."""
    return reverse("admin:disclosures_edition_change", args=[edition.pk]) + "#table"
