"""What the import of a file leaves for the clerk to decide, on the page of its draft."""

from django import template

from disclosures.importing.deciding import left_for

register = template.Library()


@register.inclusion_tag("admin/disclosures/import_repairs.html", takes_context=True)
def import_repairs(context, edition):
    """The repairs proposed for a draft that was imported; nothing for any other."""
    found = left_for(edition)
    return {"edition": edition, "csrf_token": context.get("csrf_token"), **found}
