"""Looking at a draft together: the preview, what is said about it, links for those without an
account."""

import uuid

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.fields import Line, Words
from disclosures.admin.pages import page, readable_or_404
from disclosures.models import DraftComment, PreviewLink, Reading, Review
from disclosures.models.drafting import (
    KEPT_CLOSE,
    LINK_DAYS,
    MOST_LINK_DAYS,
    is_kept_close,
    open_to_share,
)
from disclosures.models.life import UNSEALED, wrong_state
from disclosures.views.preview import as_published, unseen
from portal.ledger.acts import Refused


class CommentForm(forms.Form):
    """What somebody has to say about the text. Its name is not that of the text's own body."""

    comment = Words(
        label=gettext_lazy("留言"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("同事看得到，不会公开，定稿后仍留在记录里。不能删除。"),
        error_messages={"required": gettext_lazy("请先写下要说的话，再留言。")},
    )


class ShareForm(forms.Form):
    """For whom the link is and for how long. The key makes a second click find the first link."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    purpose = Line(
        label=gettext_lazy("给谁看、为什么"),
        max_length=80,
        help_text=gettext_lazy("如“请法律顾问王老师核对条款”。会留在操作记录里。"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"),
        initial=LINK_DAYS,
        min_value=1,
        max_value=MOST_LINK_DAYS,
        help_text=gettext_lazy("到期自动失效，最多30天，可以随时收回。"),
    )


def around(edition, user, *, form=None):
    """What a page of a text shows of working on it together."""
    working = edition.state in UNSEALED
    said = DraftComment.objects.of(edition)
    links = PreviewLink.objects.of(edition)
    assignable = Review.objects.open_to_assign(user).filter(edition=edition)
    return {
        "is_in_work": working,
        "comments": said,
        "comment_form": (form or CommentForm()) if working else None,
        "may_settle": set(
            DraftComment.objects.open_to_settle(user)
            .filter(edition=edition)
            .values_list("pk", flat=True)
        ),
        "links": links,
        "may_revoke": set(
            PreviewLink.objects.open_to_revoke(user)
            .filter(edition=edition)
            .values_list("pk", flat=True)
        ),
        "may_share": working and open_to_share(user).filter(pk=edition.pk).exists(),
        "may_assign": edition.state == "in_review" and assignable.exists(),
    }


def preview_page(desk, request, pk):
    """The text as the public will see it, to whoever may read the draft."""
    edition = readable_or_404(request.user, pk)
    if edition.state not in UNSEALED:
        sentence = _("这份文稿现在是“%(state)s”，没有预览。请看文稿本身或公开栏。")
        return refused(
            desk, request, edition, sentence % {"state": edition.get_state_display()}, _("预览")
        )
    Reading.objects.note(edition, by=request.user)
    shown = as_published(edition, file_address=lambda file: _file_address(edition, file))
    return unseen(render(request, "disclosures/preview.html", shown))


def _file_address(edition, attachment):
    return reverse("admin:disclosures_edition_file", args=[edition.pk, attachment.pk])


def refused(desk, request, edition, sentence, title, *, typed=""):
    context = {"title": title, "edition": edition, "sentence": sentence, "typed": typed}
    return page(desk, request, "refusal", context, status=403)


def comment_view(desk, request, pk):
    """Say something; a refusal comes back with all that was typed."""
    edition = readable_or_404(request.user, pk)
    form = CommentForm(request.POST)
    typed = request.POST.get("comment", "")
    if not form.is_valid():
        return refused(desk, request, edition, form.errors["comment"][0], _("留言"), typed=typed)
    try:
        DraftComment.objects.say(edition, form.cleaned_data["comment"], by=request.user)
    except Refused as refusal:
        return refused(desk, request, edition, refusal.sentence, _("留言"), typed=typed)
    messages.success(request, _("已留言。"))
    return _back(edition, "comments")


def settle_view(desk, request, pk, comment):
    """Call a comment done; a second click finds it done and says so."""
    edition = readable_or_404(request.user, pk)
    found = get_object_or_404(DraftComment, pk=comment, edition=edition)
    try:
        found.settle(by=request.user)
    except Refused as refusal:
        return refused(desk, request, edition, refusal.sentence, _("办结留言"))
    messages.success(request, _("这条留言已办结。"))
    return _back(edition, "comments")


def share_view(desk, request, pk):
    """Make a link, and show its secret this once."""
    edition = readable_or_404(request.user, pk)
    if sentence := _why_not_share(edition, request.user):
        return refused(desk, request, edition, sentence, _("建立预览链接"))
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _share(request, edition, form)):
        return unseen(page(desk, request, "shared", made))
    context = {"title": _("建立预览链接"), "edition": edition, "form": form}
    return page(desk, request, "share", context)


def _why_not_share(edition, user):
    if edition.state not in UNSEALED:
        return wrong_state("share", edition.state)
    if not open_to_share(user).filter(pk=edition.pk).exists():
        return _("预览链接由起草部门的信息员、校务公开办公室和正在审核的人建立。")
    if is_kept_close(edition):
        return KEPT_CLOSE
    return ""


def _share(request, edition, form):
    try:
        link, token = PreviewLink.objects.share(edition, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    except IntegrityError:
        form.add_error(None, _("这个链接已经建好，地址只显示一次。没有记下的话，请收回后另建。"))
    else:
        address = settings.SITE_URL + reverse("preview", args=[token])
        title = _("预览链接已建好")
        return {"title": title, "edition": edition, "link": link, "address": address}
    return None


def revoke_view(desk, request, pk, link):
    """Close a link; a second click finds it closed and says so."""
    edition = readable_or_404(request.user, pk)
    found = get_object_or_404(PreviewLink, pk=link, edition=edition)
    try:
        found.revoke(by=request.user)
    except Refused as refusal:
        return refused(desk, request, edition, refusal.sentence, _("收回预览链接"))
    messages.success(request, _("链接已收回，打不开了。"))
    return _back(edition, "links")


def _back(edition, place):
    return redirect(reverse("admin:disclosures_edition_change", args=[edition.pk]) + f"#{place}")
