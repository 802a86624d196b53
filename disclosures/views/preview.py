"""A text in work as it will look once it is public: for whoever was given its secret address."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosures.models import Edition, PreviewLink, Release
from disclosures.views.files import whole
from portal.ledger.moments import now


@require_safe
def page(request, token):
    """The text as it is now. Whoever opens it leaves a count and an act of nobody's."""
    link = answering(token)
    if request.method == "GET":
        link.open()
    edition = Edition.objects.with_row().get(pk=link.edition_id)
    context = as_published(edition, file_address=lambda file: address_of(token, file))
    shown = context | {"expires_at": link.expires_at}
    return unseen(render(request, "disclosures/preview.html", shown))


@require_safe
def file(request, token, pk):
    """A file of the text, reached through the same secret and no other way."""
    link = answering(token)
    kept = link.edition.attachments.kept().select_related("served")
    found = get_object_or_404(kept, pk=pk)
    stream = whole(found)
    if stream is None:
        return unseen(render(request, "disclosures/attachment_damaged.html", status=500))
    if request.method == "GET":
        link.open(attachment=found)
    response = FileResponse(
        stream, as_attachment=True, filename=found.name, content_type=found.served.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return unseen(response)


def answering(token):
    """Revoked, expired, sealed, given up, too sensitive or never made: there is nothing here."""
    link = PreviewLink.objects.answering(token)
    if link is None:
        raise Http404
    return link


def address_of(token, attachment):
    return reverse("preview_file", args=[token, attachment.pk])


def unseen(response):
    """No cache, no search engine and no other site learns of the page or its address."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def as_published(edition, *, file_address):
    """What the public notice's template asks for, as if the text were sealed at this moment.

    Nothing of it is saved: the titles sealing would freeze are set on the object in hand alone.
    """
    disclosure = edition.disclosure
    edition.issuer, edition.department_title = disclosure.school.name, disclosure.department.name
    edition.category_title = disclosure.entry.category
    edition.entry_title = disclosure.entry.title
    if not disclosure.index_number:
        # A number comes with the sealing; until then whatever builds the address finds none.
        disclosure.index_number, disclosure.year, disclosure.serial = _("公开时编号"), now().year, 0
    attachments = list(edition.attachments.kept().select_related("served"))
    for attachment in attachments:
        # The public address of the file does not answer yet.
        attachment.get_absolute_url = file_address(attachment)
    return {
        "school": disclosure.school,
        "disclosure": disclosure,
        "release": Release(
            edition=edition,
            disclosure=disclosure,
            school=disclosure.school,
            department=disclosure.department,
            entry=disclosure.entry,
            category=disclosure.entry.category_code,
            audience=(edition.audiences or ["public"])[0],
            opens_at=now(),
        ),
        "edition": edition,
        "attachments": attachments,
        "versions": [],
    }
