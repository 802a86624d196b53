"""The addresses of a draft's table, each under that of the draft."""

from functools import partial, update_wrapper

from django.urls import path
from django.views.decorators.http import require_http_methods

from disclosures.admin.tables.editing import table_view
from disclosures.admin.tables.files import (
    confirmation_view,
    import_view,
    job_view,
    stop_view,
    template_view,
    workbook_view,
)
from disclosures.admin.tables.forward import forward_view
from disclosures.admin.tables.removing import removal_view

READ = ("GET", "HEAD")
WRITE = (*READ, "POST")


def routes(desk):
    pages = (
        ("table/", table_view, "table", WRITE),
        ("roll-forward/", forward_view, "roll_forward", WRITE),
        ("table/removal/", removal_view, "table_removal", WRITE),
        ("table/template.xlsx", template_view, "table_template", READ),
        ("table/draft.xlsx", workbook_view, "table_workbook", READ),
        ("table/import/", import_view, "table_import", WRITE),
        ("table/import/<uuid:job>/", job_view, "table_job", READ),
        ("table/import/<uuid:job>/confirmation/", confirmation_view, "table_confirm", ("POST",)),
        ("table/import/<uuid:job>/stop/", stop_view, "table_stop", ("POST",)),
    )
    guarded = desk.admin_site.admin_view
    return [
        path(
            f"<uuid:pk>/{route}",
            guarded(require_http_methods(methods)(update_wrapper(partial(view, desk), view))),
            name=f"disclosures_edition_{name}",
        )
        for route, view, name, methods in pages
    ]
