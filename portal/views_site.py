"""What machines ask of the whole site: the map of its public pages, and where not to look."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import F, Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures.catalogue.words import PersonalData
from disclosures.models import Release
from portal.organisation.models import School
from portal.templatetags.portal import TAGS

XML = "application/xml; charset=utf-8"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PART = 10_000
PARTS = 50_000
SCHOOLS = 2_000
SHOWN = ("disclosure__year", "disclosure__serial", "disclosure__school__slug")
QUIET = ("admin/", "accounts/", "inward/", "letters/", "follow/")
shared = cache_control(public=True, max_age=3600)


@require_safe
@shared
def robots(request):
    """Public pages may all be kept; the workplace and what belongs to one person may not."""
    prefixes = ["/", *(f"/{code}/" for code, _name in foreign())]
    lines = ["User-agent: *", *(f"Disallow: {start}{path}" for start in prefixes for path in QUIET)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@shared
def sitemap(request):
    """The parts of the map. A part is a block of row numbers, so it never grows beyond itself."""
    blocks = mapped().order_by().annotate(block=F("id") / PART)
    found = blocks.values("block").annotate(newest=Max("opens_at")).order_by("block")
    count = School.objects.count()
    parts = [(part("schools", n), None) for n in range(max(1, -(-count // SCHOOLS)))]
    parts += [(part("notices", row["block"]), row["newest"]) for row in found]
    rows = (f"<sitemap>{address(path)}{lastmod(at)}</sitemap>" for path, at in parts)
    return document("sitemapindex", NAMESPACE, rows)


@require_safe
@shared
def sitemap_part(request, kind, number):
    """The pages of one part, each in its languages, with the moment it last changed."""
    pages = {"schools": school_pages, "notices": notice_pages}.get(kind)
    if pages is None or number > PARTS:
        raise Http404
    rows = [url(path, at) for path, at in pages(number)]
    if not rows:
        raise Http404
    namespace = f'{NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return document("urlset", namespace, rows)


def mapped():
    """The public notices a search engine may keep: not those that name people."""
    quiet = (PersonalData.NONE, PersonalData.LOW)
    return Release.objects.public().filter(entry__personal_data__in=quiet)


def notice_pages(number) -> Iterator[tuple[str, datetime]]:
    block = mapped().filter(id__gte=number * PART, id__lt=(number + 1) * PART).order_by("id")
    rows = block.select_related("disclosure__school")
    for row in rows.only("opens_at", *SHOWN):
        yield row.disclosure.get_absolute_url(), row.opens_at


def school_pages(number) -> Iterator[tuple[str, datetime | None]]:
    """Boards and catalogues; the pages over all schools stand in the first part."""
    held = Release.objects.public().order_by().values_list("school")
    newest = dict(held.annotate(newest=Max("opens_at")))
    if number == 0:
        last = max(newest.values(), default=None)
        yield from ((reverse("home"), last), (reverse("notices"), last))
        yield reverse("open_data"), None
    schools = School.objects.order_by("path")[number * SCHOOLS : (number + 1) * SCHOOLS]
    for school in schools:
        yield reverse("board", args=[school.slug]), newest.get(school.pk)
        yield reverse("catalogue", args=[school.slug]), newest.get(school.pk)


def document(name: str, namespace: str, rows: Iterable[str]) -> HttpResponse:
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{name} {namespace}>", *rows])
    return HttpResponse(f"{text}\n</{name}>\n", content_type=XML)


def url(path: str, at: datetime | None) -> str:
    languages = [(TAGS[settings.LANGUAGE_CODE], path)]
    languages += [(TAGS[code], f"/{code}{path}") for code, _name in foreign()]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(settings.SITE_URL + each)}/>'
        for tag, each in languages
    )
    return f"<url>{address(path)}{lastmod(at)}{links}</url>"


def address(path: str) -> str:
    return f"<loc>{escape(settings.SITE_URL + path)}</loc>"


def lastmod(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""


def part(kind: str, number: int) -> str:
    return reverse("sitemap_part", args=[kind, number])


def foreign() -> list[tuple[str, str]]:
    """The languages that have a prefix of their own."""
    return [pair for pair in settings.LANGUAGES if pair[0] != settings.LANGUAGE_CODE]
