"""A page of the workplace about editions."""

from django.template.response import TemplateResponse

from disclosures.models import Edition


def page(desk, request, name, context, *, status=200):
    """Render a page of the editions' desk inside the workplace's frame."""
    frame = desk.admin_site.each_context(request)
    template = f"admin/disclosures/edition/{name}.html"
    return TemplateResponse(
        request, template, {**frame, "opts": Edition._meta, **context}, status=status
    )
