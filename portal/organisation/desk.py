"""The base of every page of the workplace that edits rows of one school.

Django's model permissions are not used: who may read and change follows from offices. Every
queryset, choice and autocomplete is limited to the schools in reach, every saved form is an act,
and nothing is deleted.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import IntegrityError, models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from portal.ledger.acts import Refused, perform
from portal.organisation.fields import Day, Line, Words
from portal.organisation.models import Authority, Office, School, User


def school_lookup(model) -> str | None:
    """The lookup that leads from a model to its school: 'pk' for School, None if there is none."""
    if model in (School, User):
        return {School: "pk", User: "home"}[model]
    try:
        field = model._meta.get_field("school")
    except FieldDoesNotExist:
        return None
    return "school" if isinstance(field, models.ForeignKey) else None


TYPED = {models.CharField: Line, models.TextField: Words, models.DateField: Day}


class OwnFilters:
    """A list answers only its own filters: no other column can be guessed at, letter by letter."""

    def lookup_allowed(self, lookup, value, request):
        columns = {field.name for field in self.opts.get_fields()}
        offered = {_asked_as(chosen) for chosen in self.get_list_filter(request)}
        asked = lookup.partition("__")[0]
        if asked in columns - offered:
            return False
        return super().lookup_allowed(lookup, value, request)


def _asked_as(chosen):
    """What addresses call a `list_filter`: its column, or the name a filter class has chosen."""
    column = chosen[0] if isinstance(chosen, tuple) else chosen
    return getattr(column, "parameter_name", column)


class ReadOnly:
    """Rows that are read in the workplace and never written there."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DeskAdmin(OwnFilters, admin.ModelAdmin):
    """Rows of the schools where the person holds an office that may read or change them."""

    school_path = "school"
    changed_by = (Office.OFFICE,)
    read_by = (Office.OFFICE, Office.PRINCIPAL, Office.SUPERVISION)
    for_system_administrator = False
    fixed_once_saved = ()
    change_form_template = "organisation/desk_change_form.html"
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(self, request, extra_context=None):
        """A list is headed by what it holds."""
        named = {"title": self.opts.verbose_name_plural}
        return super().changelist_view(request, named | (extra_context or {}))

    def schools_for(self, user, offices):
        if self.for_system_administrator and user.is_superuser:
            return School.objects.all()
        return Authority.objects.schools_kept_by(user, *offices)

    def get_queryset(self, request):
        reach = self.schools_for(request.user, self.read_by + self.changed_by)
        return super().get_queryset(request).filter(**{f"{self.school_path}__in": reach})

    def get_readonly_fields(self, request, obj=None):
        fixed = self.fixed_once_saved if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

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

    def view_on_site(self, obj):
        """The address of the row's public page, where it has one."""
        address = getattr(obj, "get_absolute_url", None)
        return address() if address else None

    def _reaches(self, request, offices, obj=None):
        """Whether the person reaches the row, or any school: each asked once a request."""
        rows = self.schools_for(request.user, offices)
        if obj is not None and not obj._state.adding:
            rows = self.model._default_manager.filter(
                pk=obj.pk, **{f"{self.school_path}__in": rows}
            )
        return _exists_once(request, rows)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer only rows of schools the person may change: no form reaches another school."""
        lookup = school_lookup(db_field.remote_field.model)
        if lookup and "queryset" not in kwargs:
            reach = self.schools_for(request.user, self.changed_by)
            rows = db_field.remote_field.model._default_manager
            kwargs["queryset"] = rows.filter(**{f"{lookup}__in": reach})
            if db_field.name == self.school_path:
                kwargs.setdefault("initial", reach.values_list("pk", flat=True).first())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A form tidies what is typed and chooses among rows made on their own pages."""
        if type(db_field) in TYPED and not db_field.choices:
            kwargs.setdefault("form_class", TYPED[type(db_field)])
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def changeform_view(self, request, *args, **kwargs):
        """An act that refuses gives the form back with its sentence and all that was typed."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            # Another click was quicker; asked again, the form finds that row and names it.
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            request.refusal = refusal.sentence
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        sentence = getattr(request, "refusal", "")
        return type(form.__name__, (Answered, form), {"sentence": sentence}) if sentence else form

    def history_view(self, request, object_id, extra_context=None):
        """The record has its own pages; Django's would stay empty."""
        raise Http404

    def save_model(self, request, obj, form, change):
        """A saved form is an act of its own: registered or changed, by whom."""
        if change and not form.changed_data:
            return
        with perform("change" if change else "register", obj, by=request.user):
            obj.save()

    def log_addition(self, request, obj, message):
        """The act log is the record; a second one would only contradict it."""

    log_change = log_deletion = log_addition


def _exists_once(request, rows):
    known = request.__dict__.setdefault("_desk_reach", {})
    try:
        question = str(rows.query)
    except EmptyResultSet:
        return False
    if question not in known:
        known[question] = rows.exists()
    return known[question]


class Answered:
    """A form whose act was refused: it carries the sentence of the refusal."""

    sentence = ""

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.sentence)
        return cleaned


class SchoolFilter(admin.RelatedOnlyFieldListFilter):
    """The schools in reach; for whoever reaches one there is nothing to choose."""

    def has_output(self):
        return len(self.lookup_choices) > 1


class ReasonForm(forms.Form):
    """A reason in the words of whoever acts."""

    reason = Words(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会留在操作记录里，监督小组看得到。"),
    )
