"""The record in the workplace: pages that are read. Nothing here adds, changes or deletes."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosures.models import Reading
from portal.history import views
from portal.history.reach import may_read_history, may_read_readings
from portal.ledger.models import Act, Verification
from portal.organisation.desk import OwnFilters, ReadOnly
from portal.verifying import is_watcher


class RecordDesk(ReadOnly, admin.ModelAdmin):
    """A record that has its own pages and none of the admin's."""

    def has_view_permission(self, request, obj=None):
        return self.is_open_to(request.user)


@admin.register(Act)
class ActDesk(RecordDesk):
    def is_open_to(self, user):
        return may_read_history(user)

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("", guarded(views.history), name="ledger_act_changelist"),
            path("history.csv", guarded(views.export_csv), name="ledger_act_csv"),
            path("history.xlsx", guarded(views.export_xlsx), name="ledger_act_xlsx"),
            path("exports/<uuid:job>/", guarded(views.export_file), name="ledger_act_export"),
            path("about/<uuid:subject>/", guarded(views.timeline), name="ledger_act_timeline"),
            path(
                "about/<uuid:disclosure>/comparison/",
                guarded(views.comparison),
                name="ledger_act_comparison",
            ),
            path("<uuid:uuid>/", guarded(views.act), name="ledger_act_change"),
        ]


@admin.register(Reading)
class ReadingDesk(RecordDesk):
    def is_open_to(self, user):
        return may_read_readings(user)

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [path("", guarded(views.readings), name="disclosures_reading_changelist")]


@admin.register(Verification)
class VerificationDesk(ReadOnly, OwnFilters, admin.ModelAdmin):
    """What each night's check of the ledger came to, for those who have to know."""

    list_display = ("day", "verdict", "count", "started_at", "ended_at")
    list_filter = ("verdict",)
    fields = (*list_display, "told")
    readonly_fields = ("told",)

    def has_view_permission(self, request, obj=None):
        return is_watcher(request.user)

    @admin.display(description=_("不相符的行"))
    def told(self, row):
        """Each finding: its code, the row, the sentence in the reader's language, the detail."""
        lines = (
            (code, name, gettext(sentence), detail) for code, name, sentence, detail in row.findings
        )
        listed = format_html_join("", "<li>{} <code>{}</code> {} <small>{}</small></li>", lines)
        return format_html("<ol>{}</ol>", listed) if row.findings else gettext("没有")
