"""The catalogue in the workplace: its owner issues and supersedes, all who work by it read."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.catalogue_forms import EntryForm, SuccessorForm
from disclosures.catalogue.listing import Row, audience_label, steps_label
from disclosures.models import CatalogueEntry, Disclosure
from portal.ledger.acts import Refused
from portal.organisation.desk import DeskAdmin
from portal.organisation.models import Office

NOT_COPIED = ("id", "superseded_on", "superseded_by")
MATTER = ("sector", "category_code", "title", "title_en", "kind", "position")
TERMS = (
    "cadence",
    "limit",
    ("limit_days", "limit_unit", "limit_anchor"),
    "window",
    ("publicity_days", "publicity_unit", "publicity_basis"),
    ("end_action", "keep_until"),
)
GROUNDS = ("legal_basis", "confidence_title", "confidence_timing")
REVIEW = ("personal_data", "is_sensitive", "department_name", "offices")
TOLD = (
    "told_state",
    "owner",
    "code",
    "category",
    "title",
    "title_en",
    "kind",
    "told_audience",
    "limit",
    "told_publicity",
    "department_name",
    "told_steps",
    "told_bases",
)


class Standing(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("效力"), "standing"

    def lookups(self, request, model_admin):
        return [("in_force", _("现行")), ("superseded", _("已更替"))]

    def queryset(self, request, queryset):
        in_force = CatalogueEntry.objects.in_force().values("pk")
        if self.value() == "in_force":
            return queryset.filter(pk__in=in_force)
        return queryset.exclude(pk__in=in_force) if self.value() == "superseded" else queryset


@admin.register(CatalogueEntry)
class CatalogueEntryAdmin(DeskAdmin):
    """The bureau's office keeps the bureau's list, a school's office the school's own entries."""

    form = EntryForm
    school_path = "owner"
    read_by = tuple(Office)
    fixed_once_saved = ("owner", "code")
    list_display = ("code", "title", "category", "owner", "told_audience", "told_state")
    list_display_links = ("code", "title")
    list_filter = (
        Standing,
        "sector",
        "category",
        ("owner", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("owner",)
    search_fields = ("code", "title", "title_en")
    change_form_template = "disclosures/catalogue_entry.html"
    fieldsets = (
        (None, {"fields": ("owner", "code", *MATTER)}),
        (gettext_lazy("向谁公开"), {"fields": ("first_releases", "then_releases")}),
        (gettext_lazy("何时公开"), {"fields": TERMS}),
        (gettext_lazy("由谁负责和审核"), {"fields": REVIEW}),
        (gettext_lazy("依据"), {"fields": GROUNDS}),
    )

    def get_queryset(self, request):
        used = Disclosure.objects.filter(entry=OuterRef("pk"))
        rows = CatalogueEntry.objects.readable_by(request.user).annotate(used=Exists(used))
        return rows.in_order()

    def get_ordering(self, request):
        return ()

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return self._reaches(request, self.read_by)
        return CatalogueEntry.objects.readable_by(request.user).filter(pk=obj.pk).exists()

    def has_change_permission(self, request, obj=None):
        kept = super().has_change_permission(request, obj)
        if obj is None or obj._state.adding:
            return kept
        return kept and obj.is_in_force and not _is_used(obj)

    def get_fieldsets(self, request, obj=None):
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": TOLD})]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request, obj=None):
        told = [name for name in TOLD if name.startswith("told_")]
        return [*super().get_readonly_fields(request, obj), *told]

    def get_changeform_initial_data(self, request):
        """Nobody claims a ground for a new entry without saying so."""
        added = CatalogueEntry.Confidence.ADDED
        return {"confidence_title": added} | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.issue(by=request.user)
        elif form.changed_data:
            obj.amend(by=request.user)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and obj.is_in_force and self._reaches(request, self.changed_by, obj):
            context["supersede"] = _is_used(obj) and self._url("supersede", obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(self.supersede_view)
        route = path("<uuid:pk>/successor/", view, name="disclosures_catalogueentry_supersede")
        return [route, *super().get_urls()]

    def supersede_view(self, request, pk):
        """Write the entry that takes this one's place; what was disclosed keeps the old one."""
        entry = get_object_or_404(CatalogueEntry.objects.readable_by(request.user), pk=pk)
        if not self._reaches(request, self.changed_by, entry):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = SuccessorForm(data, instance=_like(entry))
        if form.is_valid() and (successor := self._superseded(request, entry, form)):
            messages.success(request, _("已更替：今后按新事项公开，已公开的内容不变。"))
            return redirect(self._url("change", successor))
        context = {"entry": entry, "form": form, "back": self._url("change", entry)}
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        context["title"] = _("更替目录事项")
        return TemplateResponse(request, "disclosures/catalogue_successor.html", context)

    def _superseded(self, request, entry, form):
        successor = form.save(commit=False)
        try:
            entry.supersede(successor, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            return None
        return successor

    def _url(self, name, entry):
        return reverse(f"admin:disclosures_catalogueentry_{name}", args=[entry.pk])

    @admin.display(description=gettext_lazy("公开对象"))
    def told_audience(self, entry):
        return audience_label(entry.releases)

    @admin.display(description=gettext_lazy("审核步骤"))
    def told_steps(self, entry):
        return steps_label(entry.steps())

    @admin.display(description=gettext_lazy("公示期"))
    def told_publicity(self, entry):
        return Row(entry, None, None).publicity or "—"

    @admin.display(description=gettext_lazy("依据"))
    def told_bases(self, entry):
        titles = [f"{basis.title} {basis.number}" for basis in Row(entry, None, None).bases]
        return _("；").join(titles) or "—"

    @admin.display(description=gettext_lazy("状态"))
    def told_state(self, entry):
        if not entry.is_in_force:
            return _("已更替")
        return _("使用中，只能更替") if _is_used(entry) else _("可以修改")


def _is_used(entry):
    """As the list has asked for all its rows at once, else by asking."""
    return entry.used if hasattr(entry, "used") else entry.is_used()


def _like(entry):
    """An unsaved entry that says what this one says."""
    fields = CatalogueEntry._meta.concrete_fields
    values = {f.attname: getattr(entry, f.attname) for f in fields if f.name not in NOT_COPIED}
    return CatalogueEntry(**values)
