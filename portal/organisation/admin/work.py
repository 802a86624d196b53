"""What runs in the background, for the system administrator to look at."""

from django.contrib import admin

from portal.organisation.desk import OwnFilters, ReadOnly
from portal.organisation.models import Job, Message, SweepPass


class Watched(ReadOnly, OwnFilters, admin.ModelAdmin):
    """Rows the system administrator reads and nobody edits."""

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


@admin.register(Job)
class JobAdmin(Watched):
    fields = (
        "kind",
        "state",
        "requested_by",
        "requested_at",
        "done_count",
        "total_count",
        "started_at",
        "ended_at",
        "error",
    )
    list_display = ("kind", "state", "requested_by", "requested_at", "done_count", "total_count")
    list_filter = ("state", "kind")
    list_select_related = ("requested_by",)


@admin.register(SweepPass)
class SweepPassAdmin(Watched):
    list_display = ("name", "started_at", "ended_at", "handled_count")


@admin.register(Message)
class MessageAdmin(Watched):
    """Whether messages leave the house; what they say is for their readers only."""

    list_display = ("recipient", "state", "created_at", "due_at", "sent_at", "tries_count", "error")
    list_display_links = None
    list_filter = ("state",)
    list_select_related = ("recipient",)

    def has_view_permission(self, request, obj=None):
        return obj is None and super().has_view_permission(request)
