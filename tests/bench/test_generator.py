"""What the bench writes past the models is what the models would have written."""

from collections import Counter

import pytest

from disclosures.checking import check_entries_of_notices
from disclosures.models import Release, SearchText
from disclosures.models.search import facets, heads
from disclosures.search.query import Query
from disclosures.search.results import Search
from disclosures.search.words import plain
from portal.ledger.checking.heads import check_heads
from portal.ledger.checking.log import check_log
from portal.ledger.models import Checkpoint, LedgerEntry
from portal.text.chinese import bigrams
from tests.bench import generator

pytestmark = pytest.mark.services


@pytest.fixture
def made(db, monkeypatch):
    """Thirty made-up notices of three schools, as written."""
    monkeypatch.setattr(generator, "SCHOOLS", 3)
    bench = generator.Generator()
    notices = [bench.notice(number) for number in reversed(range(30))]
    bench.write(notices)
    return notices


def test_the_index_is_told_what_the_portal_would_tell_it(made):
    for notice in made:
        text = SearchText.objects.get(key=notice.key)
        told = [plain(word) for word in bigrams(text.text()).split()]
        assert Counter(notice.words().split()) == Counter(told)
        assert text.head.split("\n") == [head for head in heads(text.edition) if head]
        assert text.body == text.edition.body_as_text.strip()
        releases = Release.objects.filter(edition=text.edition)
        assert set(notice.facets()) == facets(releases)


def test_they_are_found_and_listed_newest_first(made):
    written = [notice.edition_id for notice in reversed(made)]
    listed = Release.objects.public().order_by("-opens_at").values_list("edition", flat=True)
    assert list(listed)[1:] == written
    common = [n.edition_id for n in reversed(made) if "学校" in f"{n.text.title}{n.text.lines}"]
    found = [hit.pk for hit in Search(Query("学校负责")).hits(100)]
    editions = dict(Release.objects.values_list("pk", "edition"))
    assert [editions[pk] for pk in found] == common


def test_the_log_is_one_the_portal_could_have_written(made):
    checks = (check_log(), check_heads(), check_entries_of_notices())
    assert [str(finding) for check in checks for finding in check] == []
    entries = LedgerEntry.objects.order_by("-seq")
    assert [entry.item for entry in entries[:30]] == [str(n.disclosure_id) for n in made[::-1]]
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [10, 20, 30, 31]
