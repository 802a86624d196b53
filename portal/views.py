"""Pages over several rooms."""

from datetime import timedelta

from django.db import connection
from django.db.models import Count, Max, Q
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from disclosures.models import Release
from disclosures.versions import unless_held, version_of
from disclosures.views.now import happening
from disclosures.views.pages import newest_first
from portal.ledger.moments import start_of, today
from portal.organisation.models import School

NEWEST = 8
# Whole days, so that between two midnights only a release or an act changes the page.
RECENT = timedelta(days=30)
# Publicity periods are shorter; what closes after a longer time is told on its school's board.
PERIOD = timedelta(days=100)


def healthz(request):
    """Alive, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@cache_control(public=True, max_age=60)
def home(request):
    """The bureau's front: what is new everywhere, and every school with what it shows."""
    releases = Release.objects.public()
    return unless_held(request, version_of(releases), lambda: home_page(request, releases))


def home_page(request, releases):
    rows = directory_rows()
    bureau = next((row["school"] for row in rows if row["school"].is_bureau), None)
    context = {
        "bureau": bureau,
        "school": bureau,
        "now": happening(releases.filter(opens_at__gte=start_of(today() - PERIOD))),
        "rows": newest_first(releases)[:NEWEST],
        "directory": by_stage(rows),
        "figures": {
            "open": sum(row["count"] for row in rows),
            "recent": sum(row["recent"] for row in rows),
            "active": sum(1 for row in rows if row["recent"]),
            "schools": len(rows),
        },
    }
    return render(request, "portal/home.html", context)


def directory_rows():
    """Every open school with the count, the recent count and the newest moment of its notices."""
    held = Release.objects.public().order_by().values("school")
    counted = held.annotate(
        count=Count("pk"),
        recent=Count("pk", filter=Q(opens_at__gte=start_of(today() - RECENT))),
        newest=Max("opens_at"),
    )
    found = {row.pop("school"): row for row in counted}
    nothing = {"count": 0, "recent": 0, "newest": None}
    return [{"school": school, **found.get(school.pk, nothing)} for school in School.objects.open()]


def by_stage(rows):
    """The directory in the order of stages, the bureau first; empty stages are left out."""
    stages = []
    for stage in School.Stage:
        members = [row for row in rows if row["school"].stage == stage]
        title = stage.label if stage else _("主管单位")
        if members:
            stages.append({"title": title, "rows": members})
    return stages
