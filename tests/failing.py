"""The site's map with pages that fail on purpose, so that what a failure shows can be looked at."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest, PermissionDenied
from django.urls import path
from django.views.csrf import csrf_failure

from portal.urls import urlpatterns as portal


def unreadable(request):
    raise BadRequest


def forbidden(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("A page that fails on purpose.")


urlpatterns = [
    *i18n_patterns(
        path("failing/400/", unreadable),
        path("failing/403/", forbidden),
        path("failing/403-csrf/", csrf_failure),
        path("failing/500/", broken),
        prefix_default_language=False,
    ),
    *portal,
]
