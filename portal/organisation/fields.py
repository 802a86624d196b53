"""Form fields that every room's forms share."""

from django import forms


class Day(forms.DateField):
    """A day chosen in the browser's own calendar, which reads ISO dates in every language."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
