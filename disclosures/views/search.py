"""Searching what is public, of all schools or one, and what a signed-in reader may see besides."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures.forms import NoticeFilter, categories_of
from disclosures.models import Audience, CatalogueEntry, Release
from disclosures.scope import scope_of
from disclosures.search.highlight import excerpt, marked
from disclosures.search.query import LONGEST, Query
from disclosures.search.results import RANKED, Found, Search
from disclosures.search.suggesting import suggestions
from disclosures.versions import unless_held, version_of
from portal.organisation.models import Department, School
from portal.organisation.viewer import PUBLIC

MOST_CHOICES = 12
BEGINNING = 120


@require_safe
@cache_control(public=True, max_age=60)
def everywhere(request):
    """What all schools have made public."""

    def made():
        form = NoticeFilter(request.GET, fields=("school", "category", "year"))
        return searched(request, form)

    return unless_held(request, version_of(Release.objects.public()), made)


@require_safe
@cache_control(public=True, max_age=60)
def of_school(request, slug):
    """What one school has made public."""
    school = get_object_or_404(School, slug=slug)

    def made():
        form = NoticeFilter(request.GET, fields=("department", "category", "year"), school=school)
        return searched(request, form, school=school)

    return unless_held(request, version_of(Release.objects.public().filter(school=school)), made)


@login_required
@require_safe
def inward(request):
    """What the reader may see after signing in: the public notices and those of their schools."""
    form = NoticeFilter(request.GET, fields=("school", "category", "year"))
    return searched(request, form, viewer=request.viewer)


def searched(request, form, *, school=None, viewer=PUBLIC):
    """A page of results, or of help with what was asked."""
    query = Query(request.GET.get("q", ""))
    order = "rank" if request.GET.get("order") == "rank" else "date"
    search, found = None, Found()
    if form.is_valid():
        filters = chosen(form) | ({"school": school.pk} if school else {})
        search = Search(query, viewer=viewer, filters=filters, order=order)
        found = search.page(request.GET.get("after", ""))
    asked = asked_again(form, query, order)
    helps = suggestions(search, asked) if search and query and not found.total else []
    context = {
        "school": school,
        "query": query,
        "longest": LONGEST,
        "form": form,
        "order": order,
        "found": found,
        "ranked": RANKED,
        "results": [result(release, query) for release in found.rows],
        "groups": groups(form, found, asked) if found.total else [],
        "asked": asked,
        "kept": form.kept.items(),
        "suggestions": helps,
        "is_inward": not viewer.is_public,
        "scope": followed(form, query, school) if search and viewer.is_public else None,
    }
    return render(request, "disclosures/search.html", context)


def followed(form, query, school):
    """What of the search can be followed: its words and its filters, but no year that is over."""
    limits = {name: form.cleaned_data.get(name, "") for name in ("department", "category")}
    slug = school.slug if school else form.cleaned_data["school"]
    return scope_of(words=query.text, school=slug, **limits) if query else None


def chosen(form):
    """The filters of a valid form as the columns of `Release`."""
    values = {name: value for name, value in form.cleaned_data.items() if value}
    if slug := values.get("school"):
        values["school"] = School.objects.get(slug=slug).pk
    if slug := values.get("department"):
        values["department"] = form.school.departments.get(slug=slug).pk
    return values


def asked_again(form, query, order):
    """The question as it was understood, for links: nothing unknown, nothing that was cut off."""
    parameters = form.kept
    if query.text:
        parameters["q"] = query.text
    if order == "rank":
        parameters["order"] = order
    return parameters


def result(release, query):
    """A row with the found words marked, and a piece of the text where they stand.

    What is meant for named people is read on its own page only, where reading leaves a trace.
    """
    told = {"release": release, "title": marked(release.edition.title, query)}
    if release.audience == Audience.NAMED:
        return told
    text = release.edition.search_text
    inside = excerpt(text.body, query)
    in_files = "" if inside else excerpt(text.files, query)
    shown = inside or in_files or text.body[:BEGINNING]
    return told | {"excerpt": shown, "in_files": bool(in_files)}


def groups(form, found, asked):
    """The filters that would narrow the results, each value with how many it leaves."""
    told = []
    for name, field in form.fields.items():
        counts, labels = found.counts[name], labels_of(name, found.counts[name])
        now = form.cleaned_data[name] if form.is_valid() else ""
        choices = [
            {"label": label, "count": count, "address": narrowed(asked, name, value)}
            for key, count in counts[:MOST_CHOICES]
            for value, label in [labels.get(key, (key, key))]
        ]
        if now or len(choices) > 1:
            widened = narrowed(asked, name, "")
            told.append(
                {"label": field.label, "chosen": now, "choices": choices, "widened": widened}
            )
    return told


def narrowed(asked, name, value):
    """The first page of the same search with another value of one filter."""
    parameters = asked.copy()
    parameters[name] = value
    return f"?{parameters.urlencode()}"


def labels_of(name, counts):
    """What the filter's address and the reader call each counted value."""
    keys = [key for key, _count in counts[:MOST_CHOICES]]
    if name == "category":
        titles = categories_of(CatalogueEntry.objects.filter(category_code__in=keys))
        return {code: (code, title) for code, title in titles.items()}
    if name in ("school", "department"):
        model = School if name == "school" else Department
        rows = model.objects.filter(pk__in=keys)
        return {row.pk: (row.slug, row.display_name) for row in rows}
    return {year: (str(year), _("%(year)s年") % {"year": year}) for year in keys}
