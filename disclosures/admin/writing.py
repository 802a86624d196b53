"""The pages on which a notice is written."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import UUIDField
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from disclosures.admin import editor
from disclosures.admin.acting import offered
from disclosures.admin.comparing import compared, left_alone
from disclosures.admin.drafting import around
from disclosures.admin.drafts import DraftForm, NewDraftForm
from disclosures.admin.matters import adopted_by_any
from disclosures.admin.pages import page
from disclosures.admin.reading import read_page
from disclosures.admin.steps import steps
from disclosures.kinds import KINDS
from disclosures.models import Disclosure, Edition, drafting_departments
from portal.ledger.acts import Refused, Stale
from portal.organisation.models import School
from portal.text.files import ALLOWED, MAX_BYTES
from portal.text.reader import listed


def reachable(user):
    departments = drafting_departments(user)
    return School.objects.filter(pk__in=departments.values("school"))


def choose_page(desk, request):
    """First of all which matter of the catalogue: the rest follows from it."""
    groups = {}
    for entry in adopted_by_any(reachable(request.user)):
        groups.setdefault(entry.display_category, []).append(entry)
    departments = drafting_departments(request.user).select_related("school")
    context = {
        "title": _("起草：先选公开事项"),
        "departments": departments,
        "chosen": request.GET.get("department", ""),
        "groups": groups,
    }
    return page(desk, request, "choose", context)


def new_page(desk, request):
    entry = chosen_entry(request)
    initial = preset(request, entry)
    form = NewDraftForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST":
        if twin := _begun_before(request):
            messages.info(request, _("这份草稿已经建好，没有重复建立。"))
            return redirect("admin:disclosures_edition_change", twin.pk)
        if form.is_valid() and (edition := _begin(request, form)):
            messages.success(request, _("草稿已保存。可以上传附件，写好后送审。"))
            return redirect("admin:disclosures_edition_change", edition.pk)
    context = {"title": _("起草"), "tables": tables_for(entry)}
    return page(desk, request, "draft", {**_writing(request, form), **context})


def chosen_entry(request):
    """The matter named in the address, of those the person may draft for."""
    entries = adopted_by_any(reachable(request.user))
    return next((e for e in entries if str(e.pk) == request.GET.get("entry")), None)


def tables_for(entry):
    """The names of the tables made for a matter, so that nobody draws one in the body."""
    fitting = [kind.label for kind in KINDS.values() if entry and entry.code in kind.entries]
    return listed(fitting)


def preset(request, entry):
    """What follows from the chosen department and matter."""
    chosen = {"department": request.GET.get("department", "")}
    if entry:
        chosen |= {"entry": entry.pk, "audiences": entry.audiences()}
    return chosen


def _begun_before(request):
    """The draft that a first click on the same form has made."""
    try:
        key = UUIDField().clean(request.POST.get("key"))
    except ValidationError:
        return None
    return Edition.objects.readable_by(request.user).filter(pk=key).first()


def _begin(request, form):
    place = {name: form.cleaned_data[name] for name in ("department", "entry")}
    try:
        return Disclosure.objects.draft(
            by=request.user, key=form.cleaned_data["key"], **place, **form.content()
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
    except IntegrityError:
        form.add_error(None, _("这份草稿刚刚已经建好，请到“我的草稿”里继续。"))
    return None


def draft_page(desk, request, edition):
    """Write on: save, and see what a colleague saved in between."""
    form = _form(edition, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _save(desk, request, edition, form)
    return show_draft(desk, request, edition, form)


def _form(edition, typed=None):
    return DraftForm(
        typed,
        instance=Edition.objects.get(pk=edition.pk),
        initial={"version": edition.version},
        schools=[edition.disclosure.school_id],
        correction=edition.is_correction,
    )


def _save(desk, request, edition, form):
    content = form.content()
    if form.cleaned_data["version"] != edition.version and not compared(edition, content):
        messages.info(request, _("内容已经保存过，没有重复保存。"))
        return redirect("admin:disclosures_edition_change", edition.pk)
    try:
        edition.edit(by=request.user, version=form.cleaned_data["version"], **content)
    except Stale:
        return _conflict(desk, request, edition, content)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return show_draft(desk, request, edition, form)
    messages.success(request, _("已保存。"))
    if "submission" in request.POST:
        return redirect("admin:disclosures_edition_submit", edition.pk)
    return redirect("admin:disclosures_edition_change", edition.pk)


def _conflict(desk, request, edition, content):
    """Both texts side by side; saving again, on the version now seen, puts this one on top.

    Where only the colleague has changed something, the form takes that over: nobody's words
    are lost by saving what one never touched.
    """
    stored = Edition.objects.with_row().select_related("edited_by").get(pk=edition.pk)
    typed, taken = request.POST.copy(), {}
    base = _as_opened(stored, request.POST.get("version"))
    if base:
        taken = {name: getattr(stored, name) for name in left_alone(base, stored, content)}
        _take_over(typed, _form(stored), taken)
    typed["version"] = stored.version
    conflict = {
        "stored": stored,
        "parts": compared(stored, content | taken),
        "taken": compared(base, taken) if base else [],
    }
    return show_draft(desk, request, stored, _form(stored, typed), conflict=conflict)


def _as_opened(edition, version):
    """The text as it stood when the writer opened it, from the history."""
    return Edition.history.filter(id=edition.pk, version=version).order_by("history_id").last()


def _take_over(typed, form, names):
    """Put what is stored in the place of what was typed, as the form would have sent it."""
    for name in names:
        value = form[name].value()
        if isinstance(value, list):
            typed.setlist(name, value)
        elif value in (None, False):
            typed.pop(name, None)
        else:
            typed[name] = "on" if value is True else str(value)


def show_draft(desk, request, edition, form, *, conflict=None):
    fresh = Edition.objects.with_row().get(pk=edition.pk)
    context = _writing(request, form) | {
        "title": fresh.title or _("修改草稿"),
        "edition": fresh,
        "tables": "" if fresh.sheet_id else tables_for(fresh.disclosure.entry),
        "steps": steps(fresh),
        "acts": offered(fresh, request.user),
        "attachments": fresh.attachments.with_files(),
        "problems": fresh.problems(),
        "opinions": fresh.reviews.exclude(opinion="").select_related("reviewer"),
        "conflict": conflict,
        **around(fresh, request.user),
    }
    return page(desk, request, "draft", context, status=409 if conflict else 200)


def _writing(request, form):
    return {
        "form": form,
        "media": editor.media_with_nonce(form.media, request),
        "editor_words": editor.words(),
        "allowed": ",".join(f".{extension}" for extension in ALLOWED),
        "limit": MAX_BYTES // (1024 * 1024),
    }


def late_page(desk, request, edition):
    """The text has left its draft while somebody wrote on: what was typed is shown, not lost."""
    form = _form(edition, request.POST)
    form.is_valid()
    sentence = edition.why_not("edit", request.user)
    return read_page(desk, request, edition, sentence=sentence, typed=form)
