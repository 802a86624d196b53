"""What can be followed: everything, or the public notices of a school, department or category."""

from typing import NamedTuple

from django.core.validators import slug_re
from django.urls import reverse
from django.utils.translation import gettext as _

from disclosures.forms import categories_of
from disclosures.models import CatalogueEntry, Release
from portal.organisation.models import Department, School


class Scope(NamedTuple):
    """A part of what is public, as feeds, e-mail and lists name it."""

    title: str
    page: str
    route: str = ""
    school: School | None = None
    department: Department | None = None
    category: str = ""

    def releases(self):
        """What is public within it now."""
        fields = {"school": self.school, "department": self.department, "category": self.category}
        return Release.objects.public().filter(**{k: v for k, v in fields.items() if v})

    def feed(self, suffix):
        """The path of its feed; `suffix` is atom or json."""
        return reverse(f"{self.route}feed", args=[*self._arguments(), suffix])

    def terms(self):
        """The scope as text that can be stored, and read again by `scope_of`."""
        department = self.department.slug if self.department else ""
        terms = {"department": department, "category": self.category}
        terms["school"] = self.school.slug if self.school else ""
        return {name: value for name, value in sorted(terms.items()) if value}

    def _arguments(self):
        terms = self.terms()
        return [terms[name] for name in ("school", "category", "department") if name in terms]


def scope_of(*, school="", department="", category=""):
    """The scope with these slugs and this code; None if there is no such thing."""
    if not school:
        return None if department or category else everything()
    found = School.objects.filter(slug=school).first() if slug_re.match(school) else None
    if found is None or (department and category):
        return None
    if department:
        return _of_department(found, department)
    if category:
        return _of_category(found, category)
    title, page = found.display_name, reverse("board", args=[found.slug])
    return Scope(title, page, "school_", found)


def everything():
    return Scope(f"{_('阳光校务')} · {_('全部公开')}", reverse("notices"))


def _of_department(school, slug):
    department = school.departments.filter(slug=slug).first() if slug_re.match(slug) else None
    if department is None:
        return None
    title = f"{school.display_name} · {department.display_name}"
    page = reverse("department", args=[school.slug, slug])
    return Scope(title, page, "department_", school, department)


def _of_category(school, code):
    name = categories_of(CatalogueEntry.objects.offered_to(school)).get(code)
    if name is None:
        return None
    page = reverse("category", args=[school.slug, code])
    return Scope(f"{school.display_name} · {name}", page, "category_", school, None, code)
