"""A password somebody else has set opens nothing until its owner has changed it."""

from functools import partial

from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

OPEN = ("password_change", "sign_out", "admin:jsi18n")


class PasswordDue(Exception):
    """Whoever is signed in must set a password of their own first."""


class PasswordDueFirst:
    """Whoever asks who is signed in gets no answer before the password is changed.

    It stands in the way of `request.user` itself, so only pages that ask pay, nothing is done on
    behalf of the person, and public pages never read the session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name not in OPEN:
            request.user = SimpleLazyObject(partial(_with_own_password, request.user))

    def process_exception(self, request, exception):
        return redirect("password_change") if isinstance(exception, PasswordDue) else None


def _with_own_password(user):
    if user.is_authenticated and user.must_change_password:
        raise PasswordDue
    return user
