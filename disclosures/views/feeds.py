"""Feeds: what a reader's program asks for again and again, answered 304 while nothing is new."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures import feeds
from disclosures.scope import scope_of
from disclosures.versions import unless_held, version_of
from portal.ledger.moments import start_of, today


@require_safe
@cache_control(public=True, max_age=300)
def feed(request, suffix, **terms):
    """The newest public notices of the site, a school, a department or a category."""
    scope = scope_of(**terms)
    if scope is None:
        raise Http404
    channel = feeds.Channel(scope.title, scope.page, scope.feed(suffix))
    return answer(request, suffix, channel=channel, releases=scope.releases())


def answer(request, suffix, *, channel, releases):
    """Any public releases as a feed: atom or json, nothing else."""
    make = {"atom": atom, "json": json}.get(suffix)
    if make is None:
        raise Http404
    version = version_of(releases, channel)
    return unless_held(request, version, lambda: make(channel, releases, version))


def atom(channel, releases, version):
    entries = list(feeds.entries_of(releases))
    updated = version.modified or start_of(today())
    return HttpResponse(feeds.atom(channel, entries, updated=updated), content_type=feeds.ATOM)


def json(channel, releases, version):
    told = feeds.json(channel, feeds.entries_of(releases))
    options = {"ensure_ascii": False}
    return JsonResponse(told, content_type=feeds.JSON, json_dumps_params=options)
