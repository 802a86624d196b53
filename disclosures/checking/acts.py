"""Acts on editions against what every such act leaves: a history row, and its entry."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from disclosures.checking.matter import SLACK
from disclosures.models import Edition
from portal.ledger.checking import Finding, named
from portal.ledger.models import Act, LedgerEntry

BATCH = 200
NOUN = "disclosures.edition"
# Act → the kinds of entry it makes.
ENTERED = {
    "publish": ("publish", "correct"),
    "emergency_publish": ("emergency",),
    "cancel": ("cancel",),
    "confirm": ("confirm",),
    "withdraw": ("withdraw",),
    "take_down": ("take_down",),
    "restore": ("restore",),
    "redact": ("redact",),
}
ACT_OF = {kind: act for act, kinds in ENTERED.items() for kind in kinds}


def check_acts_of_editions() -> Iterator[Finding]:
    """No act on an edition without its history row; no act of publication without its entry."""
    left = Edition.history.model.objects.filter(act_id=OuterRef("uuid"))
    acts = Act.objects.filter(noun=NOUN).filter(~Exists(left)).order_by("pk")
    for act in acts.iterator(chunk_size=BATCH):
        yield Finding(42, named(act), _("操作没有留下记录。"), act.name)
    editions = Edition.objects.order_by("pk").values_list("pk", "disclosure", "number")
    waiting = editions.iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        yield from _check_counts(batch)


def _check_counts(batch):
    acts = {key: defaultdict(list) for key, _matter, _number in batch}
    found = {str(key): key for key in acts}
    matters = {str(matter) for _key, matter, _number in batch}
    rows = Act.objects.filter(noun=NOUN, name__in=ENTERED, subject_id__in=matters)
    for act in rows.order_by("pk").iterator(chunk_size=BATCH):
        if key := found.get(act.object_id):
            acts[key][act.name].append(act)
    entered = _entries_of(batch)
    for key, done in acts.items():
        began, counts = entered[key]
        for name in ENTERED:
            yield from _compare(key, name, done[name], counts[name], began)


def _entries_of(batch):
    """By edition: when its first entry was made, and how many entries each act has made."""
    keys = {(str(matter), number): key for key, matter, number in batch}
    told = {key: (None, Counter()) for key in keys.values()}
    items = {item for item, _number in keys}
    for entry in LedgerEntry.objects.filter(item__in=items, kind__in=ACT_OF).order_by("seq"):
        if key := keys.get((entry.item, entry.edition)):
            began, counts = told[key]
            counts[ACT_OF[entry.kind]] += 1
            told[key] = (began or entry.at, counts)
    return told


def _compare(key, name, acts, count, began):
    """As many acts as entries; what happened before there was a ledger may be more."""
    if len(acts) < count:
        yield Finding(42, f"disclosures.Edition {key}", _("存证过的操作不见了。"), name)
    for act in acts[: max(len(acts) - count, 0)]:
        if began is None or act.at >= began - SLACK:
            yield Finding(41, named(act), _("操作没有存证。"), name)
