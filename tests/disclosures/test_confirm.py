import pytest

from disclosures.models import Edition, State
from tests.disclosures.conftest import SECOND_PERSON, concerns, not_yours, told, wrong_state


def confirm(edition, by):
    edition.confirm(by=by, reason="情况属实")


@pytest.fixture
def urgent(cast, stage):
    edition = stage.draft()
    edition.emergency_publish(by=cast.principal, reason="停水")
    return edition


@pytest.fixture
def taken_down(cast, stage):
    edition = stage.published()
    edition.take_down(by=cast.head, ground="personal", reason="含手机号")
    return edition


def test_a_second_person_confirms_what_was_done_in_haste(cast, urgent, taken_down):
    for edition, state in ((urgent, State.PUBLISHED), (taken_down, State.WITHDRAWN)):
        confirm(edition, cast.office)
        stored = Edition.objects.get(pk=edition.pk)
        assert (stored.state, stored.unconfirmed, stored.unconfirmed_by) == (state, "", None)


def test_it_records_one_act(cast, urgent, recording):
    with recording() as record:
        confirm(urgent, cast.office)
    assert told(record.act) == ("confirm", "公开办主任", "first", "K12-E", "K12-E01", "情况属实")
    assert concerns(record.act, urgent)
    assert record.history == {"Edition": 1}
    assert record.messages == set()


def test_of_an_emergency_publication_the_office_may_and_nobody_else(urgent, only):
    only(
        urgent,
        confirm,
        may={"office"},
        sentence=not_yours("确认"),
        told={"principal": SECOND_PERSON},
    )


def test_of_a_removal_office_principal_and_reviewers_may_but_not_who_did_it(taken_down, only):
    only(
        taken_down,
        confirm,
        may={"office", "principal", "auditor"},
        sentence=not_yours("确认"),
        told={"head": SECOND_PERSON},
    )


def test_a_draft_has_nothing_to_confirm(cast, stage, refused):
    edition = stage.draft()
    with refused(wrong_state("草稿", "确认")):
        confirm(edition, cast.office)


def test_what_is_confirmed_is_not_confirmed_again(cast, urgent, refused):
    confirm(urgent, cast.office)
    with refused(not_yours("确认")):
        confirm(urgent, cast.office)
