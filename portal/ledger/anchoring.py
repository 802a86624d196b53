"""The act log's head in the ledger, daily: later nobody edits an act or its history unseen."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max

from portal.ledger.history import HistoryRow
from portal.ledger.log import append
from portal.ledger.merkle import leaf_hash, root
from portal.ledger.models import Act, Anchor, Checkpoint, LedgerEntry, Tail
from portal.ledger.moments import local_day, now
from portal.text.canonical import moment_bytes

BATCH = 500
HASH = 32

Columns = dict[str, list[str]]


def anchor_if_due() -> int:
    """Anchor once a day in Asia/Shanghai, so that the log is never without a fresh entry."""
    last = LedgerEntry.objects.filter(kind="anchor").last()
    if last and local_day(last.at) >= local_day(now()):
        return 0
    anchor()
    return 1


def anchor() -> Anchor:
    """Enter the root over all acts so far; each with the history rows that carry its id.

    What no act wrote follows, one hash each: history rows without one, and signed heads.
    """
    newest = newest_settled(Act)
    loose = {model._meta.label: newest_settled(model) for model in loose_tables()}
    with transaction.atomic():
        return _anchor_up_to(newest, loose)


@transaction.atomic
def newest_settled(model: type[models.Model]) -> int:
    """The key of the newest row before which none can still appear.

    PostgreSQL numbers rows before they are committed: a moment without writers tells which are
    there. Raises OperationalError if some act takes longer than we may make others wait. One
    table at a time, so that no writer waits for us while we wait for it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")
    return model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0


def _anchor_up_to(newest: int, loose: dict[str, int]) -> Anchor:
    Tail.objects.locked()  # two sweeps at once make two anchors, one after the other
    last = Anchor.objects.last()
    row = Anchor(
        start=last.start + len(last.leaves) // HASH if last else 0,
        last_act=newest,
        columns=columns_now(),
        loose=loose,
    )
    acts = Act.objects.filter(pk__gt=last.last_act if last else 0, pk__lte=newest).order_by("pk")
    new = [scope_leaf(row)]
    new += [leaf for _act, leaf in leaves_of(acts.iterator(chunk_size=BATCH), row.columns)]
    new += [leaf for _row, leaf in loose_leaves(last.loose if last else {}, loose, row.columns)]
    known = [leaf for earlier in Anchor.objects.all() for leaf in split(earlier.leaves)]
    facts = {"acts": row.start + len(new), "root": root([*known, *new]).hex()}
    row.entry, row.leaves = append("anchor", facts=facts), b"".join(new)
    row.save(force_insert=True)
    return row


def scope_leaf(row: Anchor) -> bytes:
    """The first hash of an anchor: over what it says it covers."""
    told = {"last_act": row.last_act, "columns": row.columns, "loose": row.loose}
    return leaf_hash(json.dumps(told, sort_keys=True).encode())


def split(leaves: bytes) -> list[bytes]:
    """The hashes that stand one after the other in an anchor's row."""
    leaves = bytes(leaves)
    return [leaves[at : at + HASH] for at in range(0, len(leaves), HASH)]


def histories() -> list[type[models.Model]]:
    """Every history there is, in an order that does not change."""
    found = [model for model in apps.get_models() if issubclass(model, HistoryRow)]
    return sorted(found, key=lambda model: model._meta.label)


def loose_tables() -> list[type[models.Model]]:
    """Where rows stand that no act wrote."""
    return [*histories(), Checkpoint]


def columns_now() -> Columns:
    """What is hashed of an act and of each other row, by the columns there are now."""
    return {
        model._meta.label: sorted(field.attname for field in model._meta.concrete_fields)
        for model in (Act, *loose_tables())
    }


def leaves_of(acts: Iterable[Act], columns: Columns) -> Iterator[tuple[Act, bytes]]:
    """Each act with the hash of its row and of the history rows that carry its id."""
    known = [model for model in histories() if model._meta.label in columns]
    waiting = iter(acts)
    while batch := list(islice(waiting, BATCH)):
        rows: dict[Any, list[bytes]] = {act.uuid: [] for act in batch}
        for model in known:
            for row in model.objects.filter(act_id__in=rows).order_by("act_id", "pk").iterator():
                rows[row.act_id].append(row_bytes(row, columns))
        for act in batch:
            yield act, leaf_hash(b"\n".join([row_bytes(act, columns), *rows[act.uuid]]))


def loose_leaves(
    after: dict[str, int], up_to: dict[str, int], columns: Columns
) -> Iterator[tuple[models.Model, bytes]]:
    """Each row between two anchors that no act wrote, with its hash."""
    for model in loose_tables():
        label, rows = model._meta.label, model._default_manager.all()
        rows = rows.filter(act_id=None) if issubclass(model, HistoryRow) else rows
        rows = rows.filter(pk__gt=after.get(label, 0), pk__lte=up_to.get(label, 0))
        for row in rows.order_by("pk").iterator(BATCH):
            yield row, leaf_hash(row_bytes(row, columns))


def row_bytes(row: models.Model, columns: Columns) -> bytes:
    """A row as JSON: its table and the columns named. Raises AttributeError if one is gone."""
    label = row._meta.label
    told = {name: getattr(row, name) for name in columns[label]}
    return json.dumps([label, told], sort_keys=True, ensure_ascii=False, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return moment_bytes(value).decode()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
