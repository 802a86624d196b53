"""The class codes a browser has typed, kept in its session by their keys.

The session says which codes were typed, never what they open: that is asked of the codes at every
request, so a revoked one opens nothing any more.
"""

from portal.organisation.models import ClassCode

KEPT = "class_codes"
MOST = 10


def kept(request) -> list[str]:
    """The keys of the codes this browser has typed."""
    return request.session.get(KEPT, [])


def schools(request) -> set:
    """The ids of the schools whose parents' audience they open now."""
    keys = kept(request)
    return set(ClassCode.objects.opening(keys)) if keys else set()


def remember(request, code: ClassCode) -> None:
    """Keep a code that was typed; the session gets a new key, as at a sign-in."""
    keys = [key for key in kept(request) if key != str(code.pk)]
    request.session.cycle_key()
    request.session[KEPT] = [*keys, str(code.pk)][-MOST:]


def forget(request, school) -> None:
    """Let go of the school's codes, so that the next person at this browser reads nothing."""
    gone = ClassCode.objects.filter(school_class__school=school, pk__in=kept(request))
    keys = {str(pk) for pk in gone.values_list("pk", flat=True)}
    request.session[KEPT] = [key for key in kept(request) if key not in keys]
