"""What pages say of changes and of questions about them."""

from django import template

from committees.changes import kind_label
from committees.models import Question

register = template.Library()
register.filter("kind_label", kind_label)


@register.inclusion_tag("committees/_act_questions.html")
def questions_about(act):
    """What was asked about an act and answered, beside it for whoever may read the act."""
    return {"questions": Question.objects.about(act)}
