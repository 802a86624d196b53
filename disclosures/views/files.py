"""Attachments: bytes for those who may read the notice they belong to."""

import hashlib
import logging

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from disclosures.models import Attachment, Edition, Reading
from disclosures.templatetags.disclosures import is_searchable
from portal.organisation.viewer import PUBLIC

log = logging.getLogger("portal.disclosures")


def attachment(request, pk, name):
    """The file of a notice for its readers, of a draft for the staff who work on it."""
    asked = Attachment.objects.kept().filter(pk=pk, name=name)
    asked = asked.select_related("served", "edition__disclosure__entry").defer("edition__body")
    found = asked.filter(pk__in=Attachment.objects.visible_to(PUBLIC).values("pk")).first()
    is_public = found is not None
    found = found or for_reader(request, asked) or for_workplace(request, asked)
    if found is None:
        raise Http404
    response = download(request, found, is_public=is_public)
    if not (is_public and is_searchable(found.edition.disclosure.entry)):
        response["X-Robots-Tag"] = "noindex"
    return response


def download(request, found, *, is_public=False):
    """The file as it was kept, as a download that no browser runs or guesses the type of."""
    if found.served.is_erased:
        return render(request, "disclosures/attachment_erased.html", status=410)
    stream = whole(found)
    if stream is None:
        return render(request, "disclosures/attachment_damaged.html", status=500)
    response = FileResponse(
        stream, as_attachment=True, filename=found.name, content_type=found.served.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if is_public:
        patch_cache_control(response, public=True, max_age=60)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def for_reader(request, asked):
    """The file of an inner notice; who takes it is recorded."""
    visible = Attachment.objects.visible_to(request.viewer)
    found = asked.filter(pk__in=visible.values("pk")).first()
    if found:
        Reading.objects.record(found.edition, viewer=request.viewer, attachment=found)
    return found


def for_workplace(request, asked):
    """The file of a draft or a past edition, for the staff who work on it."""
    found = asked.filter(edition__in=Edition.objects.readable_by(request.user)).first()
    if found:
        Reading.objects.note(found.edition, by=request.user, attachment=found)
    return found


def whole(found):
    """The file, open at its beginning; none if it is not byte for byte what was kept."""
    try:
        stream = found.served.path.open("rb")
    except OSError:
        log.exception("Attachment %s: its file cannot be opened.", found.pk)
        return None
    if hashlib.file_digest(stream, "sha256").hexdigest() != found.served.sha256:
        log.error("Attachment %s: its file is not the one that was kept.", found.pk)
        stream.close()
        return None
    stream.seek(0)
    return stream
