"""The notice as a sheet for the wall: a page to print, and the same as a PDF."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from disclosures import paper
from disclosures.posters import told
from disclosures.views.notice import answered, found
from portal.ledger.heads import newest_line
from portal.ledger.moments import today


@require_safe
def page(request, slug, year, serial):
    """The poster, for whoever may read the notice; search engines keep the notice instead."""
    return of_notice(request, slug, year, serial, as_page)


@require_safe
def pdf(request, slug, year, serial):
    """The poster as a PDF; without what makes one, the line that installs it."""
    return of_notice(request, slug, year, serial, as_pdf)


def of_notice(request, slug, year, serial, make):
    response = answered(request, found(slug, year, serial), make, newest_line(), today())
    response["X-Robots-Tag"] = "noindex"
    return response


def as_page(request, viewer, disclosure, shown):
    return render(request, "disclosures/poster.html", told(shown, disclosure))


def as_pdf(request, viewer, disclosure, shown):
    if missing := paper.missing():
        context = {"school": disclosure.school, "disclosure": disclosure, "line": missing}
        response = render(request, "disclosures/poster_unready.html", context, status=503)
        response["Cache-Control"] = "no-store"
        return response
    context = told(shown, disclosure) | {"is_paper": True}
    made = paper.pdf_of(render_to_string("disclosures/poster.html", context, request))
    response = HttpResponse(made, content_type="application/pdf")
    name = disclosure.index_number.replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
