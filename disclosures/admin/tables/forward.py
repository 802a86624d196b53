"""Last period's notice as this one's draft: what it will say is shown before it is begun."""

import uuid

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from disclosures.admin.comparing import compared
from disclosures.admin.drafting import refused
from disclosures.admin.pages import page, readable_or_404
from disclosures.models import Disclosure, Edition
from disclosures.models.life import State
from disclosures.rolling import plan
from disclosures.sheets.comparing import compare
from portal.ledger.acts import Refused


class ForwardForm(forms.Form):
    """The key makes a second click find the draft that the first has begun."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def forward_view(desk, request, pk):
    """Show what the next period's draft begins with; begin it."""
    edition = Edition.objects.open_to_roll_forward(request.user).with_row().filter(pk=pk).first()
    if edition is None:
        return _not_open(desk, request, pk)
    form = ForwardForm(request.POST or None)
    sentence = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, edition, form.cleaned_data["key"])
        except Refused as refusal:
            sentence = refusal.sentence
    return _page(desk, request, edition, form, sentence)


def _begun(request, edition, key):
    draft = Edition.objects.readable_by(request.user).filter(pk=key).first()
    try:
        if draft is None:
            draft = Disclosure.objects.roll_forward(edition, by=request.user, key=key)
            messages.success(request, _("已建好草稿。请逐项核对，改好后再送审。"))
        else:
            messages.info(request, _("这份草稿已经建好，没有重复建立。"))
    except IntegrityError:
        raise Refused(_("这份草稿刚刚已经建好，请到“我的草稿”里继续。")) from None
    return redirect("admin:disclosures_edition_change", draft.pk)


def _page(desk, request, edition, form, sentence):
    planned = plan(edition)
    table = edition.sheet.table() if edition.sheet else None
    context = {
        "title": _("沿用上期"),
        "edition": edition,
        "form": form,
        "sentence": sentence,
        "planned": planned,
        "parts": compared(edition, planned.content),
        "table": compare(planned.kind, table, planned.table) if table else None,
        "twins": _twins(request.user, edition, planned.content["title"]),
        "has_files": edition.attachments.kept().exists(),
    }
    return page(desk, request, "roll_forward", context, status=409 if sentence else 200)


def _twins(user, edition, title):
    """Notices of the same department and entry that have the title already."""
    readable = Edition.objects.readable_by(user).exclude(state=State.DISCARDED)
    disclosure = edition.disclosure
    return readable.filter(
        disclosure__department=disclosure.department_id,
        disclosure__entry=disclosure.entry_id,
        title=title,
    ).exclude(disclosure=disclosure)[:5]


def _not_open(desk, request, pk):
    edition = readable_or_404(request.user, pk)
    sentence = _("沿用上期由责任部门的信息员或校务公开办公室办理，要从已公开的最新一版沿用。")
    return refused(desk, request, edition, sentence, _("沿用上期"))
