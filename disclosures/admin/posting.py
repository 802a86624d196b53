"""Where else a notice was made known: recording it, its photograph, taking a mistake back."""

import uuid

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.drafting import refused
from disclosures.admin.fields import Line
from disclosures.admin.pages import page, readable_or_404
from disclosures.models import Posting, Reading
from disclosures.models.posting import ensure_open_to_post, open_to_post
from disclosures.views.files import download
from portal.ledger.acts import Refused
from portal.ledger.moments import today
from portal.text.files import UnfitFile


class PostingForm(forms.Form):
    """Where, when and by whom. The key makes a second click find the first record."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    form = forms.ChoiceField(label=gettext_lazy("方式"), choices=Posting.Form.choices)
    place = Line(
        label=gettext_lazy("地点或对象"),
        max_length=80,
        help_text=gettext_lazy("如“校门口公示栏”“七年级家长会”。会公开。"),
    )
    posted_on = forms.DateField(
        label=gettext_lazy("日期"),
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    posted_by = Line(
        label=gettext_lazy("经办人"),
        max_length=40,
        help_text=gettext_lazy("谁张贴或宣布的。只在工作台显示，不公开。"),
    )
    note = Line(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("可以不填。会公开，不要写个人信息。"),
    )
    photo = forms.FileField(
        label=gettext_lazy("照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=gettext_lazy(
            "可以不传。JPG 或 PNG，只在工作台显示；照片里的位置、时间、设备信息会自动去掉。"
        ),
    )


class StrikingForm(forms.Form):
    reason = Line(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("如“地点写错了，已重新登记”。会留在操作记录里。"),
    )


def posted(edition, user):
    """What the page of a notice shows of it."""
    return {
        "postings": Posting.objects.of(edition),
        "may_post": open_to_post(user).filter(pk=edition.pk).exists(),
    }


def posting_view(desk, request, pk):
    """Record one; a refusal comes back with all that was typed."""
    edition = readable_or_404(request.user, pk)
    if sentence := _why_not(edition, request.user, "record_posting"):
        return refused(desk, request, edition, sentence, _("登记张贴"))
    form = PostingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _recorded(request, edition, form):
        return _back(edition)
    effect = [
        _("读者在这份公开内容下面看到方式、地点和日期。"),
        _("登记后不能改；写错了可以撤销，再重新登记。"),
    ]
    context = {"title": _("登记张贴"), "edition": edition, "form": form, "effect": effect}
    return page(desk, request, "posting", context)


def _why_not(edition, user, act):
    try:
        ensure_open_to_post(edition, user, act)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _recorded(request, edition, form):
    """Whether it is recorded now; if not, the form says why."""
    try:
        Posting.objects.record(edition, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    except UnfitFile as unfit:
        form.add_error("photo", unfit.sentence)
    except IntegrityError:
        messages.info(request, _("已经登记过，没有重复登记。"))
        return True
    else:
        messages.success(request, _("已登记。"))
        return True
    return False


def strike_view(desk, request, pk, posting):
    """Take a record back, with a reason; a second time it is found taken back."""
    edition = readable_or_404(request.user, pk)
    found = get_object_or_404(Posting, pk=posting, edition=edition)
    if sentence := _why_not(edition, request.user, "strike_posting"):
        return refused(desk, request, edition, sentence, _("撤销张贴登记"))
    form = StrikingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found.strike(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("已撤销。"))
            return _back(edition)
    effect = [_("读者不再看到这一条：%(posting)s。") % {"posting": found}]
    context = {"title": _("撤销张贴登记"), "edition": edition, "form": form, "effect": effect}
    return page(desk, request, "posting", context)


def photo_view(desk, request, pk, posting):
    """The photograph, for the staff who may read the notice; it is offered, never displayed."""
    edition = readable_or_404(request.user, pk)
    found = get_object_or_404(Posting.objects.select_related("photo"), pk=posting, edition=edition)
    if found.photo is None:
        raise Http404
    Reading.objects.note(edition, by=request.user)
    return download(request, found)


def _back(edition):
    return redirect(reverse("admin:disclosures_edition_change", args=[edition.pk]) + "#postings")
