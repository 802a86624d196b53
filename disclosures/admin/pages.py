"""A page of the workplace about editions."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from disclosures.models import Edition


def page(desk, request, name, context, *, status=200):
    """Render a page of the editions' desk inside the workplace's frame."""
    frame = desk.admin_site.each_context(request)
    template = f"admin/disclosures/edition/{name}.html"
    return TemplateResponse(
        request, template, {**frame, "opts": Edition._meta, **context}, status=status
    )


def readable_or_404(user, pk):
    return get_object_or_404(Edition.objects.readable_by(user).with_row(), pk=pk)
