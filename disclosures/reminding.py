"""Reviews whose day has come without a decision."""

from disclosures import news
from disclosures.models import Review
from portal.ledger.moments import today


def remind_of_due_reviews() -> int:
    """Remind those asked by name, once for each day set; how many messages are new.

    A missed pass is made up for and a second one writes nothing.
    """
    due = Review.objects.fallen_due(today()).select_related("edition", "assignee")
    return sum(news.fallen_due(review) for review in due)
