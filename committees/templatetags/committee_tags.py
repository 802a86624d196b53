"""What pages of other rooms show of the groups."""

from django import template

from committees.models import Committee

register = template.Library()


@register.simple_tag
def committees_of(school):
    """The groups of the school: `{% committees_of school as groups %}`."""
    return list(Committee.objects.of(school).select_related("school").order_by("kind"))
