"""What a page of a draft's table is about: the draft, its kind, and who may not come here."""

from django.http import Http404
from django.utils.translation import gettext as _

from disclosures.admin.acting import fetched
from disclosures.admin.pages import page, readable_or_404
from disclosures.admin.tables.grid import Grid
from disclosures.kinds import KINDS, kind_named, kinds_for
from disclosures.models import Edition
from disclosures.models.life import State
from disclosures.sheets.kind import Kind


def draft_of(user, pk):
    """The draft if the person may change it now, with its table; else None."""
    return fetched("edit", user, pk)


def kind_asked(edition: Edition, key: str | None) -> Kind | None:
    """The kind of that key, without one that of the draft's table; None where there is neither.

    A kind nobody knows is a page that does not exist.
    """
    own = edition.sheet
    key = key or (own.kind if own else "")
    if not key:
        return None
    kind = kind_named(key, edition.disclosure.school)
    kind = kind or (own.as_kind if own and own.kind == key else None)
    if kind is None:
        raise Http404
    return kind


def table_of(edition: Edition, kind: Kind):
    """The draft's table where it is of this kind."""
    own = edition.sheet
    return own.table() if own and own.kind == kind.key else None


def kinds_offered(edition: Edition) -> dict[str, list[Kind]]:
    """The kinds that fit the draft's catalogue entry, and all others."""
    row = edition.disclosure
    fitting = kinds_for(row.entry.code, row.school)
    keys = {kind.key for kind in fitting}
    return {"fitting": fitting, "others": [k for k in KINDS.values() if k.key not in keys]}


def not_open(desk, request, pk):
    """To who may read but not change: why. What was typed is shown, so that it can be copied."""
    edition = readable_or_404(request.user, pk)
    context = {
        "title": _("数据表"),
        "edition": edition,
        "sentence": edition.why_not("edit", request.user),
    }
    if request.method != "POST":
        return page(desk, request, "refusal", context, status=403)
    kind = kind_named(request.POST.get("kind", ""), edition.disclosure.school)
    context["grid"] = kind and Grid.sent(kind, request.POST, known=set())
    status = 403 if edition.state == State.DRAFT else 409
    return page(desk, request, "table_late", context, status=status)


def whole_number(text, otherwise=-1):
    """A whole number a form or an address says; `otherwise` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
