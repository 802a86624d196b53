"""Calendar months of Asia/Shanghai, as forms choose them and reports account for them."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _

from portal.ledger.moments import start_of, today
from portal.organisation.fields import Day


class Month(Day):
    """A month, told by its first day."""

    input_formats = ["%Y-%m"]
    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")


def month_before(day):
    """The first day of the month before the day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def last_month():
    return month_before(today())


def in_month(rows, first, *, column="at"):
    """The rows whose moment falls into the month that begins on `first`."""
    following = (first + timedelta(days=31)).replace(day=1)
    return rows.filter(**{f"{column}__gte": start_of(first), f"{column}__lt": start_of(following)})


def month_name(first: date) -> str:
    """The month as a title says it.

    >>> month_name(date(2026, 10, 1))
    '2026年10月'
    """
    return _("%(year)d年%(month)d月") % {"year": first.year, "month": first.month}
