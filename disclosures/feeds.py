"""A list of public notices as Atom (RFC 4287) and as JSON Feed 1.1.

Each entry carries the ledger's newest head: who keeps the feed keeps it (docs/ledger.md).
"""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from django.conf import settings
from django.db.models import Min, OuterRef, Subquery, Value
from django.db.models.functions import Substr
from django.utils.translation import get_language

from disclosures.models import Release
from portal.ledger.heads import newest_line
from portal.organisation.viewer import PUBLIC
from portal.text.clean import clean_line
from portal.text.html import plain_text

SIZE = 30
READ, TOLD = 2000, 200
ATOM, JSON = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
LEDGER = "urn:disclosure:ledger"
ElementTree.register_namespace("", NAMESPACE)
ElementTree.register_namespace("ledger", LEDGER)
_cut_tag = re.compile(r"<[^>]*$|&[^;\s]*$")


class Channel(NamedTuple):
    """What a feed is called, where it is and which page lists the same notices (paths)."""

    title: str
    page: str
    address: str

    @property
    def language(self):
        """The language of the titles around the notices as a tag, for instance `zh-Hans`."""
        first, _dash, script = (get_language() or settings.LANGUAGE_CODE).partition("-")
        return f"{first}-{script.title()}" if script else first


def entries_of(releases):
    """The newest releases as a feed needs them, with their first moment and how they begin."""
    before = Release.objects.was_open_to(PUBLIC).filter(disclosure=OuterRef("disclosure"))
    first = before.order_by().values("disclosure").annotate(at=Min("opens_at")).values("at")
    rows = releases.select_related("edition", "school", "entry", "disclosure__school")
    rows = rows.defer("edition__body").order_by("-opens_at", "-id")
    return rows.annotate(
        first_at=Subquery(first), beginning=Substr("edition__body", Value(1), Value(READ))
    )[:SIZE]


def summary_of(release):
    """What changed, if it is a correction, and the summary, or else how the body begins."""
    edition = release.edition
    told = edition.summary or plain_text(_cut_tag.sub("", release.beginning))
    told = " ".join(part for part in (edition.change_note, clean_line(told)) if part)
    return f"{told[:TOLD]}…" if len(told) > TOLD else told


def atom(channel, entries, *, updated):
    """The feed as Atom; `updated` is its moment when it has no entry."""
    feed = ElementTree.Element(_q("feed"), {"xml:lang": channel.language})
    _text(feed, "id", site(channel.address))
    _text(feed, "title", channel.title)
    _text(feed, "updated", _moment(max([row.opens_at for row in entries], default=updated)))
    _link(feed, rel="self", type="application/atom+xml", href=site(channel.address))
    _link(feed, rel="alternate", type="text/html", href=site(channel.page))
    _text(ElementTree.SubElement(feed, _q("author")), "name", channel.title)
    head = newest_line()
    for release in entries:
        entry = _entry(feed, release)
        if head:
            ElementTree.SubElement(entry, f"{{{LEDGER}}}head").text = head
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed, release):
    edition, entry = release.edition, ElementTree.SubElement(feed, _q("entry"))
    entry.set("xml:lang", edition.language)
    _text(entry, "id", release.disclosure_id.urn)
    _text(entry, "title", clean_line(edition.title))
    _text(entry, "published", _moment(release.first_at))
    _text(entry, "updated", _moment(release.opens_at))
    address = site(release.disclosure.get_absolute_url())
    _link(entry, rel="alternate", type="text/html", hreflang=edition.language, href=address)
    _text(ElementTree.SubElement(entry, _q("author")), "name", edition.issuer)
    category = {"term": release.category, "label": release.entry.display_category}
    ElementTree.SubElement(entry, _q("category"), category)
    _text(entry, "summary", summary_of(release) or clean_line(edition.title))
    return entry


def json(channel, entries):
    """The feed as JSON Feed 1.1, ready to be written."""
    head = newest_line()
    carried = {"_ledger": {"head": head}} if head else {}
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": site(channel.page),
        "feed_url": site(channel.address),
        "language": channel.language,
        "items": [_item(release) | carried for release in entries],
    }


def _item(release):
    edition = release.edition
    return {
        "id": release.disclosure_id.urn,
        "url": site(release.disclosure.get_absolute_url()),
        "title": edition.title,
        "content_text": summary_of(release) or edition.title,
        "date_published": _moment(release.first_at),
        "date_modified": _moment(release.opens_at),
        "authors": [{"name": edition.issuer}],
        "tags": [release.entry.display_category],
        "language": edition.language,
    }


def site(path):
    """The full address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def _q(name):
    return f"{{{NAMESPACE}}}{name}"


def _text(parent, name, text):
    ElementTree.SubElement(parent, _q(name)).text = text


def _link(parent, **attributes):
    ElementTree.SubElement(parent, _q("link"), attributes)


def _moment(moment):
    return moment.isoformat(timespec="seconds")
