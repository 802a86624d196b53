"""What any page may show of the whole site: languages, a school's doors, a row's record."""

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info

from committees.models import Committee
from feedback.models import Mailbox
from portal.history.reach import acts_readable_by

register = template.Library()
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@register.simple_tag
def language_tag():
    """The language of the interface as an HTML `lang` value, for instance `zh-Hans`."""
    language = get_language() or settings.LANGUAGE_CODE
    return TAGS.get(language, language)


@register.inclusion_tag("portal/_languages.html", takes_context=True)
def languages(context):
    """The same page in the three languages, each named in its own."""
    return {"versions": _versions(context.get("request"))}


@register.inclusion_tag("portal/_alternates.html", takes_context=True)
def alternates(context):
    """The same for search engines, as absolute addresses."""
    return {"versions": _versions(context.get("request")), "site": settings.SITE_URL}


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
    """One entry for each language; a page that does not exist leads to the home page."""
    known = request is not None and request.resolver_match is not None
    here = request.get_full_path() if known else reverse("home")
    return [
        {
            "tag": TAGS[code],
            "name": get_language_info(code)["name_local"],
            "address": translate_url(here, code),
            "is_current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]
