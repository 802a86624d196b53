"""The public page of a group."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from committees.models import Committee


@require_safe
@cache_control(public=True, max_age=60)
def committee(request, school, kind):
    """Who is in the group, whom they speak for, since when, and who was before."""
    groups = Committee.objects.select_related("school")
    group = get_object_or_404(groups, school__slug=school, kind=kind)
    page = {
        "committee": group,
        "school": group.school,
        "members": group.roster(),
        "past_members": group.past_members(),
    }
    return render(request, "committees/committee_page.html", page)
