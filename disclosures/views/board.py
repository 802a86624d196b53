"""A school's two boards, and the reader's own inward boards."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control

from disclosures.forms import NoticeFilter, categories_of
from disclosures.models import CatalogueEntry, Release
from disclosures.versions import unless_held, version_of
from disclosures.views.now import happening
from disclosures.views.pages import newest_first, page_of
from portal.ledger.moments import start_of, today
from portal.organisation.models import School

NEWEST = 12
# Whole days, so that between two midnights only a release or an act changes the page.
FRESH = timedelta(days=7)


@cache_control(public=True, max_age=60)
def outward(request, slug):
    """What the school shows to everybody: what is on now, categories, newest, ways onward."""
    school = get_object_or_404(School.objects.select_related("successor"), slug=slug)
    releases = Release.objects.public().filter(school=school)
    version = version_of(releases)
    return unless_held(request, version, lambda: outward_page(request, school, releases))


def outward_page(request, school, releases):
    index = categories(school, releases)
    context = {
        "school": school,
        "categories": index,
        "departments": school.departments.open(),
        "now": happening(releases),
        "fresh": sum(category.get("fresh", 0) for category in index),
        "rows": newest_first(releases)[:NEWEST],
    }
    return render(request, "disclosures/board.html", context)


def inward(request, slug):
    """What the school shows to those who belong to it; others do not learn that it exists."""
    if request.viewer.is_public:
        return redirect_to_login(request.get_full_path())
    school = get_object_or_404(School, slug=slug)
    if school.pk not in request.viewer.inner_schools():
        raise Http404
    form = NoticeFilter(request.GET, fields=("department", "category", "year"), school=school)
    releases = Release.objects.inner_to(request.viewer).filter(school=school)
    page = page_of(form.filter(releases), request.GET.get("after", ""))
    context = {"school": school, "form": form, "page": page}
    return render(request, "disclosures/board_inward.html", context)


@login_required
def inward_boards(request):
    """The inward boards of the reader, each with what it holds; a reader with one goes there."""
    held = Release.objects.inner_to(request.viewer).order_by().values("school")
    counted = held.annotate(count=Count("pk"), newest=Max("opens_at"))
    found = {row.pop("school"): row for row in counted}
    schools = School.objects.filter(pk__in=request.viewer.inner_schools())
    if len(schools) == 1 and not request.user.is_staff:
        return redirect("inward_board", schools[0].slug)
    boards = [{"school": school, **found.get(school.pk, {"count": 0})} for school in schools]
    return render(request, "disclosures/inward.html", {"boards": boards})


def categories(school, releases):
    """The categories of the school's catalogue with the count and newest moment of each.

    One with notices stays even after the school's catalogue no longer names it.
    """
    counted = (
        releases.order_by()
        .values("category")
        .annotate(
            count=Count("pk"),
            newest=Max("opens_at"),
            fresh=Count("pk", filter=Q(opens_at__gte=start_of(today() - FRESH))),
        )
    )
    held = {row["category"]: row for row in counted}
    shown = CatalogueEntry.objects.offered_to(school).filter(
        Q(pk__in=CatalogueEntry.objects.adopted_by(school).values("pk"))
        | Q(category_code__in=list(held))
    )
    return [
        {"code": code, "title": title} | held.get(code, {"count": 0})
        for code, title in categories_of(shown).items()
    ]
