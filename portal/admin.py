"""The record in the workplace: pages that are read. Nothing here adds, changes or deletes."""

from django.contrib import admin
from django.urls import path

from disclosures.models import Reading
from portal.history import views
from portal.history.reach import may_read_history, may_read_readings
from portal.ledger.models import Act
from portal.organisation.desk import ReadOnly


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
