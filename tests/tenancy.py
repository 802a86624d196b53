"""Whether the workplace keeps schools apart, asked of every page that shows rows of a school.

Rows are addressed by uuid, so a row shows wherever its key stands in a page: in lists, filters,
choices of forms, autocompletes and links alike.
"""

from itertools import islice
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import ForeignKey
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal.organisation.desk import school_lookup
from portal.organisation.models import User

SAMPLE = 2


def check_tenancy(*, user, school):
    """Where the person, who has no office in the school, sees rows of it: [] if nowhere."""
    return sorted(shown_rows(user=user, school=school))


def shown_rows(*, user, school):
    """The (address, key) of every row of the school the workplace shows to the person."""
    client = Client()
    client.force_login(user)
    keys = {str(row.pk) for _desk, rows in rows_of(school) for row in rows}
    return {
        (address, key)
        for address in addresses(school)
        for key in keys & _words(client.get(address), address)
    }


def rows_of(school):
    """Every registered page whose rows have a school, with the school's rows."""
    for model, desk in admin.site._registry.items():
        lookup = path_to_school(model)
        if lookup:
            yield desk, model._default_manager.filter(**{lookup: school.pk})


def path_to_school(model):
    """The shortest way from a model to its school by foreign keys, not by way of people."""
    ways = [(model, ())]
    for here, steps in ways:
        if lookup := school_lookup(here):
            return "__".join([*steps, lookup])
        if len(steps) < 3:
            ways += [
                (field.related_model, (*steps, field.name))
                for field in here._meta.fields
                if isinstance(field, ForeignKey) and field.related_model not in (User, here)
            ]
    return None


def addresses(school):
    """Lists, empty forms, autocompletes, and every page of a few rows of the school."""
    for desk, rows in rows_of(school):
        yield from _pages(desk)
        for row in islice(rows, SAMPLE):
            yield from _pages(desk, row.pk)
        for field in desk.autocomplete_fields:
            asked = {
                "app_label": desk.opts.app_label,
                "model_name": desk.opts.model_name,
                "field_name": field,
            }
            yield f"{reverse('admin:autocomplete')}?{urlencode(asked)}"


def _pages(desk, *args):
    for pattern in desk.get_urls():
        if pattern.name:
            try:
                yield reverse(f"admin:{pattern.name}", args=args)
            except NoReverseMatch:
                continue


def _words(response, address):
    """The words of a page that opened; its address counts, for it names the row it shows."""
    if response.status_code != 200:
        return set()
    text = address + " " + response.content.decode()
    for mark in "\"'/?&=<>,:;()":
        text = text.replace(mark, " ")
    return set(text.split())
