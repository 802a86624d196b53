"""What an act changed: the fields before and after, over everything whose past is kept."""

from typing import NamedTuple

from django.apps import apps
from django.db.models import CharField, OuterRef, Subquery, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from disclosures.models import Sheet
from disclosures.sheets.comparing import Comparison
from portal.history.tables import compared
from portal.history.values import Names, is_worded, label_of, spoken, told_fields
from portal.ledger.history import HistoryRow
from portal.organisation.models import User
from portal.text.diff import Piece, differences

GRANTS = (GroupObjectPermissionBase, UserObjectPermissionBase)
RIGHTS = {"review_disclosure": gettext_lazy("审核权"), "edit_disclosure": gettext_lazy("编辑权")}
SHOWN_AROUND = 80


class FieldChange(NamedTuple):
    """One field of one row: its label, both readings, and the pieces that lead from one to the
    other; of a typed table its rows that differ."""

    label: str
    before: str
    after: str
    pieces: list
    is_worded: bool = True
    table: Comparison | None = None


class RowChange(NamedTuple):
    """One row an act created or changed, or a right it gave or took (then a sentence)."""

    label: str
    title: str
    is_new: bool
    fields: list
    sentence: str = ""


def history_models():
    """Every history table: those of all models whose history carries acts."""
    return [model for model in apps.get_models() if issubclass(model, HistoryRow)]


def changes_of(act_id):
    """All that the act changed, row by row; two queries for each kind of row it touched."""
    pairs = [
        (before, after)
        for model in _touched(act_id)
        for before, after in _pairs(model, act_id)
        # A new table is told where it was put: row by row against the one before.
        if before or after.instance_type is not Sheet
    ]
    names = Names()
    for before, after in pairs:
        for field in told_fields(after.instance_type):
            names.want(field, getattr(before, field.attname, None))
            names.want(field, getattr(after, field.attname, None))
    names.fetch()
    changes = [_change(before, after, names) for before, after in pairs]
    return [change for change in changes if change.fields or change.sentence]


def folded(pieces):
    """The pieces with long unchanged stretches cut to what stands around the changes."""
    short = []
    for piece in pieces:
        if piece.kind == "same" and len(piece.text) > 3 * SHOWN_AROUND:
            left_out = len(piece.text) - 2 * SHOWN_AROUND
            short.append(Piece("same", piece.text[:SHOWN_AROUND]))
            short.append(Piece("gap", _("〔此处%(count)d字未变〕") % {"count": left_out}))
            short.append(Piece("same", piece.text[-SHOWN_AROUND:]))
        else:
            short.append(piece)
    return short


def field_changes(before, after, names, only=None):
    """The fields that differ between two history rows; all filled ones if there was none before.

    `only` limits them to the fields of these names.
    """
    found = []
    for field in told_fields(after.instance_type):
        if not hasattr(after, field.attname) or (only and field.name not in only):
            continue
        keys = getattr(before, field.attname, None), getattr(after, field.attname)
        old, new = (spoken(field, key, names) for key in keys)
        if field.related_model is Sheet and before and keys[0] != keys[1]:
            found.append(FieldChange(label_of(field), old, new, [], False, compared(*keys)))
        elif old != new:
            pieces = folded(differences(old, new)) if before else []
            found.append(FieldChange(label_of(field), old, new, pieces, is_worded(field)))
    return found


def _touched(act_id):
    """The history tables that hold rows of the act (one query over all of them)."""
    asked = [
        model.objects.filter(act_id=act_id)
        .order_by()
        .values_list(Value(model._meta.label_lower, output_field=CharField()))
        for model in history_models()
    ]
    first, *others = asked
    return [apps.get_model(label) for (label,) in first.union(*others)]


def _pairs(model, act_id):
    """(state before the act, state after it) of each row the act saved; None before a creation."""
    key = model.instance_type._meta.pk.attname
    earlier = model.objects.filter(**{key: OuterRef(key)}, history_id__lt=OuterRef("history_id"))
    previous = earlier.order_by("-history_id").values("history_id")[:1]
    saved = model.objects.filter(act_id=act_id).annotate(previous=Subquery(previous))
    first, last = {}, {}
    for row in saved.order_by("history_id"):
        first.setdefault(getattr(row, key), row)
        last[getattr(row, key)] = row
    before = model.objects.in_bulk([row.previous for row in first.values() if row.previous])
    return [(before.get(first[pk].previous), row) for pk, row in last.items()]


def _change(before, after, names):
    model = after.instance_type
    label = str(model._meta.verbose_name)
    if issubclass(model, GRANTS):
        return RowChange(label, "", False, [], _grant(after, names))
    return RowChange(
        label=label,
        title=_title(after, names),
        is_new=before is None,
        fields=field_changes(before, after, names),
    )


def _title(row, names):
    """What tells this row from others of its kind: its name, or whose office it is."""
    for name in ("title", "name", "index_number"):
        if not hasattr(row, "user_id") and (value := getattr(row, name, "")):
            return str(value)
    person = names.of(User, row.user_id) if hasattr(row, "user_id") else ""
    for name in ("office", "kind", "audience", "role"):
        if hasattr(row, name):
            return f"{person} {getattr(row, f'get_{name}_display')()}".strip()
    return person


def _grant(row, names):
    """A right over one disclosure, given to an office or a person or taken back."""
    meta = row.instance_type._meta
    holder = "group" if issubclass(row.instance_type, GroupObjectPermissionBase) else "user"
    field = meta.get_field(holder)
    who = names.of(field.remote_field.model, getattr(row, field.attname))
    right = names.of(meta.get_field("permission").remote_field.model, row.permission_id)
    said = {"who": who, "right": RIGHTS.get(right, right)}
    if row.history_type == "-":
        return _("收回%(who)s对本事项的%(right)s") % said
    return _("授予%(who)s对本事项的%(right)s") % said
