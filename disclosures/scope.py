"""What can be followed: everything, the public notices of a part of it, or a search."""

import re
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.urls import reverse
from django.utils.translation import gettext as _

from disclosures.forms import categories_of
from disclosures.models import CatalogueEntry, Release
from disclosures.search.query import LONGEST, Query
from disclosures.search.results import Search
from portal.organisation.models import Department, School
from portal.text.chinese import is_han

_mark = re.compile(r"[^\w\s\"“”-]")
# The page of a list by what narrows it, and the feed of each page.
LISTS = {
    frozenset(): "notices",
    frozenset({"school"}): "board",
    frozenset({"school", "department"}): "department",
    frozenset({"school", "category"}): "category",
}
FEEDS = {
    "notices": "feed",
    "board": "school_feed",
    "department": "department_feed",
    "category": "category_feed",
    "search": "search_feed",
    "school_search": "school_search_feed",
}


class Scope(NamedTuple):
    """A part of what is public, as feeds, e-mail and lists name it."""

    title: str
    route: str
    school: School | None = None
    department: Department | None = None
    category: str = ""
    query: Query | None = None

    def held(self):
        """What is public within its limits now, whatever it says."""
        return Release.objects.public().filter(**self._limits())

    def newest(self, most):
        """The newest of what is public within it now: of a search no more than `most` are read."""
        if self.query is None:
            return self.held()
        hits = Search(self.query, filters=self._limits()).hits(most)
        return self.held().filter(pk__in=[hit.pk for hit in hits])

    @property
    def page(self):
        """The path of the page that lists the same notices."""
        return self._path(self.route)

    @property
    def atom(self):
        return self.feed("atom")

    @property
    def json(self):
        return self.feed("json")

    def feed(self, suffix):
        """The path of its feed; `suffix` is atom or json."""
        return self._path(FEEDS[self.route], suffix)

    @property
    def words(self):
        """The words of the search in the one form in which they are asked for, '' for a list."""
        return written(self.query) if self.query else ""

    @property
    def asked(self):
        """The scope as the query string of the page on which it is followed."""
        return urlencode(({"q": self.words} if self.query else {}) | self.terms())

    def terms(self):
        """Its limits as text that can be stored, and read again by `scope_of`."""
        department = self.department.slug if self.department else ""
        terms = {"department": department, "category": self.category}
        terms["school"] = self.school.slug if self.school else ""
        return {name: value for name, value in sorted(terms.items()) if value}

    def _limits(self):
        limits = {"category": self.category}
        limits["school"] = self.school.pk if self.school else None
        limits["department"] = self.department.pk if self.department else None
        return {name: value for name, value in limits.items() if value}

    def _path(self, route, *suffix):
        """An address of the scope; what is no part of a search's path stands behind it."""
        terms = self.terms()
        placed = ("school",) if self.query else ("school", "category", "department")
        path = reverse(route, args=[*(terms.pop(n) for n in placed if n in terms), *suffix])
        return f"{path}?{urlencode({'q': self.words} | terms)}" if self.query else path


def scope_of(*, words="", school="", department="", category=""):
    """The scope with these slugs, this code and these words; None if there is no such thing."""
    place = _school(school)
    unit, title = _department(place, department), _category_title(place, category)
    found = {"school": place, "department": unit, "category": title}
    asked = {"school": school, "department": department, "category": category}
    named = frozenset(name for name, value in asked.items() if value)
    if named != {name for name, value in found.items() if value}:
        return None
    query = Query(words) if words else None
    route = LISTS.get(named) if query is None else _search_route(query, place)
    if route is None:
        return None
    return Scope(_title(found, query), route, place, unit, category, query)


def written(query):
    """The query as text that is understood as the same query; one form for each meaning.

    The words are folded, so a search in traditional characters is the one in simplified.
    """
    wanted = [_term(term) for term in query.wanted]
    return " ".join(wanted + [f"-{_term(term)}" for term in query.unwanted])


def _term(term):
    between = " " if term.is_whole else "-"
    text = term.runs[0]
    for one, following in pairwise(term.runs):
        text += (between if is_han(one) == is_han(following) else "") + following
    return f'"{text}"' if term.is_whole else text


def _search_route(query, school):
    """None for what nobody can search for: no word at all, or longer than a search is."""
    if not 0 < len(written(query)) <= LONGEST or not query:
        return None
    return "school_search" if school else "search"


def _title(found, query):
    first, *narrower = found.values()
    parts = [first or _("阳光校务"), *narrower]
    if query is not None:
        parts.append(_("搜索“%(words)s”") % {"words": _readable(query)})
    elif first is None:
        parts.append(_("全部公开"))
    names = (getattr(part, "display_name", part) for part in parts if part)
    return " · ".join(names)


def _readable(query):
    """The words as they were typed. Stops and slashes go: nobody mails a link in this name."""
    return " ".join(_mark.sub(" ", query.text).split())


def _school(slug):
    return School.objects.filter(slug=slug).first() if slug_re.match(slug) else None


def _department(school, slug):
    if school is None or not slug_re.match(slug):
        return None
    return school.departments.filter(slug=slug).first()


def _category_title(school, code):
    if not code:
        return None
    entries = CatalogueEntry.objects
    return categories_of(entries.offered_to(school) if school else entries.all()).get(code)
