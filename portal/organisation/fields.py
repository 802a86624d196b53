"""Form fields that every room's forms share."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from portal.text.clean import clean_line, clean_text

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class Day(forms.DateField):
    """A day chosen in the browser's own calendar, which reads ISO dates in every language.

    Days no school can mean are refused: beyond them calendars end.
    """

    default_validators = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Words(forms.CharField):
    """Text without the characters nobody can see, which make two names look alike."""

    tidy = staticmethod(clean_text)

    def to_python(self, value):
        typed = super().to_python(value)
        return self.tidy(typed) if typed else typed


class Line(Words):
    """Words on one line."""

    tidy = staticmethod(clean_line)
