"""The one declared generator that writes notices in bulk, past the acts and their records.

For measuring only: it copies a notice published through the real acts, so that every row is
one the portal itself could have written, but for its history and what its entry commits to.
"""

from collections import Counter
from datetime import timedelta
from itertools import islice
from random import Random

from django.db import transaction

from portal.ledger.moments import local_day, now
from portal.organisation.models import Department
from tests.bench import bulk
from tests.bench.log import Log
from tests.bench.notices import Notice
from tests.bench.texts import Texts, titles
from tests.cast import assemble, entry_of, school_of
from tests.conftest import Stage

# A million in nine and a half years.
APART = timedelta(minutes=5)
SCHOOLS, BATCH = 100, 20_000
OFFICES = (("教务处", "teaching"), ("总务处", "general"), ("德育处", "moral"))


class Generator:
    """Notices of a hundred schools, some much busier than others, one every five minutes."""

    def __init__(self):
        cast = assemble()
        self.stage = Stage(cast)
        edition = self.stage.published()
        self.address = edition.disclosure.get_absolute_url()
        rows = [edition.disclosure, edition, edition.releases.get(), edition.search_text]
        self.copiers = [bulk.Copier(row) for row in rows]
        self.begun, self.count, self.log = now(), 0, Log()
        self.texts, self.serials = Texts(), Counter()
        self.schools = _schools(cast)
        self.entries = _entries(cast)

    def grow_to(self, count):
        """Add older notices until there are `count`: the oldest first, as they would have come."""
        numbers = reversed(range(self.count, count))
        with bulk.filling([copier.table for copier in self.copiers] + self.log.tables):
            while batch := [self.notice(number) for number in islice(numbers, BATCH)]:
                self.write(batch)
        self.count = max(self.count, count)

    def middle(self):
        """The moment before which the older half was opened."""
        return self.begun - APART * (self.count // 2)

    @transaction.atomic
    def write(self, notices):
        changes = zip(*(notice.rows() for notice in notices), strict=True)
        for copier, rows in zip(self.copiers, changes, strict=True):
            copier.copy(rows)
        self.log.write(notices)
        bulk.index([(notice.key, notice.words(), notice.facets()) for notice in notices])

    def notice(self, number):
        """The notice opened `number` steps ago."""
        drawn = Random(-1 - number)  # noqa: S311  no secret
        school, departments = self.schools[int(SCHOOLS * drawn.random() ** 1.5)]
        entry = drawn.choice(self.entries)
        opens_at = (self.begun - APART * (number + 1)).replace(microsecond=0)
        self.serials[school, local_day(opens_at).year] += 1
        return Notice(
            school=school,
            department=drawn.choice(departments),
            entry=entry,
            opens_at=opens_at,
            serial=10_000 + self.serials[school, local_day(opens_at).year],
            text=self.texts.text(number, entry.title),
        )


def _schools(cast):
    """A hundred schools with three departments each; the first is the busiest."""
    made = [cast.school]
    for number in range(1, SCHOOLS):
        code = f"123500000000{number:05d}X"
        name = f"示范区第{number + 100}小学"
        made.append(school_of(f"school-{number}", name, parent=cast.bureau_school, code=code))
    return [(school, [_department(school, *office) for office in OFFICES]) for school in made]


def _department(school, name, slug):
    found = Department.objects.filter(school=school, slug=slug).first()
    return found or Department.objects.create(school=school, name=name, slug=slug)


def _entries(cast):
    """The entries of the real catalogue, as the bureau's."""
    return [
        entry_of(
            cast.bureau_school,
            f"B-{code}",
            offices="office",
            title=title,
            category=category,
            category_title=name,
        )
        for code, category, name, title in titles()
    ]
