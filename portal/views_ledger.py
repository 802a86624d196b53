"""`/ledger/`: the log as files anybody may keep, and the page that says how (docs/ledger.md)."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures import proof
from disclosures.models import Release
from portal import ledger
from portal.ledger.models import Checkpoint, LedgerEntry
from portal.text.canonical import json_bytes, moment_bytes

TILE = 256
PROGRAMS = ("verify.py", "witness.py")
TEXT, JSON = "text/plain; charset=utf-8", "application/json; charset=utf-8"
fresh = cache_control(public=True, max_age=30)


@require_safe
@cache_control(public=True, max_age=300)
def about(request):
    """What the ledger proves and does not, the newest heads, and how to keep one."""
    heads = Checkpoint.objects.order_by("-size")[:30]
    return render(request, "portal/ledger.html", {"heads": heads, "programs": PROGRAMS})


@require_safe
@fresh
def checkpoint(request):
    return HttpResponse(newest().note, content_type=TEXT)


@require_safe
@fresh
def heads(request):
    """Every head ever signed, oldest first."""
    lines = (
        f"{head.line} {moment_bytes(head.at).decode()}\n" for head in Checkpoint.objects.iterator()
    )
    return HttpResponse("".join(lines), content_type=TEXT)


@require_safe
@fresh
def key(request):
    """The public key. Whoever checks pins it: what this address says tomorrow proves nothing."""
    return HttpResponse(f"{newest().key}\n", content_type=TEXT)


@require_safe
def entries(request, number):
    """A tile of the log, as far as a signed head covers it."""
    end = min(newest().size, (number + 1) * TILE)
    rows = LedgerEntry.objects.filter(seq__gte=number * TILE, seq__lt=end)
    lines = [bytes(raw).decode() + "\n" for raw in rows.values_list("raw", flat=True)]
    if not lines:
        raise Http404
    response, whole = HttpResponse("".join(lines), content_type=TEXT), len(lines) == TILE
    for_ever = {"max_age": 365 * 24 * 3600, "immutable": True}
    patch_cache_control(response, public=True, **(for_ever if whole else {"max_age": 30}))
    return response


@require_safe
@fresh
def content(request, seq):
    """The pieces of an entry, while everybody may read what they say."""
    entry = get_object_or_404(LedgerEntry, seq=seq, seq__lt=newest().size, kind__in=proof.PLANNING)
    releases = Release.objects.public().filter(disclosure=entry.item, edition__number=entry.edition)
    release = get_object_or_404(releases.with_rows()[:1])
    pieces = proof.pieces_of(release.edition).get(seq)
    if pieces is None:  # cancelled before it opened: what stands now says something else
        raise Http404
    response = HttpResponse(json_bytes(proof.shown(pieces)), content_type=JSON)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def program(request, name):
    """verify.py and witness.py as they are: to be read, kept, and run elsewhere."""
    if name not in PROGRAMS:
        raise Http404
    text = (Path(ledger.__file__).parent / name).read_text()
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def newest():
    """The newest signed head; 404 before the first."""
    head = Checkpoint.objects.last()
    if head is None:
        raise Http404
    return head
