"""How parts of a notice are set on a page."""

import re

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from disclosures.models import Audience
from portal.text.filenames import extension_of
from portal.text.formats import ALLOWED

register = template.Library()
# The innermost tables only, so that a table within a table stays well formed.
_TABLE = re.compile(r"<table>(?:(?!<table>).)*?</table>", re.DOTALL)


@register.simple_tag
def body(edition):
    """The body as HTML when it obeys the rule in force, else as the plain text it says.

    Each table stands in a region of its own, so that a wide one scrolls and the page does not.
    """
    if not edition.body_is_fit:
        return format_html('<div class="plain">{}</div>', edition.body_as_text)
    opened = format_html(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}">', _("表格，可左右滑动")
    )
    framed = _TABLE.sub(lambda found: f"{opened}{found[0]}</div>", edition.body)
    return mark_safe(framed)


@register.filter
def kind(attachment):
    """The kind of a file in the reader's words, and its size: `PDF 文档，1.2 MB`."""
    known = ALLOWED.get(extension_of(attachment.name))
    label = known.label if known else attachment.served.media_type
    return _("%(kind)s，%(size)s") % {
        "kind": label,
        "size": filesizeformat(attachment.served.size),
    }


@register.filter
def audience_label(code):
    return Audience(code).label
