"""Writing to a mailbox, and coming back for the answer. Nothing here may be kept by a cache."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from feedback.forms import LetterForm, LookupForm
from feedback.models import Letter, Mailbox
from portal.ledger.acts import Refused
from portal.organisation.pace import Pace, address_of

LETTERS = Pace(20, seconds=3600)
LOOKUPS = Pace(20, seconds=3600)

private = cache_control(private=True, no_store=True)
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@private
@page_with_form
def mailbox(request, school, slug):
    """The box, and the form; a posted letter is answered with its receipt."""
    boxes = Mailbox.objects.select_related("school")
    box = get_object_or_404(boxes, school__slug=school, slug=slug)
    writer = request.user if request.user.is_authenticated else None
    form = LetterForm(request.POST) if request.method == "POST" else LetterForm.blank(writer)
    page = {"mailbox": box, "school": box.school, "form": form, "writer": writer}
    if form.is_valid():
        try:
            return _receipt(request, page)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(request, "feedback/mailbox_page.html", page)


def _receipt(request, page):
    """The one page that shows the code. Posting the same form again shows it again."""
    written = page["form"].letter()
    if not LETTERS.admits(address_of(request), repr(written)):
        raise Refused(_("这个网络地址一小时内来信太多，请稍后再提交，或用页面上的电话联系学校。"))
    letter, code = Letter.objects.receive(page["mailbox"], writer=page["writer"], **written)
    page |= {"letter": letter, "code": code}
    return render(request, "feedback/letter_receipt.html", page, status=201)


@private
@page_with_form
def letter_lookup(request):
    """Letter and answer for a number and its code; my letters for whoever is signed in."""
    form = LookupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        letter = _found(request, form)
        if letter:
            return render(request, "feedback/letter_page.html", {"letter": letter})
    mine = Letter.objects.written_by(request.user).with_mailbox()
    return render(request, "feedback/letter_lookup.html", {"form": form, "letters": mine})


def _found(request, form):
    """The letter the receipt opens; one sentence for whatever is wrong with the pair."""
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    if not LOOKUPS.admits(address_of(request), f"{number} {code}"):
        form.add_error(None, _("查询次数太多，请一小时后再试。"))
        return None
    letter = Letter.objects.with_mailbox().found_by(number, code)
    if letter is None:
        form.add_error(None, _("受理编号或查询码不对，请对照回执核对后再试。"))
    return letter


@private
@login_required
@require_safe
def letter(request, pk):
    """A letter for the person who wrote it signed in; for everybody else there is none."""
    mine = Letter.objects.written_by(request.user).with_mailbox()
    return render(request, "feedback/letter_page.html", {"letter": get_object_or_404(mine, pk=pk)})
