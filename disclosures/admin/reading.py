"""The page of an edition as its staff read it, its files, and its difference from the last one."""

from django.shortcuts import get_object_or_404

from disclosures.admin.acting import offered
from disclosures.admin.comparing import compared, content_of, tables_compared
from disclosures.admin.drafting import around
from disclosures.admin.pages import page, readable_or_404
from disclosures.admin.steps import steps
from disclosures.models import Attachment, Decision, Edition, Reading, Release
from disclosures.views.files import download


def read_page(desk, request, edition, *, sentence="", typed=None):
    """What the public will see or sees, the way it went, and what the person may do now."""
    Reading.objects.note(edition, by=request.user)
    decided = edition.reviews.exclude(decision=Decision.PENDING).exclude(reviewer=None)
    context = {
        "title": edition.title,
        "edition": edition,
        "sentence": sentence,
        "typed": typed,
        "steps": steps(edition),
        "acts": offered(edition, request.user),
        "attachments": edition.attachments.with_files(),
        "opinions": decided.select_related("reviewer").order_by("-decided_at"),
        "proposals": edition.proposals.select_related("proposed_by", "settled_by"),
        "releases": Release.objects.filter(edition=edition).planned().order_by("rank"),
        "others": siblings(edition, request.user),
        "may_roll_forward": _may_roll_forward(edition, request.user),
        **around(edition, request.user),
    }
    return page(desk, request, "page", context, status=409 if sentence else 200)


def _may_roll_forward(edition, user):
    return Edition.objects.open_to_roll_forward(user).filter(pk=edition.pk).exists()


def siblings(edition, user):
    """The other editions of the same matter that the person may read, newest first."""
    rows = Edition.objects.readable_by(user).filter(disclosure=edition.disclosure_id)
    return rows.exclude(pk=edition.pk).select_related("drafted_by").order_by("-number")


def difference_page(desk, request, pk):
    """Word by word what a correction changes against the edition it is based on."""
    edition = readable_or_404(request.user, pk)
    before = get_object_or_404(Edition.objects.readable_by(request.user), pk=edition.based_on_id)
    Reading.objects.note(edition, by=request.user)
    Reading.objects.note(before, by=request.user)
    context = {
        "title": edition.title,
        "edition": edition,
        "before": before,
        "parts": compared(before, content_of(edition)),
        "table": tables_compared(before, edition),
        "files": _files(before, edition),
        "may_roll_back": "roll_back" in edition.acts_open_to(request.user),
    }
    return page(desk, request, "difference", context)


def _files(before, edition):
    """Which attachments went and which came, by their content."""
    old, new = ({a.served_id: a for a in e.attachments.kept()} for e in (before, edition))
    return {
        "gone": [file for key, file in old.items() if key not in new],
        "come": [file for key, file in new.items() if key not in old],
    }


def file_view(desk, request, pk, attachment):
    """An attachment as staff read it before anybody else may; it is offered, never displayed."""
    edition = readable_or_404(request.user, pk)
    kept = Attachment.objects.kept().select_related("served")
    found = get_object_or_404(kept, pk=attachment, edition=edition)
    Reading.objects.note(edition, by=request.user, attachment=found)
    return download(request, found)
