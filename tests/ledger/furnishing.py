"""At least two rows of every noun whose past is kept, whatever it is called."""

import datetime

from django.db import models

from portal.ledger.anchoring import histories

LEAST = 2


def furnish():
    """Save rows outside any act, as the first day does, until every noun has two."""
    for history in histories():
        _furnish(history.instance_type)


def _furnish(noun):
    for number in range(noun._base_manager.count(), LEAST):
        noun(**{field.name: _value(field, number) for field in _needed(noun)}).save()


def _needed(noun):
    """The columns without which a row cannot be."""
    fields = [field for field in noun._meta.concrete_fields if not field.primary_key]
    return [field for field in fields if not (field.null or field.blank or field.has_default())]


def _value(field, number):
    if field.remote_field:
        if hasattr(field.related_model, "history"):
            _furnish(field.related_model)
        return field.related_model._base_manager.order_by("pk")[number]
    if field.choices:
        return [code for code, _label in field.flatchoices if code][number]
    for kind, make in VALUES.items():
        if isinstance(field, kind):
            # What ends does so after it began.
            return make(number + (20 if field.name.startswith("ends") else 0))
    raise TypeError(f"No value for {field}")


VALUES = {
    models.BooleanField: bool,
    models.DateTimeField: lambda n: datetime.datetime(2027, 1, 1 + n, tzinfo=datetime.UTC),
    models.DateField: lambda n: datetime.date(2027, 1, 1 + n),
    models.JSONField: lambda n: [n],
    models.IntegerField: lambda n: 2020 + n,
    models.CharField: lambda n: f"f{n}",
    models.TextField: lambda n: f"f{n}",
}
