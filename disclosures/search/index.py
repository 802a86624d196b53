"""Making the index anew from what is stored: after an upgrade, or when it is doubted."""

from django.db import transaction

from disclosures.models import Edition, Release
from disclosures.models.search import SearchText
from disclosures.search.words import backend


def index_texts(job=None, report=lambda done, total: None) -> dict:
    """Read every published or withdrawn edition again, in the order of opening.

    One transaction: searches see the old index until the new one is whole.
    """
    with transaction.atomic():
        backend().clear()
        SearchText.objects.all().delete()
        opened = Release.objects.planned().order_by("opens_at", "id")
        wanted = list(dict.fromkeys(opened.values_list("edition", flat=True)))
        unread = 0
        for done, pk in enumerate(wanted, start=1):
            edition = Edition.objects.select_related("disclosure").get(pk=pk)
            unread += len(enter(edition).unread)
            report(done, len(wanted))
        backend().settle()
    return {"indexed": len(wanted), "unread_files": unread}


def enter(edition):
    """Enter an edition under the moment of its latest opening."""
    releases = list(Release.objects.filter(edition=edition).planned())
    latest = max(release.opens_at for release in releases)
    return SearchText.objects.enter(
        edition, [release for release in releases if release.opens_at == latest]
    )


def prepare(sender, **kwargs):
    """After migrate or flush: the index exists, and knows nothing of rows that are gone."""
    backend().prepare()
    if not SearchText.objects.exists():
        backend().clear()


def inform_planner() -> int:
    """A part of the sweep: the database knows how much there is. Returns how often it was told."""
    return backend().learn()
