"""What is asked of every act: whom it obeys, what it records, that a refusal changes nothing."""

from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import transaction

from disclosures.models import Edition
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import Message, User

FOUR_EYES = "起草人和最后修改人不能审核或公开自己的文稿，请由另一位有权限的人办理。"
SECOND_PERSON = "这一步要由提出人以外的另一位有权限的人办理。"
STALE = "这份文稿刚刚被别人改动过，请刷新后再办理。"


def not_yours(act):
    return f"您没有对这份文稿办理“{act}”的权限。"


def wrong_state(state, act):
    return f"这份文稿现在是“{state}”，不能办理“{act}”。"


def all_rows():
    """Every row of every table, so that two moments can be compared."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }


def history_models():
    return [model for model in apps.get_models() if hasattr(model, "history_id")]


def histories():
    """How many history rows each noun has, and how many of them each act wrote."""
    return Counter(
        (model.instance_type.__name__, act)
        for model in history_models()
        for act in model._base_manager.values_list("act_id", flat=True)
    )


@pytest.fixture
def refused():
    """`with refused(sentence):` the act is refused in these words and no row changes."""

    @contextmanager
    def refusing(sentence):
        before = all_rows()
        with pytest.raises(Refused) as refusal:
            yield
        assert refusal.value.sentence == sentence
        assert all_rows() == before

    return refusing


@pytest.fixture
def only(cast):
    """`only(edition, act, may={…}, sentence=…)`: of the whole cast these, and nobody else.

    Whoever may is tried and undone; all others together leave every row as it was. `told` names
    those who are refused in words of their own.
    """

    def ask(edition, act, *, may, sentence, told=None):
        before, allowed, answers = all_rows(), set(), {}
        for name, person in people(cast).items():
            point = transaction.savepoint()
            try:
                act(Edition.objects.get(pk=edition.pk), person)
                allowed.add(name)
                transaction.savepoint_rollback(point)
            except Refused as refusal:
                answers[name] = refusal.sentence
        assert allowed == set(may)
        assert answers == dict.fromkeys(people(cast).keys() - allowed, sentence) | (told or {})
        assert all_rows() == before

    return ask


def people(cast):
    return {name: value for name, value in vars(cast).items() if isinstance(value, User)}


@pytest.fixture
def recording():
    """`with recording() as record:` what one act writes beside the rows it changes."""

    @contextmanager
    def watch():
        record = SimpleNamespace()
        histories_before = histories()
        acts, messages = set(ids(Act)), set(ids(Message))
        yield record
        (record.act,) = Act.objects.exclude(pk__in=acts)
        written = histories() - histories_before
        assert {act for _noun, act in written} <= {record.act.uuid}
        record.history = {noun: count for (noun, _act), count in written.items()}
        record.messages = set(
            Message.objects.exclude(pk__in=messages).values_list("recipient__username", "subject")
        )

    return watch


def ids(model):
    return model.objects.values_list("pk", flat=True)


def told(act):
    """What the act log says of an act."""
    return (act.name, act.actor_name, act.school, act.category, act.entry, act.reason)


def concerns(act, edition):
    """Whether the act is filed under the edition and its disclosure."""
    return (act.noun, act.object_id, act.subject_id) == (
        "disclosures.edition",
        str(edition.pk),
        str(edition.disclosure_id),
    )
