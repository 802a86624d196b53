"""What every request passes through besides Django's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.template.loader import render_to_string
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes

from portal.organisation import class_access
from portal.organisation.viewer import Viewer

CARE = "care/"


def in_care() -> bool:
    """Whether addresses are now those of care mode: large type, one column."""
    return get_script_prefix().endswith(f"/{CARE}")


@contextmanager
def care(wanted: bool) -> Iterator[None]:
    """Let `reverse()` inside yield addresses in or out of care mode; afterwards as before."""
    before = get_script_prefix()
    set_script_prefix(before.removesuffix(CARE) + (CARE if wanted else ""))
    try:
        yield
    finally:
        set_script_prefix(before)


class PathCare:
    """Care mode is the path's first part, so every link made while it is answered keeps it.

    `/care/…` is the page at `/…` set large. The workplace and files (feeds, tables, attachments)
    have no care mode: asked for there, they answer at their own address.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path == "/care":
            return HttpResponsePermanentRedirect(f"{get_script_prefix()}{CARE}")
        if not path.startswith(f"/{CARE}"):
            return self.get_response(request)
        request.path_info = path.removeprefix("/care")
        if not has_care(request.path_info):
            plain = request.get_full_path().replace(f"/{CARE}", "/", 1)
            # Two slashes at the beginning would be another site's address.
            plain = escape_leading_slashes(plain)
            return HttpResponsePermanentRedirect(plain, preserve_request=True)
        with care(True):
            return self.get_response(request)


def has_care(path: str) -> bool:
    """Whether the path is a reader's page: not in the admin, not a file with an extension.

    >>> has_care("/schools/first/"), has_care("/en/admin/"), has_care("/feed.atom")
    (True, False, False)
    """
    language = translation.get_language_from_path(path)
    rest = path.removeprefix(f"/{language}") if language else path
    return not (rest == "/admin" or rest.startswith("/admin/") or "." in rest.rpartition("/")[2])


class PathLanguage:
    """The language is that of the path's prefix, never of a header or cookie.

    So one address has one content and public pages need no `Vary` (docs/decisions/0006).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class WholeAddress:
    """PostgreSQL takes no NUL: an address with one is refused where no form has answered it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, DataError) and "%00" in request.get_full_path():
            raise BadRequest from exception


class NoBlankPage:
    """A page asked for in a way it does not answer says so; Django would show nothing at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response


class Private:
    """Nothing that depended on who is signed in may be kept by a cache on the way."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))
        response = self.get_response(request)
        if request.session.accessed or "csrftoken" in response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        return response


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in reader, whoever typed a class's code, or the public; it reads the session."""
    return Viewer.of(request.user, class_codes=class_access.kept(request))
