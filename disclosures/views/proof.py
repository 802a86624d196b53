"""验证: what the ledger proves of a notice, what it does not, and the bundle to check it with."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from disclosures import proof
from disclosures.models import Audience, Disclosure, Reading, Release
from disclosures.piece_names import summed_up
from disclosures.views.notice import open_release
from portal.ledger.bundles import bundle, proven


@require_safe
def page(request, slug, year, serial):
    """The explanation, with the entries about this notice and how to check them oneself."""
    disclosure, shown = known(request, slug, year, serial)
    what = proven(str(disclosure.pk))
    pieces = proof.pieces_of(shown.edition) if shown else {}
    altered = proof.altered(pieces)
    context = {
        "school": disclosure.school,
        "disclosure": disclosure,
        "release": shown,
        "altered": summed_up(altered, shown.edition) if altered else "",
        "bundle_address": reverse("proof", args=[slug, year, serial]),
        "what": what,
        "origin": settings.LEDGER_ORIGIN,
        "bundle_name": bundle_name(disclosure),
        "unaltered": bool(pieces) and not altered,
    }
    return kept_private(shown, render(request, "disclosures/verification.html", context))


@require_safe
def download(request, slug, year, serial):
    """The bundle; the texts are in it while the reader may read them on the board."""
    disclosure, shown = known(request, slug, year, serial)
    what = proven(str(disclosure.pk))
    if what is None:
        context = {"school": disclosure.school, "disclosure": disclosure}
        return render(request, "disclosures/proof_waits.html", context, status=404)
    if is_inner(shown):
        Reading.objects.record(shown.edition, viewer=request.viewer)
    pieces = proof.pieces_of(shown.edition) if shown else {}
    texts = {seq: proof.shown(rows) for seq, rows in pieces.items()}
    text = bundle(what, pieces=texts, since=wanted(request))
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{bundle_name(disclosure)}"'
    response["X-Robots-Tag"] = "noindex"
    return kept_private(shown, response)


def bundle_name(disclosure):
    return f"{disclosure.index_number.replace('/', '-')}-proof.json"


def known(request, slug, year, serial):
    """The matter and what of it is open to the reader; 404 to whom it never was."""
    disclosure = get_object_or_404(
        Disclosure.objects.select_related("school", "entry"),
        school__slug=slug,
        year=int(year),
        serial=int(serial),
    )
    shown, viewer = open_release(request, disclosure)
    if shown is None:
        get_object_or_404(Release.objects.was_open_to(viewer).filter(disclosure=disclosure)[:1])
    return disclosure, shown


def wanted(request):
    """The size of the head the reader kept; anything else asks for nothing."""
    size = request.GET.get("since", "").strip()
    return int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else None


def kept_private(shown, response):
    """What not everybody may read, or could once read, is kept by nobody on the way."""
    if shown is None or is_inner(shown):
        response["Cache-Control"] = "private, no-store"
    return response


def is_inner(shown):
    return shown is not None and shown.audience != Audience.PUBLIC
