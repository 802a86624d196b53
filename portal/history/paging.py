"""Pages of long lists, from one row on to the next: no page is slower than the first."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404

PAGE = 50


def page_after(rows, cursor, key):
    """A page of rows ordered by (-at, -id), after the row whose `key` is the cursor.

    Returns the rows and the cursor of the next page, '' on the last one.
    """
    if cursor:
        last = _row(rows, cursor, key)
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(rows.order_by("-at", "-pk")[: PAGE + 1])
    more = len(found) > PAGE
    return found[:PAGE], str(getattr(found[PAGE - 1], key)) if more else ""


def query_of(request, **changed):
    """The query of this page with some of its values changed; an empty value leaves."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return query.urlencode()


def _row(rows, cursor, key):
    try:
        return rows.get(**{key: cursor})
    except (rows.model.DoesNotExist, ValidationError, ValueError, OverflowError):
        raise Http404 from None
