"""Feeds: what a reader's program asks for again and again, answered 304 while nothing is new."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from disclosures import feeds
from disclosures.scope import scope_of
from disclosures.versions import unless_held, version_of
from portal.ledger.moments import start_of, today

shared = cache_control(public=True, max_age=300)
FILTERS = ("department", "category")


@require_safe
@shared
def feed(request, suffix, **terms):
    """The newest public notices of the site, a school, a department or a category."""
    scope = scope_of(**terms)
    if scope is None:
        raise Http404
    return answer(request, suffix, scope)


@require_safe
@shared
def search_feed(request, suffix, school=""):
    """The newest public notices that say what is asked for; where nothing is, there is no feed."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    school = school or request.GET.get("school", "")
    scope = scope_of(words=request.GET.get("q", ""), school=school, **asked)
    if scope is None or scope.query is None:
        raise Http404
    response = answer(request, suffix, scope)
    # As the page of the search: an index of pages needs no list of lists.
    response["X-Robots-Tag"] = "noindex"
    return response


def answer(request, suffix, scope):
    """The newest of a scope as a feed: atom or json, nothing else."""
    make = {"atom": atom, "json": json}.get(suffix)
    if make is None:
        raise Http404
    channel = feeds.Channel(scope.title, scope.page, scope.feed(suffix))
    version = version_of(scope.held(), channel)
    return unless_held(request, version, lambda: make(channel, scope, version))


def atom(channel, scope, version):
    entries = list(feeds.entries_of(scope.newest(feeds.SIZE)))
    updated = version.modified or start_of(today())
    return HttpResponse(feeds.atom(channel, entries, updated=updated), content_type=feeds.ATOM)


def json(channel, scope, version):
    told = feeds.json(channel, feeds.entries_of(scope.newest(feeds.SIZE)))
    options = {"ensure_ascii": False}
    return JsonResponse(told, content_type=feeds.JSON, json_dumps_params=options)
