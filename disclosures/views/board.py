"""A school's two boards, and the reader's own inward boards."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control

from disclosures.forms import NoticeFilter, categories_of
from disclosures.models import CatalogueEntry, Release
from disclosures.views.pages import newest_first, page_of
from portal.organisation.models import School

NEWEST = 12


@cache_control(public=True, max_age=60)
def outward(request, slug):
    """What the school shows to everybody: categories, newest notices, ways onward."""
    school = get_object_or_404(School.objects.select_related("successor"), slug=slug)
    releases = Release.objects.public().filter(school=school)
    context = {
        "school": school,
        "categories": categories(school, releases),
        "rows": newest_first(releases)[:NEWEST],
    }
    return render(request, "disclosures/board.html", context)


@login_required
def inward(request, slug):
    """What the school shows to those who belong to it; others do not learn that it exists."""
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
    rows = releases.order_by().values("category")
    held = {
        row["category"]: row for row in rows.annotate(count=Count("pk"), newest=Max("opens_at"))
    }
    shown = CatalogueEntry.objects.offered_to(school).filter(
        Q(pk__in=CatalogueEntry.objects.adopted_by(school).values("pk"))
        | Q(category_code__in=list(held))
    )
    return [
        {"code": code, "title": title} | held.get(code, {"count": 0})
        for code, title in categories_of(shown).items()
    ]
