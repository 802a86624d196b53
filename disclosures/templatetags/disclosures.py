"""How parts of a notice are set on a page."""

import re
from datetime import timedelta

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures.catalogue.words import PersonalData
from disclosures.models import Audience
from portal.ledger.moments import local_day, today
from portal.text.filenames import extension_of
from portal.text.formats import ALLOWED

register = template.Library()
LONG = 30
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
    # Safe: the body was cleaned when saved, and `body_is_fit` has held it against the rule.
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


@register.filter
def time_left(release):
    """How long it still stands, in words: `余3天`, `今天截止`; '' if more than 30 days."""
    if release.closes_at is None:
        return ""
    days = (local_day(release.closes_at - timedelta(microseconds=1)) - today()).days
    if days > LONG:
        return ""
    if not days:
        return _("今天截止")
    return ngettext("余%(days)d天", "余%(days)d天", days) % {"days": days}


@register.filter
def is_searchable(entry):
    """Whether search engines may keep what the entry makes public: not where it names people."""
    return entry.personal_data in (PersonalData.NONE, PersonalData.LOW)
