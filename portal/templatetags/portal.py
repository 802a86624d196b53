"""What any page may show of the whole site: languages, care mode, a school's doors, a record."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, get_language_info, override

from committees.models import Committee
from feedback.models import Mailbox
from portal.history.reach import acts_readable_by
from portal.middleware import care, in_care

register = template.Library()
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@register.simple_tag
def language_tag():
    """The language of the interface as an HTML `lang` value, for instance `zh-Hans`."""
    language = get_language() or settings.LANGUAGE_CODE
    return TAGS.get(language, language)


@register.simple_tag
def care_mode():
    """Whether this page is the one in large type."""
    return in_care()


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


def _versions(request):
    """One entry for each language, in or out of care mode as the page is."""
    rows = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            address = _here(request)
        rows.append(
            {
                "tag": TAGS[code],
                "name": get_language_info(code)["name_local"],
                "address": address,
                "is_current": code == get_language(),
            }
        )
    return rows


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
    return f"{address}?{query}" if query else address
