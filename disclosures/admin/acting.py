"""Every act of the life of an edition as a page: what it will do, then doing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from disclosures.admin import effects
from disclosures.admin.acts import ACTS
from disclosures.admin.pages import page
from disclosures.admin.redacting import RedactionForm
from disclosures.models import TRANSITIONS, Edition, Reading
from portal.ledger.acts import Refused, Stale
from portal.ledger.models import Act
from portal.ledger.vocabulary import ActName


def offered(edition, user):
    """The acts open to the person on this edition, in the order of `ACTS`."""
    may = edition.acts_open_to(user)
    return [(name, page) for name, page in ACTS.items() if name in may]


def act_view(desk, request, pk, act):
    """Ask for confirmation, then perform the act; a refusal comes back with all that was typed."""
    edition = fetched(act, request.user, pk)
    if edition is None:
        return refusal_page(desk, request, pk, act)
    form = form_of(act, edition, request.POST or None, find=request.GET.get("find", ""))
    if request.method == "POST" and form.is_valid():
        try:
            result = perform(act, edition, form, by=request.user)
        except Refused as refused:
            return refused_page(desk, request, act, edition, refused)
        messages.success(request, _told(act, edition))
        return redirect("admin:disclosures_edition_change", (result or edition).pk)
    return act_page(desk, request, act, edition, form)


def fetched(act, user, pk):
    return Edition.objects.open_to(act, user).with_row().filter(pk=pk).first()


def form_of(act, edition, typed, *, find):
    """The act's form; one that offers parts of the edition is told which, and what to look for."""
    form = ACTS[act].form
    more = {"edition": edition, "find": find} if form is RedactionForm else {}
    return form(typed, initial=seen(edition), **more)


def seen(edition):
    """What the person has before them, to be compared when the act is performed."""
    return {"version": edition.version, "seen": edition.content_digest()}


def perform(act, edition, form, *, by):
    return getattr(edition, act)(by=by, **form.arguments())


def _told(act, edition):
    return _("《%(title)s》：%(done)s") % {"title": edition.title, "done": ACTS[act].done}


def refused_page(desk, request, act, edition, refused):
    """Show the refusal above the form; after a change by others, the text as it is now."""
    fresh = fetched(act, request.user, edition.pk)
    if fresh is None:
        return refusal_page(desk, request, edition.pk, act, sentence=refused.sentence)
    typed = request.POST.copy()
    if isinstance(refused, Stale):
        for name, value in seen(fresh).items():
            typed[name] = value
    form = form_of(act, fresh, typed, find=request.GET.get("find", ""))
    form.is_valid()
    return act_page(desk, request, act, fresh, form, sentence=refused.sentence)


def act_page(desk, request, act, edition, form, *, sentence=""):
    shown = ACTS[act]
    if shown.shows_text:
        Reading.objects.note(edition, by=request.user)
    effect = list(shown.effect(edition, request.user))
    context = {
        "title": shown.button,
        "act": act,
        "page": shown,
        "edition": edition,
        "form": form,
        "effect": [part.text for part in effect if not part.hinders],
        "hindrances": [part.text for part in effect if part.hinders],
        "sentence": sentence,
        "attachments": edition.attachments.with_files(),
    }
    return page(desk, request, "act", context, status=409 if sentence else 200)


def refusal_page(desk, request, pk, act, *, sentence=""):
    """Readable, but not open to this person now: say why. Not readable: there is nothing here."""
    edition = Edition.objects.readable_by(request.user).with_row().filter(pk=pk).first()
    if edition is None:
        raise Http404
    already = request.method == "POST" and already_done(edition, act, request.user)
    context = {
        "title": ACTS[act].button,
        "edition": edition,
        "sentence": already or sentence or edition.why_not(act, request.user),
        "typed": request.POST.get("opinion") or request.POST.get("reason") or "",
    }
    return page(desk, request, "refusal", context, status=409 if already else 403)


def already_done(edition, act, user):
    """The sentence for a second click: the newest act on the edition is this very one."""
    last = Act.objects.filter(object_id=str(edition.pk)).order_by("-id").first()
    if last is None or last.name != act:
        return ""
    if last.actor_id != str(user.pk) and edition.state in TRANSITIONS[act][0]:
        return ""
    return _("“%(act)s”已由%(name)s于%(moment)s办好，不用再办一次。") % {
        "act": ActName(act).label,
        "name": last.actor_name,
        "moment": effects.moment(last.at),
    }
