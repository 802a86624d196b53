"""What any page may show of the whole site: languages, care mode, a school's doors, a record."""

from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

import segno
from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info, override

from committees.models import Committee
from feedback.models import Mailbox
from portal.history.reach import acts_readable_by
from portal.ledger.moments import today
from portal.middleware import care, in_care

register = template.Library()
# Two hundred Chinese characters in a search box, and its filters.
LONGEST_QUERY = 2500
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
# A longer address (a search with its filters) makes a code too fine for a telephone to read.
LONGEST_CODED = 180


@register.simple_tag
def language_tag():
    """The language of the interface as an HTML `lang` value, for instance `zh-Hans`."""
    language = get_language() or settings.LANGUAGE_CODE
    return TAGS.get(language, language)


@register.simple_tag
def care_mode():
    """Whether this page is the one in large type."""
    return in_care()


@register.filter
def isolated(text):
    """What somebody typed, set so that its direction moves nothing around it."""
    return format_html("<bdi>{}</bdi>", text)


@register.inclusion_tag("portal/_care_switch.html", takes_context=True)
def care_switch(context):
    """The door into care mode and out of it again, to the same page in the same language."""
    with care(not in_care()):
        return {"address": _here(context.get("request")), "is_care": in_care()}


@register.inclusion_tag("portal/_languages.html", takes_context=True)
def languages(context):
    """The same page in the three languages, each named in its own."""
    return {"versions": _versions(context.get("request"))}


@register.inclusion_tag("portal/_alternates.html", takes_context=True)
def alternates(context):
    """Where search engines find the page: its one address, and the other languages."""
    request = context.get("request")
    with care(False):
        return {
            "here": _here(request),
            "versions": _versions(request),
            "site": settings.SITE_URL,
        }


@register.simple_tag(takes_context=True)
def page_address(context):
    """The permanent absolute address of the page, out of care mode."""
    with care(False):
        return settings.SITE_URL + _here(context.get("request"))


@register.inclusion_tag("portal/_paper.html", takes_context=True)
def paper(context):
    """What a printed page says of itself: its address, as words and as a code, and the day."""
    address = page_address(context)
    return {"address": address, "code": qr_code(address), "on": today()}


@register.filter(name="qr_code")
@lru_cache(maxsize=2048)
def qr_code(address):
    """The address as a QR code: its side in modules and its dark runs as strokes of an SVG path.

    The mask is chosen beforehand: readers accept any, and trying all eight costs five times more.
    """
    if len(address) > LONGEST_CODED:
        return None
    rows = list(segno.make_qr(address, error="m", mask=3).matrix_iter(border=0))
    return {"side": len(rows), "path": "".join(map(_strokes, rows, range(len(rows))))}


@register.simple_tag
def site_domain():
    """The host the site is known by."""
    return urlsplit(settings.SITE_URL).netloc


@register.inclusion_tag("portal/_doors.html")
def doors(school):
    """Ways onward from a school's pages: catalogue, mailboxes, committees."""
    return {
        "school": school,
        "mailboxes": Mailbox.objects.open_at(school),
        "committees": Committee.objects.of(school),
    }


@register.simple_tag(takes_context=True)
def record_of(context, row):
    """Where the reader finds what was done to the row, '' if the record tells them nothing."""
    subject = row.facts().subject_id or str(row.pk)
    told = acts_readable_by(context["request"].user).about(subject)
    return reverse("admin:ledger_act_timeline", args=[subject]) if told.exists() else ""


def _strokes(row, down):
    """One row of modules, light ones stepped over: `M0 2.5h7m1 0h3`."""
    runs = ((is_dark, len(list(modules))) for is_dark, modules in groupby(row))
    return f"M0 {down}.5" + "".join(f"h{n}" if is_dark else f"m{n} 0" for is_dark, n in runs)


def _versions(request):
    """One entry for each language, in or out of care mode as the page is."""
    rows = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            address = _here(request)
        rows.append(
            {
                "tag": TAGS[code],
                "name": _short(get_language_info(code)["name_local"]),
                "address": address,
                "is_current": code == get_language(),
            }
        )
    return rows


def _short(name):
    """The script's name alone: a telephone has one line for languages and large type."""
    return name if name.isascii() else name[:2]


def _here(request):
    """The page's own address, as language and mode now stand; home for one that is no page."""
    match = request.resolver_match if request is not None else None
    if match is None:
        return reverse("home")
    try:
        address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return reverse("home")
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    # A page repeats its own address ten times.
    return f"{address}?{query}" if 0 < len(query) <= LONGEST_QUERY else address
