"""Rows whose past is kept against the last of what was kept of them."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter

from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext_lazy as _

from portal.ledger.anchoring import histories
from portal.ledger.checking.finding import Finding, named
from portal.ledger.models import Act

BATCH = 200


def check_rows() -> Iterator[Finding]:
    """Every row stands as its history last told it; none is missing, none is more."""
    for history in histories():
        yield from _check_table(history)
        yield from _check_acts_of(history)


def told_of(history: type[Model]) -> list[str]:
    """The columns of a noun that its history keeps."""
    kept = {field.attname for field in history._meta.concrete_fields}
    fields = history.instance_type._meta.concrete_fields
    return [field.attname for field in fields if field.attname in kept]


def _check_table(history):
    noun, names = history.instance_type, told_of(history)
    key = noun._meta.pk.attname
    rows = noun._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    past = history._base_manager.order_by(key, "history_id").iterator(chunk_size=BATCH)
    row = next(rows, None)
    for pk, versions in groupby(past, key=attrgetter(key)):
        newest = yield from _check_past(versions)
        while row is not None and row.pk < pk:
            yield Finding(41, named(row), _("没有记录说明这一行从何而来。"))
            row = next(rows, None)
        if row is not None and row.pk == pk:
            yield from _compare(row, newest, names)
            row = next(rows, None)
        elif newest.history_type != "-":
            yield Finding(42, f"{noun._meta.label} {pk}", _("记录里有这一行，表里没有。"))
    for left in chain([row], rows) if row is not None else ():
        yield Finding(41, named(left), _("没有记录说明这一行从何而来。"))


def _compare(row, newest, names):
    other = [name for name in names if getattr(row, name) != getattr(newest, name)]
    if newest.history_type == "-":
        yield Finding(41, named(row), _("记录说这一行已经删除。"))
    elif other:
        yield Finding(41, named(row), _("与最后一次记录不同。"), ", ".join(other))


def _check_past(versions: Iterable) -> Iterator[Finding]:
    """A past begins once, and nothing follows its end."""
    last = None
    for row in versions:
        if (row.history_type == "+") != (last is None) or (last and last.history_type == "-"):
            yield Finding(41, named(row), _("记录的次序不对。"), row.history_type)
        last = row
    return last


def _check_acts_of(history):
    known = Act.objects.filter(uuid=OuterRef("act_id"))
    strays = history._base_manager.exclude(act_id=None).filter(~Exists(known))
    for row in strays.order_by("pk").iterator(chunk_size=BATCH):
        yield Finding(42, named(row), _("写下这条记录的操作不见了。"), str(row.act_id))
