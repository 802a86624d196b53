"""What a row of the desk says of an edition (rows of `disclosures.desk.with_progress`)."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures import desk

register = template.Library()
register.filter("since", desk.since)
register.filter("next_step", desk.next_step)
register.filter("assignment", desk.assignment)
register.filter("due_in_words", desk.due_in_words)


@register.filter
def waiting(edition):
    """How long it has waited, in words."""
    days = desk.days_waiting(edition)
    if not days:
        return _("今天送到")
    return ngettext("已等%(days)d天", "已等%(days)d天", days) % {"days": days}
