"""My desk: changes that wait for a look, questions that wait for an answer."""

from committees.changes import is_watcher
from committees.models import Look, Question

SHOWN = 5
COUNTED = 1000


def shown(user):
    """The two lists with their first rows and the numbers of all their rows."""
    lists = {}
    if is_watcher(user):
        changes = Look.objects.waiting_for(user)
        lists["changes"] = _first(changes.order_by("-at", "-id"))
    questions = Question.objects.waiting_for(user)
    first, count = _first(questions.order_by("asked_at").with_people())
    if count:
        lists["questions"] = first, count
    return lists


def _first(rows):
    first = list(rows[: SHOWN + 1])
    few = len(first) <= SHOWN
    count = len(first) if few else rows.order_by()[: COUNTED + 1].count()
    return first[:SHOWN], count
