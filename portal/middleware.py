"""What every request passes through besides Django's own."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from portal.organisation.viewer import PUBLIC, Viewer


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
    """The signed-in reader, or the public; asking reads the session."""
    return Viewer.of(request.user) if request.user.is_authenticated else PUBLIC
