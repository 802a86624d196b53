"""Two people at the same moment: one act, one refusal in a sentence, nothing lost."""

import os
import threading
from functools import partial

import pytest
from django.db import connection

from disclosures.models import Disclosure, Edition, Release, State
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import Authority
from tests.cast import appoint

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "20"))


@pytest.fixture
def meet(transactional_db):
    """`meet(act, act, …)`: all start together, each on a connection of its own; what they saw."""

    def run(*acts):
        barrier, outcomes = threading.Barrier(len(acts), timeout=30), [None] * len(acts)

        def perform(place, act):
            try:
                barrier.wait()
                outcomes[place] = act()
            except Exception as fault:
                outcomes[place] = fault
            finally:
                connection.close()

        threads = [threading.Thread(target=perform, args=each) for each in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return outcomes

    return run


@pytest.fixture
def cast(transactional_db, cast):
    """The cast, with a second person in the office that reviews the short entry."""
    appoint(cast.deputy, cast.school, "office", by=cast.sysadmin)
    return cast


def shown(edition):
    """The edition as each of the two has it on the screen."""
    return Edition.objects.get(pk=edition.pk), Edition.objects.get(pk=edition.pk)


def one_won(outcomes):
    """One act ran; the other was refused in a sentence and not broken by the database."""
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(refusals) == len(outcomes) - 1, outcomes
    assert not [o for o in outcomes if isinstance(o, Exception) and o not in refusals], outcomes


def acts_of(edition, name):
    return Act.objects.about(edition.disclosure_id).filter(name=name).count()


def test_two_holders_of_one_office_decide_once(cast, stage, meet):
    for turn in range(ROUNDS):
        edition = stage.in_review(entry=cast.short_entry)
        seen = edition.content_digest()
        one, other = shown(edition)
        second = (
            partial(other.send_back, by=cast.deputy, opinion="改")
            if turn % 2
            else partial(other.approve, by=cast.deputy, seen=seen)
        )
        one_won(meet(partial(one.approve, by=cast.office, seen=seen), second))
        assert acts_of(edition, "approve") + acts_of(edition, "send_back") == 1
        assert edition.reviews.exclude(decision="pending").count() == 1
        decided = edition.reviews.get()
        assert (decided.decision == "approved") == (
            Edition.objects.get(pk=edition.pk).state == State.APPROVED
        )


@pytest.mark.prove
def test_two_holders_decide_once_five_hundred_times(cast, stage, meet, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROUNDS", 500)
    test_two_holders_of_one_office_decide_once(cast, stage, meet)


def test_two_clicks_on_publish_publish_once(cast, stage, meet):
    for _turn in range(max(ROUNDS // 4, 3)):
        edition = stage.approved(entry=cast.short_entry)
        one, other = shown(edition)
        one_won(meet(partial(one.publish, by=cast.office), partial(other.publish, by=cast.deputy)))
        assert acts_of(edition, "publish") == 1
        assert Release.objects.filter(edition=edition).count() == 1


def test_of_two_editors_the_second_is_told(cast, stage, meet):
    for _turn in range(max(ROUNDS // 4, 3)):
        edition = stage.draft()
        one, other = shown(edition)
        one_won(
            meet(
                partial(one.edit, by=cast.editor, version=0, title="甲"),
                partial(other.edit, by=cast.editor_same, version=0, summary="乙"),
            )
        )
        stored = Edition.objects.get(pk=edition.pk)
        assert (stored.title == "甲") != (stored.summary == "乙")
        assert stored.version == 1


def test_a_double_submission_lays_the_steps_out_once(cast, stage, meet):
    for _turn in range(max(ROUNDS // 4, 3)):
        edition = stage.draft()
        one, other = shown(edition)
        one_won(
            meet(partial(one.submit, by=cast.editor), partial(other.submit, by=cast.editor_same))
        )
        assert edition.reviews.count() == 3


def test_a_recall_and_an_approval_do_not_both_happen(cast, stage, meet):
    for _turn in range(max(ROUNDS // 4, 3)):
        edition = stage.in_review(entry=cast.short_entry)
        seen = edition.content_digest()
        one, other = shown(edition)
        one_won(
            meet(
                partial(one.recall, by=cast.editor),
                partial(other.approve, by=cast.office, seen=seen),
            )
        )


def test_eight_publications_at_once_take_eight_numbers_in_a_row(cast, stage, meet):
    editions = [stage.approved(entry=cast.short_entry) for _ in range(8)]
    outcomes = meet(*(partial(each.publish, by=cast.office) for each in editions))
    assert outcomes == [None] * 8
    numbers = Disclosure.objects.order_by("serial").values_list("serial", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert Release.objects.count() == 8


def test_acts_in_two_schools_do_not_wait_for_each_other_forever(cast, stage, meet):
    first = [stage.draft() for _ in range(4)]
    second = [stage.draft(department=cast.department2, by=cast.editor2) for _ in range(2)]
    outcomes = meet(
        *(partial(each.submit, by=cast.editor) for each in first),
        *(partial(each.discard, by=cast.editor2) for each in second),
    )
    assert outcomes == [None] * 6


def test_an_office_first_needed_by_several_at_once_is_founded_once(cast, meet):
    found = meet(*[partial(Authority.objects.at, cast.school, "party")] * 4)
    assert len({authority.pk for authority in found}) == 1
    assert Authority.objects.filter(school=cast.school, office="party").count() == 1
