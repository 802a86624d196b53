"""The public catalogue of a school, as a page and as files."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures.catalogue import sheets
from disclosures.catalogue.listing import sections_of
from portal.organisation.models import School
from portal.text.sheets import CSV, XLSX, csv_lines, write_xlsx

shared = cache_control(public=True, max_age=60)


@require_safe
@shared
def page(request, slug):
    """What the school has to disclose: to whom, when, on what ground, and the newest notice."""
    school = get_object_or_404(School, slug=slug)
    context = {"school": school, "sections": sections_of(school)}
    return render(request, "disclosures/catalogue.html", context)


@require_safe
@shared
def download(request, slug, suffix):
    """The same table for a spreadsheet; only csv and xlsx exist."""
    school = get_object_or_404(School, slug=slug)
    rows = [sheets.header(), *sheets.lines(sections_of(school), site=settings.SITE_URL)]
    if suffix == "csv":
        response = HttpResponse(csv_lines(rows), content_type=CSV)
    elif suffix == "xlsx":
        response = HttpResponse(content_type=XLSX)
        write_xlsx(rows, response, title=_("公开目录"))
    else:
        raise Http404
    name = f"{school.slug}-catalogue.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
