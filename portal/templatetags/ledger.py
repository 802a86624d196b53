"""The ledger's newest head, for the foot of every page: whoever keeps the page keeps it."""

from django import template

from disclosures.proof import PLANNING as SAYING
from portal.ledger.models import Checkpoint, LedgerEntry

register = template.Library()


@register.inclusion_tag("portal/_ledger_head.html", takes_context=True)
def ledger_head(context):
    """None on a page of failure, which asks nothing of the database."""
    asked = "request" in context
    return {"head": Checkpoint.objects.only("size", "root").last() if asked else None}


@register.simple_tag
def fingerprint_of(edition):
    """Where the ledger keeps an edition: the number of its entry and the newest signed head.

    Either may be missing for the minute between a publication and the next signature.
    """
    entries = LedgerEntry.objects.filter(item=str(edition.disclosure_id), edition=edition.number)
    head = Checkpoint.objects.only("size", "root").last()
    last = entries.filter(kind__in=SAYING).order_by("-seq").values_list("seq", flat=True).first()
    return {"entry": last, "head": head.short if head else ""}
