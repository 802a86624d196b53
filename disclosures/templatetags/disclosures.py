"""How parts of a notice are set on a page."""

import re
from datetime import timedelta

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures.catalogue.words import PersonalData
from disclosures.models import Audience
from disclosures.piece_names import summed_up
from portal.ledger.moments import local_day, today
from portal.text.filenames import extension_of
from portal.text.formats import ALLOWED
from portal.text.outline import outlined

register = template.Library()
LONG = 30
# The innermost tables only, so that a table within a table stays well formed.
_TABLE = re.compile(r"<table>(?:(?!<table>).)*?</table>", re.DOTALL)
# A whole tag, quoted values included, is passed over; a telephone number or a date is taken.
_TAG_OR_NUMBER = re.compile(
    r"""<(?:[^<>"]|"[^"]*")*>|(?<![0-9A-Za-z./-])[0-9]{2,4}(?:-[0-9]{2,8})+(?![0-9A-Za-z/-])"""
)


@register.simple_tag
def body(edition):
    """The body as HTML when it obeys the rule in force, else as the plain text it says."""
    if not edition.body_is_fit:
        return format_html('<div class="plain">{}</div>', edition.body_as_text)
    return framed(edition.body)


def framed(html):
    """HTML that obeys the rule in force, as a page sets it.

    Each table stands in a region of its own, so that a wide one scrolls and the page does not;
    telephone numbers and dates are not broken over two lines; headings skip no level.
    """
    opened = format_html(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}">', _("表格，可左右滑动")
    )
    # Safe: a body is cleaned when saved, and `body_is_fit` has held it against the rule.
    whole = _TAG_OR_NUMBER.sub(
        lambda found: found[0] if found[0][0] == "<" else f'<span class="num">{found[0]}</span>',
        outlined(html),
    )
    return mark_safe(_TABLE.sub(lambda found: f"{opened}{found[0]}</div>", whole))


@register.simple_tag
def verification(disclosure):
    """The address of the page on which anybody checks this notice."""
    return _beneath("verification", disclosure)


@register.simple_tag
def poster_page(disclosure):
    """The address of the sheet for the wall."""
    return _beneath("poster", disclosure)


@register.simple_tag
def poster_file(disclosure):
    """The address of the sheet for the wall as a PDF."""
    return _beneath("poster_pdf", disclosure)


def _beneath(name, disclosure):
    """An address beneath that of the notice."""
    serial = f"{disclosure.serial:05d}"
    return reverse(name, args=[disclosure.school.slug, disclosure.year, serial])


@register.filter
def kept_whole(number):
    """An index number that may go over to the next line after its slash and nowhere else."""
    unit, slash, serial = number.rpartition("/")
    return format_html('{}{}<wbr><span class="num">{}</span>', unit, slash, serial)


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


@register.filter
def is_kept_out(release):
    """Whether search engines are asked not to keep the notice, its page and its files alike."""
    return release.audience != Audience.PUBLIC or not is_searchable(release.entry)


@register.simple_tag
def erased(entry, release):
    """What a lawful removal took out of the edition that the reader sees, by its parts' names."""
    if release is None:
        return ""
    edition = release.edition
    entries = type(entry).objects.filter(item=entry.item, edition=edition.number)
    own = set(entries.values_list("seq", flat=True))
    return summed_up((name for seq, name in entry.told["facts"]["erased"] if seq in own), edition)
