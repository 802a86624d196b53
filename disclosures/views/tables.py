"""The typed table of a notice as a file: for whoever may read the notice, and under its rule."""

import tempfile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from disclosures.feeds import site
from disclosures.models import Audience, Disclosure, Reading, Release
from disclosures.sheets.writing import JSON, write_csv, write_json, write_xlsx
from disclosures.templatetags.disclosures import is_kept_out
from disclosures.versions import unless_held, version_of
from disclosures.views.notice import open_release
from portal.text.sheets import CSV, XLSX


@require_safe
def download(request, slug, year, serial, suffix):
    """The table of the open edition; 404 for a notice without one, as for one nobody may read."""
    disclosure = get_object_or_404(
        Disclosure.objects.select_related("school", "entry"),
        school__slug=slug,
        year=int(year),
        serial=int(serial),
    )
    shown, _viewer = open_release(request, disclosure)
    if shown is None or shown.edition.sheet is None:
        raise Http404
    if shown.audience != Audience.PUBLIC:
        Reading.objects.record(shown.edition, viewer=request.viewer)
        response = file_of(shown, suffix)
        patch_cache_control(response, private=True, no_store=True)
        return response
    version = version_of(Release.objects.public().filter(disclosure=disclosure), suffix)
    response = unless_held(request, version, lambda: file_of(shown, suffix))
    patch_cache_control(response, public=True, max_age=60)
    return response


def file_of(shown, suffix):
    """The file, made a page of rows at a time."""
    response = FILES[suffix](shown, shown.edition.sheet)
    number = shown.disclosure.index_number.replace("/", "-")
    response["Content-Disposition"] = f'attachment; filename="{number}-table.{suffix}"'
    if is_kept_out(shown):
        response["X-Robots-Tag"] = "noindex"
    elif suffix == "json":
        response["Access-Control-Allow-Origin"] = "*"
    return response


def csv_file(shown, sheet):
    lines = write_csv(sheet.as_kind, sheet.header, sheet.rows())
    return StreamingHttpResponse(lines, content_type=CSV)


def xlsx_file(shown, sheet):
    """Workbooks are packed as a whole: on disk, not in memory."""
    packed = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write_xlsx(sheet.as_kind, sheet.header, sheet.rows(), packed)
    packed.seek(0)
    return FileResponse(packed, content_type=XLSX)


def json_file(shown, sheet):
    lines = write_json(sheet.schema, sheet.header, sheet.rows(), about(shown))
    return StreamingHttpResponse(lines, content_type=JSON)


def about(shown):
    """Where a table was published (docs/open-data.md)."""
    return {
        "url": site(shown.disclosure.get_absolute_url()),
        "title": shown.edition.title,
        "issuer": shown.edition.issuer,
        "index_number": shown.disclosure.index_number,
        "opened_at": shown.opens_at.isoformat(),
    }


FILES = {"csv": csv_file, "xlsx": xlsx_file, "json": json_file}
