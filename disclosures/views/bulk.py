"""Everything a school has public, in one file for programs: a notice a line, streamed."""

import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures.feeds import site
from disclosures.models import Attachment, Release
from disclosures.versions import unless_held, version_of
from disclosures.views.open_data import notice, opened
from portal.organisation.models import School

LINES = "application/jsonl; charset=utf-8"
CHUNK = 50


@require_safe
@cache_control(public=True, max_age=300)
def download(request, slug):
    """The school's public notices, the oldest first, each with its text, files and table."""
    school = get_object_or_404(School, slug=slug)
    releases = Release.objects.public().filter(school=school)

    def made():
        response = StreamingHttpResponse(lines(releases), content_type=LINES)
        response["Content-Disposition"] = f'attachment; filename="{slug}-open-data.jsonl"'
        response["X-Robots-Tag"] = "noindex"
        return opened(response)

    return unless_held(request, version_of(releases, school.name), made)


def lines(releases) -> Iterator[str]:
    """A line a notice; of its table a page of rows is held at a time."""
    files = Attachment.objects.kept().select_related("served")
    rows = releases.with_rows().select_related("disclosure__school", "edition__sheet")
    rows = rows.order_by("opens_at", "id").prefetch_related(
        Prefetch("edition__attachments", files, to_attr="kept_files")
    )
    for release in rows.iterator(chunk_size=CHUNK):
        yield from line(release)


def line(release) -> Iterator[str]:
    edition = release.edition
    head = dumped(notice(release) | {"body": edition.body, "attachments": files_of(edition)})
    if edition.sheet is None:
        yield f'{head[:-1]}, "table": null}}\n'
        return
    sheet = edition.sheet
    told = dumped({"schema": sheet.schema, "header": sheet.header})
    yield f'{head[:-1]}, "table": {told[:-1]}, "rows": ['
    comma = ""
    for row in sheet.rows():
        yield comma + dumped(row.told())
        comma = ", "
    yield "]}}\n"


def files_of(edition):
    return [
        {
            "title": file.title,
            "url": site(file.get_absolute_url()),
            "media_type": file.served.media_type,
            "size": file.served.size,
            "sha256": file.served.sha256,
        }
        for file in edition.kept_files
    ]


def dumped(value):
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
