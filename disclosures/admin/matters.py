"""Choosing whose a notice is and which matter of the catalogue it discloses."""

from django.utils.translation import gettext as _

from disclosures.models import CatalogueEntry, drafting_departments
from portal.organisation.models import School


def schools_drafted_for(user):
    return School.objects.filter(pk__in=drafting_departments(user).values("school"))


def offer(form, *, user):
    """Give the form's `department` and `entry` the choices open to the person."""
    department, entry = form.fields["department"], form.fields["entry"]
    department.queryset = drafting_departments(user).select_related("school")
    department.label_from_instance = _place
    entry.queryset = adopted_by_any(schools_drafted_for(user))
    entry.choices = by_category(entry.queryset)


def check(form, cleaned):
    """The department's own school must have adopted the matter."""
    department, entry = cleaned.get("department"), cleaned.get("entry")
    if department and entry and not _adopts(department.school, entry):
        form.add_error("entry", _("这个部门的学校没有采用这一事项，请另选。"))
    return cleaned


def adopted_by_any(schools):
    """The matters one or more of the schools have to disclose."""
    adopted = CatalogueEntry.objects.none()
    for school in schools:
        adopted = adopted | CatalogueEntry.objects.adopted_by(school)
    return adopted.order_by("sector", "position", "code")


def by_category(entries):
    """Choices under the headings of their categories, in the catalogue's order."""
    groups = {}
    for entry in entries:
        groups.setdefault(entry.display_category, []).append((entry.pk, entry.display_title))
    return [("", "---------"), *groups.items()]


def _adopts(school, entry):
    return CatalogueEntry.objects.adopted_by(school).filter(pk=entry.pk).exists()


def _place(department):
    return f"{department.school.short_name} {department.name}"
