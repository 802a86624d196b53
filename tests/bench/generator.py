"""The one declared generator that writes notices in bulk, past the acts and their records.

For measuring only: it copies a notice published through the real acts, so that every row is
one the portal itself could have written, but for its history.
"""

import uuid
from collections import Counter
from datetime import timedelta

from django.db.models import QuerySet

from disclosures.models import Disclosure, Edition, Release
from portal.ledger.moments import local_day, now
from tests.cast import assemble
from tests.conftest import Stage

APART = timedelta(minutes=25)
BATCH = 2000


class Generator:
    """Notices of two schools, the newest first written, one every 25 minutes into the past."""

    def __init__(self):
        cast = assemble()
        self.models = [_published(Stage(cast), cast, number) for number in (1, 2)]
        self.begun, self.count, self.serials = now(), 0, Counter()

    def grow_to(self, count: int) -> None:
        while self.count < count:
            batch = range(self.count, min(self.count + BATCH, count))
            rows = [self._rows(number) for number in batch]
            for model, made in zip(
                (Disclosure, Edition, Release), zip(*rows, strict=True), strict=True
            ):
                QuerySet(model).bulk_create(made)
            self.count = batch.stop

    def _rows(self, number):
        """A disclosure, its edition and its release, opened `number` steps ago."""
        opens_at = self.begun - APART * (number + 1)
        disclosure, edition, release = self.models[number % len(self.models)]
        year = local_day(opens_at).year
        self.serials[disclosure.school_id, year] += 1
        serial = 10_000 + self.serials[disclosure.school_id, year]
        matter = _copy(
            disclosure,
            id=uuid.uuid4(),
            year=year,
            serial=serial,
            index_number=f"{disclosure.school.org_code}/{year}-{serial:05d}",
        )
        text = _copy(
            edition,
            id=uuid.uuid4(),
            disclosure=matter,
            title=f"{edition.title}（第{number}号）",
            sealed_at=opens_at,
        )
        opened = _copy(
            release,
            id=None,
            disclosure=matter,
            edition=text,
            year=year,
            opens_at=opens_at,
            sealed_at=opens_at,
        )
        return matter, text, opened


def _published(stage, cast, number):
    options = {"department": cast.department2, "by": cast.editor2} if number == 2 else {}
    body = "<p>本学期收费项目、标准和依据如下，接受监督。</p>" * 40
    edition = stage.published(body=body, **options)
    release = Release.objects.get(edition=edition)
    return (
        Disclosure.objects.select_related("school").get(pk=edition.disclosure_id),
        edition,
        release,
    )


def _copy(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop("id")
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
