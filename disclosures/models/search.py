"""What a search reads of an edition: its text without markup, and that of its attachments."""

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.models.edition import Edition
from disclosures.models.stored import FileText
from disclosures.search import lookups  # noqa: F401  registers itself
from disclosures.search.words import backend, facet, is_long, plain
from portal.text.chinese import bigrams

MOST_CHARACTERS = 300_000
_SPILL = 10_000


class SearchTextQuerySet(models.QuerySet):
    def enter(self, edition, releases):
        """Make an edition findable from the moment its releases open; an earlier entry ends.

        Called inside the act that plans the releases: found is what is published, no more. Who
        may see it is not asked here but of `Release`, each time somebody searches.
        """
        for earlier in self.filter(edition=edition):
            earlier.end()
        body, files, unread = read(edition)
        row = self.model(
            key=self._free_key(min(release.opens_at for release in releases)),
            edition=edition,
            head="\n".join(heads(edition)),
            body=body,
            files=files,
            unread=unread,
        )
        words = [plain(word) for word in bigrams(row.text()).split()]
        row.is_long = is_long(words)
        row.save(force_insert=True)
        backend().write(row.key, words, sorted(facets(releases)), is_long=row.is_long)
        return row

    def _free_key(self, opens_at):
        """The second of opening, or the next that nobody has: keys follow the order of opening."""
        key = int(opens_at.timestamp())
        near = self.filter(key__gte=key, key__lt=key + _SPILL)
        taken = set(near.values_list("key", flat=True))
        free = next((n for n in range(key, key + _SPILL) if n not in taken), None)
        return free or self.aggregate(last=Max("key"))["last"] + 1


class SearchText(models.Model):
    """The searchable text of an edition under the key that orders all of them in time."""

    key = models.BigIntegerField(primary_key=True)
    edition = models.OneToOneField(
        Edition,
        models.PROTECT,
        null=True,
        verbose_name=_("公开文稿"),
        related_name="search_text",
    )
    head = models.TextField(blank=True)
    body = models.TextField(blank=True)
    files = models.TextField(blank=True)
    unread = models.JSONField(default=list)
    is_long = models.BooleanField(default=False)

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("检索文本")
        verbose_name_plural = pgettext_lazy("plural", "检索文本")
        # From what the index proposes to the edition, past the texts themselves.
        indexes = [models.Index(fields=["key", "edition"], name="searchtext_edition")]

    def __str__(self):
        return str(self.edition)

    def end(self):
        """Leave the key to nobody else, so that what the index knows of it finds nothing."""
        self.edition, self.head, self.body, self.files, self.unread = None, "", "", "", []
        self.is_long = False
        self.save()

    def text(self):
        """Everything searched, as one text."""
        return "\n".join((self.head, self.body, self.files))


def heads(edition):
    """The short texts of an edition that name it: what is found here is what was meant."""
    return [
        edition.title,
        edition.document_number,
        edition.disclosure.index_number or "",
        edition.entry_title,
        edition.category_title,
        edition.department_title,
        edition.issuer,
        edition.keywords,
        edition.summary,
    ]


def read(edition):
    """The text of body and table, that of the attachments, and which of these were not read."""
    body = edition.body_as_text
    if edition.sheet:
        body = "\n".join(filter(None, [body, edition.sheet.as_text(MOST_CHARACTERS - len(body))]))
    body = body[:MOST_CHARACTERS]
    told, unread, left = [], [], MOST_CHARACTERS - len(body)
    for attachment in edition.attachments.kept().select_related("served__text"):
        kept = FileText.objects.of(attachment.served)
        text = f"{attachment.title}\n{kept.content}"[:left]
        told.append(text)
        left -= len(text)
        if kept.unread:
            unread.append({"name": attachment.name, "reason": kept.unread})
    return body, "\n".join(told), unread


def facets(releases):
    """The words by which filters and audiences narrow a search within the index."""
    found = set()
    for release in releases:
        found |= {
            facet("s", release.school_id),
            facet("d", release.department_id),
            facet("c", release.category),
            facet("y", release.year),
            facet("a", release.audience),
        }
    return found
