"""A notice, or what stands at its address after it has left the board."""

import logging

from django.db.models import Max, Min
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from disclosures.models import Audience, Disclosure, Posting, Reading, Release
from disclosures.templatetags.disclosures import is_kept_out
from disclosures.versions import unless_held, version_of
from portal.organisation.viewer import PUBLIC

log = logging.getLogger("portal.disclosures")


def page(request, slug, year, serial):
    """The open edition; 410 for those who could once read it, 404 for everybody else."""
    return answered(request, found(slug, year, serial), shown_to)


def found(slug, year, serial):
    """The matter of a notice's address, open or not."""
    return get_object_or_404(
        Disclosure.objects.select_related("school", "entry"),
        school__slug=slug,
        year=int(year),
        serial=int(serial),
    )


def answered(request, disclosure, make, *facts):
    """What `make` renders of the open edition, under the one rule of who may read and keep it.

    An inner notice is kept by nobody on the way, and who reads it is recorded. `facts` are what
    else the rendering depends on.
    """
    shown, viewer = open_release(request, disclosure)
    if shown is None:
        return gone(request, disclosure)
    if shown.audience != Audience.PUBLIC:
        Reading.objects.record(shown.edition, viewer=request.viewer)
        return make(request, viewer, disclosure, shown)
    version = version_of(Release.objects.public().filter(disclosure=disclosure), *facts)
    response = unless_held(request, version, lambda: make(request, viewer, disclosure, shown))
    if response.status_code in (200, 304):
        patch_cache_control(response, public=True, max_age=60)
    return response


def shown_to(request, viewer, disclosure, shown):
    """The page of the notice as this reader may see it."""
    edition = shown.edition
    if not edition.body_is_fit:
        log.warning("The body of edition %s does not obey the rule in force.", edition.pk)
    response = render(request, "disclosures/notice.html", told(shown, disclosure, viewer))
    if is_kept_out(shown):
        response["X-Robots-Tag"] = "noindex"
    return response


def open_release(request, disclosure):
    """The release this reader may read, and as whom.

    The public one first: then nothing asks who is reading, and the page may be kept.
    """
    for viewer in (PUBLIC, request.viewer):
        releases = Release.objects.visible_to(viewer).filter(disclosure=disclosure)
        shown = releases.with_rows().order_by("rank", "-opens_at").first()
        if shown:
            return shown, viewer
    return None, request.viewer


def told(shown, disclosure, viewer):
    """What the page of an open notice shows."""
    return {
        "school": disclosure.school,
        "disclosure": disclosure,
        "release": shown,
        "edition": shown.edition,
        "attachments": shown.edition.attachments.kept().select_related("served"),
        "versions": versions(disclosure, viewer),
        "postings": Posting.objects.standing(shown.edition),
    }


def versions(disclosure, viewer):
    """The editions the viewer has been able to read, newest first, when there are several."""
    opened = Release.objects.was_open_to(viewer).filter(disclosure=disclosure)
    first = {
        row["edition"]: row
        for row in opened.order_by()
        .values("edition", "edition__number", "edition__change_note", "edition__language")
        .annotate(opened_at=Min("opens_at"))
    }
    rows = sorted(first.values(), key=lambda row: row["edition__number"], reverse=True)
    return rows if len(rows) > 1 else []


def gone(request, disclosure):
    """Say that something stood here, from when to when, and why it no longer does."""
    opened = Release.objects.was_open_to(request.viewer).filter(disclosure=disclosure)
    last = opened.with_rows().order_by("-closes_at", "-id").first()
    if last is None:
        raise Http404
    context = {
        "school": disclosure.school,
        "disclosure": disclosure,
        "edition": last.edition,
        "release": last,
        "title_is_hidden": disclosure.editions.filter(withdrawal_ground="personal").exists(),
        "period": opened.aggregate(began_at=Min("opens_at"), ended_at=Max("closes_at")),
    }
    return render(request, "disclosures/notice_gone.html", context, status=410)
