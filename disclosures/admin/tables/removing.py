"""Taking the table of a draft off again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from disclosures.admin.pages import page
from disclosures.admin.tables.editing import panel_of
from disclosures.admin.tables.reaching import draft_of, not_open
from disclosures.admin.tables.typed import key_of
from portal.ledger.acts import Refused


def removal_view(desk, request, pk):
    """Ask first; a second click finds it gone. A table saved in between is asked about anew."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    if edition.sheet is None:
        messages.info(request, _("这份草稿没有数据表，不用去掉。"))
        return redirect(panel_of(edition))
    sentence = ""
    if request.method == "POST" and request.POST.get("base") == key_of(edition):
        try:
            edition.tabulate(by=request.user, table=None, version=edition.version)
        except Refused as refused:
            sentence = refused.sentence
        else:
            messages.success(request, _("数据表已去掉。"))
            return redirect(panel_of(edition))
    elif request.method == "POST":
        sentence = _("数据表刚刚被别人改动过，没有去掉。请看过现在的表再决定。")
    context = {"title": _("去掉数据表"), "edition": edition, "sentence": sentence}
    return page(desk, request, "table_removal", context, status=409 if sentence else 200)
