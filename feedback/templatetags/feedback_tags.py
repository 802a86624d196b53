"""What pages of other rooms show of the mailboxes."""

from django import template

from feedback.models import Mailbox

register = template.Library()


@register.simple_tag
def mailboxes_of(school):
    """The boxes that take letters at the school: `{% mailboxes_of school as boxes %}`."""
    return list(Mailbox.objects.open_at(school).select_related("school").order_by("name"))
