"""A matter as the tables have it and as the ledger has it, side by side."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db.models import Q

from disclosures.models import Disclosure, Edition, Release
from disclosures.proof import PLANNING, in_force, plans_of
from portal.ledger.models import LedgerEntry

BATCH = 100
SLACK = timedelta(hours=1)
TAKING_OFF = ("withdraw", "take_down")
KINDS = (*PLANNING, *TAKING_OFF, "cancel", "confirm", "redact")


class Told:
    """An edition with its entries, and the plans of its releases beside those that planned them.

    `plans` has (entry, releases); `before` the releases that no entry planned: those of an
    edition that was entered later than it was published (`is_late`), or forged ones.
    """

    def __init__(self, edition, entries):
        self.edition, self.entries = edition, entries
        planning = [entry for entry in entries if entry.kind in PLANNING]
        plans = plans_of(edition)
        known = plans[len(plans) - len(planning) :] if planning else []
        self.plans = list(zip(planning[-len(known) :], known, strict=True)) if known else []
        self.before = [row for rows in plans[: len(plans) - len(known)] for row in rows]
        self.in_force = {entry.seq for entry in in_force(entries)}
        self.is_late = any(entry.at - rows[0].sealed_at > SLACK for entry, rows in self.plans[:1])

    @property
    def state(self):
        """The state in which the entries leave the edition; "" if they leave it unsealed."""
        found = ""
        for entry in self.entries:
            if entry.kind in PLANNING:
                found = "published"
            elif entry.kind in TAKING_OFF:
                found = "withdrawn"
            elif entry.kind == "cancel":
                found = ""
        return found


class Matter:
    """A disclosure, its entries in order, and each of its editions with those about it."""

    def __init__(self, disclosure, editions, entries):
        self.disclosure, self.entries = disclosure, entries
        self.editions = [
            Told(edition, [entry for entry in entries if entry.edition == edition.number])
            for edition in editions
        ]


def matters() -> Iterator[Matter]:
    """Every matter of which anything was sealed or is in the ledger, a few at a time."""
    rows = Disclosure.objects.select_related("school", "department", "entry").order_by("pk")
    waiting = rows.iterator(chunk_size=BATCH)
    while batch := {row.pk: row for row in islice(waiting, BATCH)}:
        entries = _by_item(batch)
        editions = _by_disclosure(batch, entries)
        for pk, disclosure in batch.items():
            if entries[pk] or editions[pk]:
                yield Matter(disclosure, editions[pk], entries[pk])


def _by_item(batch):
    found = {pk: [] for pk in batch}
    items = {str(pk): pk for pk in batch}
    rows = LedgerEntry.objects.filter(item__in=items, kind__in=KINDS).select_related("opening")
    for entry in rows.order_by("seq"):
        found[items[entry.item]].append(entry)
    return found


def _by_disclosure(batch, entries):
    """Editions that are sealed, that have releases, or of which an entry tells."""
    found = {pk: [] for pk in batch}
    opened = Release.objects.filter(disclosure__in=batch).values("edition")
    told = Q(disclosure__in=[pk for pk, rows in entries.items() if rows])
    sealed = Q(sealed_at__isnull=False) | Q(pk__in=opened) | told
    rows = Edition.objects.filter(sealed, disclosure__in=batch).order_by("number")
    for edition in rows.select_related("named_authority__department"):
        edition.disclosure = batch[edition.disclosure_id]
        found[edition.disclosure_id].append(edition)
    return found
