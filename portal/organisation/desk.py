"""The base of every page of the workplace that edits rows of one school.

Django's model permissions are not used: who may read and change follows from offices. Every
queryset, choice and autocomplete is limited to the schools in reach, every saved form is an act,
and nothing is deleted.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from portal.ledger.acts import perform
from portal.organisation.models import Authority, Office, School


def school_lookup(model) -> str | None:
    """The lookup that leads from a model to its school: 'pk' for School, None if there is none."""
    if model is School:
        return "pk"
    try:
        field = model._meta.get_field("school")
    except FieldDoesNotExist:
        return None
    return "school" if isinstance(field, models.ForeignKey) else None


class DeskAdmin(admin.ModelAdmin):
    """Rows of the schools where the person holds an office that may read or change them."""

    school_path = "school"
    changed_by = (Office.OFFICE,)
    read_by = (Office.OFFICE, Office.PRINCIPAL, Office.SUPERVISION)
    for_system_administrator = False
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def schools_for(self, user, offices):
        if self.for_system_administrator and user.is_superuser:
            return School.objects.all()
        return Authority.objects.schools_kept_by(user, *offices)

    def get_queryset(self, request):
        reach = self.schools_for(request.user, self.read_by + self.changed_by)
        return super().get_queryset(request).filter(**{f"{self.school_path}__in": reach})

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self._reaches(request, self.read_by + self.changed_by, obj)

    def has_add_permission(self, request):
        return self._reaches(request, self.changed_by)

    def has_change_permission(self, request, obj=None):
        return self._reaches(request, self.changed_by, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def _reaches(self, request, offices, obj=None):
        reach = self.schools_for(request.user, offices)
        if obj is None or obj._state.adding:
            return reach.exists()
        rows = self.model._default_manager.filter(pk=obj.pk)
        return rows.filter(**{f"{self.school_path}__in": reach}).exists()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer only rows of schools the person may change: no form reaches another school."""
        lookup = school_lookup(db_field.remote_field.model)
        if lookup and "queryset" not in kwargs:
            reach = self.schools_for(request.user, self.changed_by)
            rows = db_field.remote_field.model._default_manager
            kwargs["queryset"] = rows.filter(**{f"{lookup}__in": reach})
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """A saved form is an act of its own: registered or changed, by whom."""
        with perform("change" if change else "register", obj, by=request.user):
            obj.save()

    def log_addition(self, request, obj, message):
        """The act log is the record; a second one would only contradict it."""

    log_change = log_deletion = log_addition


class ReasonForm(forms.Form):
    """A reason in the words of whoever acts."""

    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
