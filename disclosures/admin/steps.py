"""The way of an edition as a line of steps: who was asked, who decided what, and when."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from disclosures.desk import due_in_words
from disclosures.models import Adoption, Decision, Release, Review, State
from portal.ledger.moments import now
from portal.text.reader import listed

STANDS = {Decision.APPROVED: "done", Decision.SENT_BACK: "stopped", Decision.VOID: "stopped"}


class Step(NamedTuple):
    """One step: what, by whom, how it stands (done, open, stopped, ahead) in a word, and when."""

    label: str
    who: str
    state: str
    word: str
    at: object = None
    opinion: str = ""
    note: str = ""


def steps(edition):
    """Drafting, the reviews of the newest round (else those to be expected), publication."""
    rows = (
        Review.objects.in_round_of(edition).select_related("reviewer", "assignee").order_by("step")
    )
    reviews = list(rows.prefetch_related("group__user_set"))
    void = all(review.decision == Decision.VOID for review in reviews)
    if edition.state == State.DRAFT and void:
        between = _expected(edition)
    else:
        between = [_review(review, edition) for review in reviews]
    return [_drafting(edition), *between, _publication(edition)]


def _drafting(edition):
    if edition.state == State.DRAFT:
        return Step(_("起草"), edition.drafted_by.name, "open", _("写作中"), edition.edited_at)
    if edition.state == State.DISCARDED:
        return Step(_("起草"), edition.drafted_by.name, "stopped", _("已作废"), edition.edited_at)
    at = edition.submitted_at or edition.drafted_at
    return Step(_("起草送审"), edition.drafted_by.name, "done", _("已完成"), at)


def _expected(edition):
    adoption = Adoption.objects.of(edition.disclosure.school, edition.disclosure.entry)
    for office in adoption.steps():
        people = listed(person.name for person in edition.deciders(office))
        yield Step(office.label, people or _("还没有任命"), "ahead", _("待送审"))


def _review(review, edition):
    authors = (edition.drafted_by_id, edition.edited_by_id)
    holders = [p.name for p in review.group.user_set.all() if p.is_active and p.pk not in authors]
    who = review.reviewer.name if review.reviewer else listed(holders)
    state = STANDS.get(review.decision)
    if state is None:
        state = "open" if review.opened_at else "ahead"
    word = _("还没轮到") if state == "ahead" else review.get_decision_display()
    at = review.decided_at or review.opened_at
    note = _assigned(review) if state == "open" else ""
    return Step(review.get_office_display(), who, state, word, at, review.opinion, note)


def _assigned(review):
    """Who was asked by name, and until when."""
    if review.assignee is None:
        return ""
    note = _("%(name)s承办") % {"name": review.assignee.name}
    return f"{note} · {due_in_words(review.due_on)}" if review.due_on else note


def _publication(edition):
    who = edition.sealed_by.name if edition.sealed_by_id else ""
    if edition.state == State.WITHDRAWN:
        return Step(_("公开"), who, "stopped", _("已撤回"), edition.withdrawn_at)
    if edition.state == State.APPROVED:
        return Step(_("公开"), _("校务公开办公室"), "open", _("待办理"))
    if edition.state != State.PUBLISHED:
        return Step(_("公开"), "", "ahead", _("还没轮到"))
    release = Release.objects.filter(edition=edition).planned().order_by("opens_at").last()
    opens_at = release.opens_at if release else edition.sealed_at
    if opens_at > now():
        return Step(_("公开"), who, "open", _("已安排"), opens_at)
    return Step(_("公开"), who, "done", _("已公开"), opens_at)
