"""Performing an act: one transaction, one `Act` row, history rows that carry its id."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import transaction

from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.ledger.vocabulary import ActName

_performing: ContextVar[Act | None] = ContextVar("performing", default=None)


class Refused(Exception):
    """The procedure does not allow this act. `sentence` tells the user why and what to do."""

    def __init__(self, sentence):
        super().__init__(str(sentence))
        self.sentence = str(sentence)


class Stale(Refused):
    """Somebody changed the row after it was shown: the user must look again."""


class Facts(NamedTuple):
    """What an act says of its object, as text, so that the record outlives the row."""

    title: str
    school: str = ""
    subject_id: str = ""
    category: str = ""
    entry: str = ""


@contextmanager
def perform(name: str, noun: Any, *, by: Any, reason: str = "", office: str = "") -> Iterator[Act]:
    """Run the body as one act on `noun` by the person `by` (None: the portal itself).

    `noun` is a `Recorded` row: its `facts()` and `content_digest()` are written with the act.
    Everything inside is one transaction; history rows saved inside carry the act's uuid. An
    exception leaves nothing behind. Without `office` the record names the offices the person holds.
    """
    act = Act(
        uuid=uuid.uuid4(),
        name=ActName(name),
        noun=noun._meta.label_lower,
        actor_id=str(by.pk) if by else "",
        actor_name=by.name if by else "",
        actor_office=office[:120],
        reason=reason,
        at=now(),
        digest_before=noun.content_digest(),
    )
    with transaction.atomic():
        token = _performing.set(act)
        try:
            yield act
        finally:
            _performing.reset(token)
        _write(act, noun, by)


def _write(act: Act, noun: Any, by: Any) -> None:
    facts = noun.facts()
    if by and not act.actor_office:
        act.actor_office = by.offices_at(facts.school)[:120]
    act.object_id = str(noun.pk)
    act.subject_id = facts.subject_id or act.object_id
    act.title = facts.title[:250]
    act.school, act.category, act.entry = facts.school, facts.category, facts.entry
    act.digest_after = noun.content_digest()
    act.save(force_insert=True)


def stamp(sender, *, history_instance, **kwargs) -> None:
    """Write the running act, its actor and its moment on a history row about to be saved."""
    act = _performing.get()
    history_instance.history_date = now()
    if act is not None:
        history_instance.act_id = act.uuid
        history_instance.history_change_reason = act.reason
        history_instance.history_user_id = uuid.UUID(act.actor_id) if act.actor_id else None
