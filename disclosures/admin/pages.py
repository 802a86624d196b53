"""A page of the workplace about editions, and the trace that reading one may leave."""

from django.template.response import TemplateResponse

from disclosures.models import Audience, Edition, Reading


def page(desk, request, name, context, *, status=200):
    """Render a page of the editions' desk inside the workplace's frame."""
    frame = desk.admin_site.each_context(request)
    template = f"admin/disclosures/edition/{name}.html"
    return TemplateResponse(
        request, template, {**frame, "opts": Edition._meta, **context}, status=status
    )


def note_reading(edition, user, attachment=None):
    """Whoever reads a text meant for named people only leaves a record, its authors excepted."""
    restricted = Audience.NAMED in edition.audiences and Audience.PUBLIC not in edition.audiences
    if restricted and user.pk not in (edition.drafted_by_id, edition.edited_by_id):
        Reading(edition=edition, reader=user, attachment=attachment).save()
