"""A search and what it finds for one viewer: a page of notices, how many, and of what kind."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core import signing

from disclosures.models import Audience, Release
from disclosures.models.search import SearchText
from disclosures.search.words import backend, facet, plain
from portal.organisation.viewer import PUBLIC
from portal.text.chinese import fold

SIZE = 20
COUNTED = 200
RANKED = 500
SALT = "disclosures.search"
# Of a reader of many schools' boards the index is not asked for each; `Release` decides anyway.
_MOST_SCHOOLS = 60
_FACETS = {"school": "s", "department": "d", "category": "c", "year": "y"}
# All that a page of results says of a release: the rows around it are wide.
_SHOWN = (
    *("opens_at", "audience", "disclosure__year", "disclosure__serial", "disclosure__school__slug"),
    *("entry__category", "entry__category_en", "edition__title", "edition__language"),
    *("edition__issuer", "edition__department_title", "edition__based_on"),
    *("edition__search_text__body", "edition__search_text__files"),
)


class Hit(NamedTuple):
    """A release that fits, with what the filters count."""

    key: int
    pk: int
    school: object
    department: object
    category: str
    year: int


@dataclass
class Found:
    """A page of results. `total` stops above 200; `counts` are of the newest so many.

    `is_cut` says of an order by rank that older ones fit which were not compared.
    """

    rows: list = field(default_factory=list)
    total: int = 0
    counts: dict = field(default_factory=dict)
    next_key: str = ""
    is_first: bool = True
    is_cut: bool = False
    key_is_known: bool = True

    @property
    def is_capped(self):
        return self.total > COUNTED

    @property
    def count(self):
        return min(self.total, COUNTED)


class Search:
    """A query over the releases a viewer may see now, narrowed by filters.

    `filters` are any of school, department (ids), category and year. Newest first, or with
    `order="rank"` those of the newest 500 first that name what is asked for. The same rows in
    the same order whatever the database.
    """

    def __init__(self, query, *, viewer=PUBLIC, filters=None, order="date"):
        self.query, self.viewer, self.order = query, viewer, order
        self.filters = {name: value for name, value in (filters or {}).items() if value}
        self.releases = Release.objects.once_visible_to(viewer).filter(**self.filters)
        self.terms = [_indexed(term) for term in query.wanted]
        self.unwanted = [_indexed(term) for term in query.unwanted]

    def page(self, key=""):
        """The page that begins after the signed `key`; the first for any other."""
        if not self.query:
            return Found()
        after = self._read(key)
        newest = self.hits(RANKED + 1 if self.order == "rank" else COUNTED + 1)
        if self.order == "rank":
            begin = after or 0
            hits = self._ranked(newest[:RANKED])[begin : begin + SIZE + 1]
            following = begin + SIZE
        else:
            hits = newest if after is None else self.hits(SIZE + 1, before=after)
            hits = hits[: SIZE + 1]
            following = hits[:SIZE][-1].key if hits else 0
        return Found(
            rows=self._rows(hits[:SIZE]),
            total=len(newest),
            counts=_counts(newest[:COUNTED]),
            next_key=self._key(following) if len(hits) > SIZE else "",
            is_first=after is None,
            is_cut=len(newest) > RANKED,
            key_is_known=after is not None or not key,
        )

    def count(self):
        """How many fit, up to one more than are counted."""
        return len(self.hits(COUNTED + 1))

    def hits(self, limit, *, before=None):
        """The newest releases that fit, in the order of opening, at most `limit`.

        The index proposes, a batch at a time; `Release` says what the viewer may see of it.
        """
        found, batch = [], limit + 20
        while self.query.can_be_met and len(found) < limit:
            keys = backend().keys(
                self.terms, self.unwanted, self._facets(), before=before, limit=batch
            )
            found += self._visible(keys)
            if len(keys) < batch:
                break
            before = keys[-1]
        return found[:limit]

    def _visible(self, keys):
        names = [f"{name}_id" if name in ("school", "department") else name for name in _FACETS]
        rows = self.releases.filter(edition__search_text__key__any_of=keys).order_by()
        # Only where it is asked for: an index answers the rest without the text's own row.
        doubt = [] if backend().is_exact() else ["edition__search_text__is_long"]
        told = list(rows.values_list("edition__search_text", "pk", *names, *doubt))
        hits = {key: Hit(key, *row[: len(names) + 1]) for key, *row in told}
        long = [key for key, *_row, is_long in told if is_long] if doubt else []
        if long:
            hits = self._looked_at(hits, long)
        return [hits[key] for key in keys if key in hits]

    def _looked_at(self, hits, long):
        """Without the long texts in which the words stand, but not as they are asked for."""
        texts = SearchText.objects.filter(key__in=long)
        wrong = {text.key for text in texts if not self.query.fits(text.text())}
        return {key: hit for key, hit in hits.items() if key not in wrong}

    def _facets(self):
        chosen = [[facet(_FACETS[name], value)] for name, value in self.filters.items()]
        if self.viewer.is_public:
            return [[facet("a", Audience.PUBLIC)], *chosen]
        schools = self.viewer.inner_schools()
        if len(schools) > _MOST_SCHOOLS or self.viewer.groups:
            return chosen
        own = [facet("s", school) for school in sorted(schools, key=str)]
        return [[facet("a", Audience.PUBLIC), *own], *chosen]

    def _ranked(self, hits):
        """What names the words in its title first, then in its other heads; then the newest."""
        heads = dict(
            SearchText.objects.filter(key__in=[hit.key for hit in hits]).values_list("key", "head")
        )
        return sorted(hits, key=lambda hit: (-self._score(heads[hit.key]), -hit.key))

    def _score(self, head):
        title, _newline, rest = fold(head).partition("\n")
        folded = fold(self.query.text)
        score = 100 if folded == title else 50 if folded in title else 0
        for term in self.query.patterns:
            score += 10 * min(len(term.findall(title)), 2) + 3 * bool(term.search(rest))
        return score

    def _rows(self, hits):
        """The releases with what a result shows, in the order of the hits."""
        around = {name.rpartition("__")[0] for name in _SHOWN} - {""}
        rows = Release.objects.select_related(*around).only(*_SHOWN)
        found = rows.in_bulk([hit.pk for hit in hits])
        return [found[hit.pk] for hit in hits]

    def _key(self, number):
        return signing.Signer(salt=SALT).sign_object([self.order, number])

    def _read(self, key):
        try:
            order, number = signing.Signer(salt=SALT).unsign_object(key)
        except signing.BadSignature:
            return None
        return number if order == self.order else None


def _indexed(term):
    """A term as the index is asked for it: its words, and whether the last is a beginning."""
    return [plain(word) for word in term.words()], term.is_open


def _counts(hits):
    return {name: Counter(getattr(hit, name) for hit in hits).most_common() for name in _FACETS}
