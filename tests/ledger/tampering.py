"""Ways to change a table as its owner can: a column, a row more, a row less, two rows swapped."""

import datetime
import uuid
from typing import NamedTuple

from django.apps import apps
from django.db import IntegrityError, models, transaction

from disclosures.models import SheetPage, StoredFile
from portal.ledger.anchoring import histories
from portal.ledger.models import (
    Act,
    Anchor,
    Checkpoint,
    LedgerEntry,
    Node,
    Opening,
    Rehash,
    Tail,
)
from tests.ledger.house import change, rows

LEDGER = (LedgerEntry, Opening, Node, Checkpoint, Anchor, Tail, Rehash, Act)
FAR = 10**6
# What nobody would notice, and why that is right. At most ten columns.
WAIVED = {
    "organisation.User.password": "a secret, which no history may keep",
    "organisation.User.last_login": "when somebody signed in is no act; nothing is decided by it",
    "ledger.Node.id": "a serial nothing refers to; the node's level and position are its name",
    "ledger.Rehash.id": "a serial nothing refers to; the act and the entry are its name",
    "disclosures.SheetPage.id": "a serial nothing refers to; the sheet and the number are its name",
    "disclosures.StoredFile.kept_at": "shown nowhere; the attachment's history says when",
}


class Column(NamedTuple):
    """A column of a covered table."""

    model: type[models.Model]
    field: models.Field

    def __str__(self):
        return f"{self.model._meta.label}.{self.field.attname}"


def tables():
    """Every table the ledger answers for: its own, files, rows, all nouns with a past, pasts."""
    pasts = histories()
    return [*LEDGER, StoredFile, SheetPage, *(past.instance_type for past in pasts), *pasts]


def columns():
    return [Column(model, field) for model in tables() for field in model._meta.concrete_fields]


def uncovered():
    """Tables of ours that are not covered, to be argued for one by one."""
    ours = {"ledger", "organisation", "disclosures", "feedback", "committees"}
    known = set(tables())
    models_of_ours = (model for model in apps.get_models() if model._meta.app_label in ours)
    return {model._meta.label for model in models_of_ours if model not in known}


def other_value(field, value):
    """A value of the same kind that is not `value`."""
    if field.remote_field:
        field = field.target_field
    if field.choices:
        return next(code for code, _label in field.flatchoices if code not in (value, ""))
    for kind, make in CHANGES.items():
        if isinstance(field, kind):
            return make(value, field)
    raise TypeError(f"No other value for {field}")


def _text(value, field):
    most = getattr(field, "max_length", None) or 10**6
    return f"{value or ''}改" if len(value or "") < most else f"{value[:-1]}改"


def _day(value, _field):
    return (value or datetime.date(2026, 1, 2)) - datetime.timedelta(days=1)


def _moment(value, _field):
    return (value or datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)) - datetime.timedelta(
        days=1
    )


def _json(value, _field):
    if isinstance(value, dict):
        return value | {"x": 1}
    return [*value, "x"] if isinstance(value, list) else "x"


CHANGES = {
    models.BooleanField: lambda value, _field: not value,
    models.DateTimeField: _moment,
    models.DateField: _day,
    models.UUIDField: lambda _value, _field: uuid.uuid4(),
    models.JSONField: _json,
    models.BinaryField: lambda value, _field: bytes(value[:-1]) + bytes([value[-1] ^ 1]),
    models.BigIntegerField: lambda value, _field: (value or 0) + FAR,
    models.AutoField: lambda value, _field: (value or 0) + FAR,
    models.IntegerField: lambda value, _field: (value or 0) + 1000,
    models.CharField: _text,
    models.TextField: _text,
}


def change_column(row, field):
    value = other_value(field, getattr(row, field.attname))
    change(row, **{field.attname: value})


def insert_copy(row):
    """The row once more under another key; False where the database itself refuses."""
    for field in row._meta.concrete_fields:
        if field.unique or field.primary_key:
            setattr(row, field.attname, other_value(field, getattr(row, field.attname)))
    try:
        with transaction.atomic():
            rows(type(row)).bulk_create([row])
    except IntegrityError:
        return False
    return True


def swap(one, two):
    """Let two rows change places: each under the other's key, or, where that is but a serial
    which nobody misses, each with what the other says last."""
    key = one._meta.pk
    if f"{one._meta.label}.{key.attname}" in WAIVED:
        said = one._meta.concrete_fields[-1].attname
        ours, theirs = getattr(one, said), getattr(two, said)
        change(one, **{said: theirs})
        change(two, **{said: ours})
        return
    first, second = one.pk, two.pk
    for row, to in ((one, other_value(key, second)), (two, first), (one, second)):
        change(row, **{key.attname: to})
        row.pk = to
