"""The ledger's newest head, for the foot of every page: whoever keeps the page keeps it."""

from django import template

from portal.ledger.models import Checkpoint

register = template.Library()


@register.inclusion_tag("portal/_ledger_head.html", takes_context=True)
def ledger_head(context):
    """None on a page of failure, which asks nothing of the database."""
    asked = "request" in context
    return {"head": Checkpoint.objects.only("size", "root").last() if asked else None}
