"""Notices that change, and the acts that changed them."""

from committees.changes import changes_watched_by
from portal.ledger.models import Act


def corrected(stage, first=None):
    """A published notice that a later edition has replaced."""
    first = first or stage.published()
    second = first.correct(by=first.drafted_by)
    second.edit(by=first.drafted_by, version=0, body="<p>更正后</p>", change_note="金额有误")
    stage.carry_out(second)
    return second


def act_of(name, edition):
    return Act.objects.get(name=name, object_id=str(edition.pk))


def kinds(user):
    """(act, title) of the edition's changes in the person's queue, oldest first."""
    rows = changes_watched_by(user).filter(noun="disclosures.edition").order_by("id")
    return list(rows.values_list("name", "title"))
