"""The columns and filters of the list of editions."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures import desk
from disclosures.models import CatalogueEntry, State
from portal.organisation.models import Authority, Department, Office


def schools_in_reach(user):
    """The schools whose editions the person may find here: their own, and those beneath a bureau's
    office."""
    own = Authority.objects.schools_kept_by(user, *Office)
    return own | Authority.objects.schools_beneath(user)


class Choice(admin.SimpleListFilter):
    """A filter over a few values; an unknown one finds nothing and says so."""

    lookup = ""

    def has_output(self):
        """One value is no choice; but what the address asks for is always answered."""
        return len(self.lookup_choices) > 1 or self.value() is not None

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() not in {str(value) for value, _label in self.lookup_choices}:
            messages.warning(request, _("筛选条件里有不认识的值，没有找到任何文稿。请重新选择。"))
            return queryset.none()
        return self.chosen(request, queryset)

    def chosen(self, request, queryset):
        return queryset.filter(**{self.lookup: self.value()})


class DeskFilter(Choice):
    title, parameter_name = gettext_lazy("待办"), "desk"

    def lookups(self, request, model_admin):
        return [(name, title) for name, (title, _hint, _rows) in desk.SECTIONS.items()]

    def chosen(self, request, queryset):
        rows = desk.section(self.value(), request.user).rows
        return queryset.filter(pk__in=rows.order_by().values("pk"))


class StateFilter(Choice):
    title, parameter_name, lookup = gettext_lazy("状态"), "state", "state"

    def lookups(self, request, model_admin):
        return State.choices


class SchoolFilter(Choice):
    title, parameter_name, lookup = gettext_lazy("学校"), "school", "disclosure__school__slug"

    def lookups(self, request, model_admin):
        return list(schools_in_reach(request.user).values_list("slug", "short_name"))


class DepartmentFilter(Choice):
    title, parameter_name = gettext_lazy("部门"), "department"
    lookup = "disclosure__department"

    def lookups(self, request, model_admin):
        reach = Department.objects.filter(school__in=schools_in_reach(request.user))
        school = request.GET.get("school")
        rows = [row for row in reach.select_related("school") if school in (None, row.school.slug)]
        several = len({row.school_id for row in rows}) > 1
        return [(str(row.pk), _full_name(row) if several else row.name) for row in rows]


def _full_name(department):
    return f"{department.school.short_name} {department.name}"


class CategoryFilter(Choice):
    title, parameter_name = gettext_lazy("目录类别"), "category"
    lookup = "disclosure__entry__category_code"

    def lookups(self, request, model_admin):
        entries = CatalogueEntry.objects.in_force().order_by("sector", "position")
        named = entries.values_list("category_code", "category")
        return list(dict(named).items())


FILTERS = (DeskFilter, StateFilter, SchoolFilter, DepartmentFilter, CategoryFilter)


class Columns:
    """What a row of the list shows."""

    @admin.display(description=gettext_lazy("标题"))
    def told_title(self, edition):
        return edition.title

    @admin.display(description=gettext_lazy("学校与部门"))
    def told_place(self, edition):
        disclosure = edition.disclosure
        return f"{disclosure.school.short_name} {disclosure.department.name}"

    @admin.display(description=gettext_lazy("状态"))
    def told_state(self, edition):
        unsure = edition.unconfirmed
        shown = edition.get_unconfirmed_display() if unsure else edition.get_state_display()
        kind = "unconfirmed" if unsure else edition.state
        return format_html('<span class="chip chip-{}">{}</span>', kind, shown)

    @admin.display(description=gettext_lazy("从何时起"))
    def told_since(self, edition):
        return localtime(desk.since(edition)).strftime("%Y-%m-%d %H:%M")

    @admin.display(description=gettext_lazy("下一步"))
    def told_next(self, edition):
        return desk.next_step(edition) or "—"

    @admin.display(description=gettext_lazy("承办人"))
    def told_assignee(self, edition):
        return desk.assignment(edition) or "—"
