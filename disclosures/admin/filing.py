"""Putting files to a draft and taking them out again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from disclosures.admin.acting import fetched
from disclosures.admin.pages import page
from disclosures.models import Attachment, Edition
from portal.ledger.acts import Refused
from portal.text.clean import clean_line
from portal.text.files import UnfitFile


def attach_view(desk, request, pk):
    """Keep the uploaded files with the draft; a file that is not fit is named with its reason."""
    edition = fetched("attach", request.user, pk)
    if edition is None:
        return _not_open(desk, request, pk, "attach")
    uploads = request.FILES.getlist("file")
    if not uploads:
        messages.error(request, _("请先选择要上传的文件。"))
    title = clean_line(request.POST.get("title", ""))[:150] if len(uploads) == 1 else ""
    for upload in uploads:
        _keep(request, edition, upload, title)
    return _back(edition)


def _keep(request, edition, upload, title):
    try:
        Attachment.objects.attach(edition, upload, by=request.user, title=title)
    except UnfitFile as unfit:
        told = _("“%(name)s”没有上传：%(reason)s") % {"name": upload.name, "reason": unfit}
        messages.error(request, told)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("已上传“%(name)s”。") % {"name": upload.name})


def detach_view(desk, request, pk, attachment):
    """Take a file out of the draft; a second click finds it gone and says so."""
    edition = fetched("detach", request.user, pk)
    if edition is None:
        return _not_open(desk, request, pk, "detach")
    found = get_object_or_404(Attachment, pk=attachment, edition=edition)
    if found.is_removed:
        messages.info(request, _("这个附件已经移除，没有重复办理。"))
        return _back(edition)
    try:
        found.detach(by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("已移除“%(name)s”。") % {"name": found.title})
    return _back(edition)


def _back(edition):
    return redirect(reverse("admin:disclosures_edition_change", args=[edition.pk]) + "#files")


def _not_open(desk, request, pk, act):
    edition = Edition.objects.readable_by(request.user).with_row().filter(pk=pk).first()
    if edition is None:
        raise Http404
    context = {
        "title": _("附件"),
        "edition": edition,
        "sentence": edition.why_not(act, request.user),
    }
    return page(desk, request, "refusal", context, status=403)
