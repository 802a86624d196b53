"""The public catalogue of a school, as a page and as files."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures.catalogue import sheets
from disclosures.catalogue.listing import sections_of
from disclosures.models import Release
from disclosures.versions import unless_held, version_of
from portal.organisation.models import School
from portal.text.sheets import CSV, XLSX, csv_lines, write_xlsx

shared = cache_control(public=True, max_age=60)


@require_safe
@shared
def page(request, slug):
    """What the school has to disclose: to whom, when, on what ground, and the newest notice."""
    school = get_object_or_404(School, slug=slug)

    def made():
        context = {"school": school, "sections": sections_of(school)}
        return render(request, "disclosures/catalogue.html", context)

    return unless_held(request, version_for(school), made)


@require_safe
@shared
def download(request, slug, suffix):
    """The same table for a spreadsheet; only csv and xlsx exist."""
    school, make = get_object_or_404(School, slug=slug), FILES.get(suffix)
    if make is None:
        raise Http404

    def made():
        rows = [sheets.header(), *sheets.lines(sections_of(school), site=settings.SITE_URL)]
        response = make(rows)
        name = f"{school.slug}-catalogue.{suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return unless_held(request, version_for(school), made)


def version_for(school):
    """The version of a school's catalogue: its entries and what is said of them change by acts."""
    return version_of(Release.objects.public().filter(school=school))


def csv_file(rows):
    return HttpResponse(csv_lines(rows), content_type=CSV)


def xlsx_file(rows):
    response = HttpResponse(content_type=XLSX)
    write_xlsx(rows, response, title=_("公开目录"))
    return response


FILES = {"csv": csv_file, "xlsx": xlsx_file}
