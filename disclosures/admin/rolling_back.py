"""Earlier texts of a draft, what each would change, and taking one back."""

from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from disclosures.admin.acting import fetched, seen
from disclosures.admin.comparing import compared, content_of, tables_compared
from disclosures.admin.decisions import ReasonForm
from disclosures.admin.drafting import refused
from disclosures.admin.pages import page, readable_or_404
from disclosures.models import Edition, Reading
from portal.ledger.acts import Refused, Stale
from portal.ledger.models import Act

WRITING = ("draft", "edit", "roll_back", "correct", "import")
SHOWN = 50


class Earlier(NamedTuple):
    """One text there was: its place in the list, who wrote it when, and where it is compared."""

    label: str
    who: str
    at: object
    reason: str
    address: str


def earlier_page(desk, request, pk):
    """Every text this draft has had, and the other editions, newest first."""
    edition = fetched("roll_back", request.user, pk)
    if edition is None:
        return _not_open(desk, request, pk)
    others = Edition.objects.readable_by(request.user).filter(disclosure=edition.disclosure_id)
    context = {
        "title": _("以前的文字"),
        "edition": edition,
        "states": list(_states(edition)),
        "others": others.exclude(pk=edition.pk).order_by("-number"),
    }
    return page(desk, request, "earlier", context)


def _states(edition):
    """The states acts of writing have left, without the present one."""
    about = Act.objects.about(edition.disclosure_id).filter(name__in=WRITING)
    acts = {act.uuid: act for act in about}
    rows = Edition.history.filter(id=edition.pk, act_id__in=list(acts)).order_by("-history_id")
    for row in rows.values("history_id", "act_id", "title")[1 : SHOWN + 1]:
        act = acts[row["act_id"]]
        yield Earlier(
            label=f"{act.get_name_display()} · {row['title']}",
            who=act.actor_name,
            at=act.at,
            reason=act.reason,
            address=reverse(
                "admin:disclosures_edition_earlier_state", args=[edition.pk, row["history_id"]]
            ),
        )


def state_view(desk, request, pk, state):
    """A past state of this draft beside the present one."""
    edition = fetched("roll_back", request.user, pk)
    if edition is None:
        return _not_open(desk, request, pk)
    earlier = get_object_or_404(Edition.history.all(), id=edition.pk, history_id=state)
    return _taking_back(desk, request, edition, earlier, _("取回的这一稿"))


def edition_view(desk, request, pk, other):
    """Another edition of the same matter beside the present draft."""
    edition = fetched("roll_back", request.user, pk)
    if edition is None:
        return _not_open(desk, request, pk)
    rows = Edition.objects.readable_by(request.user).filter(disclosure=edition.disclosure_id)
    earlier = get_object_or_404(rows.exclude(pk=edition.pk), pk=other)
    Reading.objects.note(earlier, by=request.user)
    label = _("第%(number)d版") % {"number": earlier.number}
    return _taking_back(desk, request, edition, earlier, label)


def _taking_back(desk, request, edition, earlier, label):
    """Show what would change; asked to, take the text back. A refusal keeps what was typed."""
    form = ReasonForm(request.POST or None, initial=seen(edition))
    sentence = ""
    if request.method == "POST" and form.is_valid():
        try:
            edition.roll_back(by=request.user, earlier=earlier, **form.arguments())
        except Refused as refusal:
            sentence = refusal.sentence
            form = _again(request, edition, refusal)
        else:
            messages.success(request, _("已取回，现在的文字就是那一稿，可以接着改。"))
            return redirect("admin:disclosures_edition_change", edition.pk)
    now = Edition.objects.with_row().get(pk=edition.pk)
    content = content_of(earlier)
    if earlier.number != now.number:
        del content["change_note"]
    context = {
        "title": _("取回旧稿"),
        "edition": now,
        "label": label,
        "parts": compared(now, content),
        "table": tables_compared(now, earlier),
        "form": form,
        "sentence": sentence,
    }
    return page(desk, request, "roll_back", context, status=409 if sentence else 200)


def _again(request, edition, refusal):
    """The form with the reason as it was typed; after a change by others, on the text of now."""
    typed = request.POST.copy()
    if isinstance(refusal, Stale):
        typed["version"] = Edition.objects.values_list("version", flat=True).get(pk=edition.pk)
    return ReasonForm(typed)


def _not_open(desk, request, pk):
    edition = readable_or_404(request.user, pk)
    return refused(
        desk, request, edition, edition.why_not("roll_back", request.user), _("取回旧稿")
    )
