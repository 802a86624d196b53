"""The staff's workplace for editions: who comes in, what they find, and where each act is."""

from functools import partial, update_wrapper

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.views.decorators.http import require_http_methods

from disclosures import desk
from disclosures.admin.acting import act_view
from disclosures.admin.acts import ACTS
from disclosures.admin.assigning import assign_view
from disclosures.admin.columns import FILTERS, Columns
from disclosures.admin.drafting import (
    comment_view,
    preview_page,
    revoke_view,
    settle_view,
    share_view,
)
from disclosures.admin.filing import attach_view, detach_view
from disclosures.admin.importing import routes as importing
from disclosures.admin.pages import readable_or_404
from disclosures.admin.reading import difference_page, file_view, read_page
from disclosures.admin.rolling_back import earlier_page, edition_view, state_view
from disclosures.admin.tables.routes import routes as tables
from disclosures.admin.writing import choose_page, draft_page, late_page, new_page
from disclosures.models import Edition, drafting_departments
from portal.organisation.desk import OwnFilters
from portal.organisation.models import Authority


@admin.register(Edition)
class EditionAdmin(OwnFilters, Columns, admin.ModelAdmin):
    """Editions, reached only through what the person's offices and grants let them read."""

    list_display = [
        "told_title",
        "told_place",
        "told_state",
        "told_since",
        "told_next",
        "told_assignee",
    ]
    list_display_links = ["told_title"]
    list_filter = FILTERS
    search_fields = ["title", "document_number", "disclosure__index_number"]
    ordering = ["-edited_at", "pk"]
    list_per_page = 30
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request):
        return desk.with_progress(Edition.objects.readable_by(request.user))

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return Authority.objects.held_by(request.user).exists()
        return Edition.objects.readable_by(request.user).filter(pk=obj.pk).exists()

    def has_add_permission(self, request):
        return drafting_departments(request.user).exists()

    def has_change_permission(self, request, obj=None):
        may = Edition.objects.open_to("edit", request.user)
        return (may.filter(pk=obj.pk) if obj else may).exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        return [
            self._route("", self.changelist_view, "changelist"),
            self._route("add/", self.add_view, "add"),
            self._route("<uuid:pk>/change/", self.change_view, "change"),
            self._route("<uuid:pk>/difference/", self._bound(difference_page), "difference"),
            self._route("<uuid:pk>/attachments/", self._bound(attach_view, "POST"), "attach"),
            self._route("<uuid:pk>/attachments/<uuid:attachment>/", self._bound(file_view), "file"),
            self._route(
                "<uuid:pk>/attachments/<uuid:attachment>/removal/",
                self._bound(detach_view, "POST"),
                "detach",
            ),
            *self._together(),
            *importing(self),
            *tables(self),
            *(
                self._route(f"<uuid:pk>/{shown.resource}/", self._bound(act_view, act=act), act)
                for act, shown in ACTS.items()
            ),
        ]

    def _together(self):
        """The pages of working on a draft together, each under the draft's own address."""
        pages = [
            ("preview/", preview_page, "preview", ()),
            ("comments/", comment_view, "comment", ("POST",)),
            ("comments/<uuid:comment>/settlement/", settle_view, "settle_comment", ("POST",)),
            ("links/", share_view, "share", ()),
            ("links/<uuid:link>/revocation/", revoke_view, "revoke_share", ("POST",)),
            ("assignment/", assign_view, "assign", ()),
            ("earlier/", earlier_page, "earlier", ()),
            ("earlier/states/<int:state>/", state_view, "earlier_state", ()),
            ("earlier/editions/<uuid:other>/", edition_view, "earlier_edition", ()),
        ]
        return [
            self._route(f"<uuid:pk>/{route}", self._bound(view, *methods), name)
            for route, view, name, methods in pages
        ]

    def _bound(self, view, *methods, **named):
        """A page of this desk; a page that only reads answers no POST, an upload no GET."""
        bound = update_wrapper(partial(view, self, **named), view)
        return require_http_methods(methods or ("GET", "HEAD", "POST"))(bound)

    def _route(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=f"disclosures_edition_{name}")

    def changelist_view(self, request, extra_context=None):
        named = {"title": Edition._meta.verbose_name_plural}
        return super().changelist_view(request, named | (extra_context or {}))

    def add_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST" and "entry" not in request.GET:
            return choose_page(self, request)
        return new_page(self, request)

    def change_view(self, request, pk):
        edition = readable_or_404(request.user, pk)
        if self.has_change_permission(request, edition):
            return draft_page(self, request, edition)
        if request.method == "POST":
            return late_page(self, request, edition)
        return read_page(self, request, edition)
