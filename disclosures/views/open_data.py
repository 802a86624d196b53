"""What is public for other programs and sites: a documented list as JSON, and a frame."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from disclosures.feeds import site
from disclosures.forms import NoticeFilter
from disclosures.models import Release
from disclosures.versions import unless_held, version_of
from disclosures.views.pages import newest_first, page_of
from portal.organisation.models import School

shared = cache_control(public=True, max_age=300)
PARAMETERS = ("school", "category", "year")
SIZE, FRAMED = 100, 10


@require_safe
@shared
def about(request):
    """What the list and the feeds contain, for whoever writes a program that reads them."""
    return render(request, "disclosures/open_data.html", {"site": settings.SITE_URL, "size": SIZE})


@require_safe
@shared
def notices(request):
    """The list, newest first, a hundred at a time; what it does not know it refuses in words."""
    form = NoticeFilter(request.GET, fields=PARAMETERS)
    key = request.GET.get("after", "")
    if faults := faults_of(form, request.GET):
        return opened(JsonResponse({"errors": faults}, status=400))
    releases = form.filter(Release.objects.public())
    version = version_of(releases, key)
    return opened(unless_held(request, version, lambda: listed(request, releases, key)))


def faults_of(form, asked):
    """What is wrong with the question: parameter to sentences."""
    strange = set(asked) - {*PARAMETERS, "after"}
    faults = {name: [_("没有这个参数。")] for name in sorted(strange)}
    return faults | {name: list(told) for name, told in form.errors.items()}


def listed(request, releases, key):
    page = page_of(releases, key, size=SIZE)
    if not page.key_is_known:
        return JsonResponse({"errors": {"after": [_("无法识别这个翻页值。")]}}, status=400)
    query = request.GET.copy()
    query["after"] = page.next_key
    further = f"{site(reverse('open_notices'))}?{query.urlencode()}"
    told = {
        "documentation": site(reverse("open_data")),
        "notices": [notice(release) for release in page.rows],
        "next": further if page.next_key else None,
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def notice(release):
    """One public notice as the list tells it (docs/open-data.md)."""
    disclosure, edition, entry = release.disclosure, release.edition, release.entry
    return {
        "id": str(disclosure.pk),
        "index_number": disclosure.index_number,
        "url": site(disclosure.get_absolute_url()),
        "title": edition.title,
        "summary": edition.summary,
        "language": edition.language,
        "school": {"slug": release.school.slug, "name": release.school.display_name},
        "department": {"slug": release.department.slug, "name": edition.department_title},
        "category": {"code": release.category, "title": entry.display_category},
        "entry": {"code": entry.code, "title": entry.display_title},
        "genre": edition.genre,
        "document_number": edition.document_number,
        "written_on": edition.written_on,
        "opened_at": release.opens_at,
        "closes_at": release.closes_at,
        "edition": edition.number,
        "digest": edition.digest,
    }


def opened(response):
    """Let pages of other sites read the answer: it depends on nobody who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@shared
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": ["'none'"]})
def frame(request, slug):
    """The newest notices of a school, to stand in a frame on the school's own site."""
    school = get_object_or_404(School, slug=slug)
    releases = Release.objects.public().filter(school=school)
    rows = newest_first(releases)[:FRAMED]
    context = {"school": school, "rows": rows}
    return unless_held(
        request,
        version_of(releases, school.name),
        lambda: render(request, "disclosures/embed.html", context),
    )
