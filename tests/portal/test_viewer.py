from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Affiliation, User
from portal.organisation.viewer import PUBLIC, Viewer


def test_nobody_signed_in_is_the_public():
    assert Viewer.of(AnonymousUser()) is PUBLIC
    assert (PUBLIC.is_public, PUBLIC.inner_schools(), PUBLIC.groups) == (
        True,
        frozenset(),
        frozenset(),
    )


def test_affiliations_open_their_own_audience_only(cast):
    school = frozenset([cast.school.pk])
    assert Viewer.of(cast.teacher).schools == {"staff": school}
    assert Viewer.of(cast.parent).schools == {"parents": school}
    assert Viewer.of(cast.member).schools == {"party": school}
    assert Viewer.of(cast.parent).inner_schools() == school


def test_an_office_reads_all_audiences_of_its_school_and_an_editor_the_staffs(cast):
    school = frozenset([cast.school.pk])
    everything = dict.fromkeys(Affiliation.Kind.values, school)
    for user in (cast.office, cast.principal, cast.supervisor):
        assert Viewer.of(user).schools == everything
    assert Viewer.of(cast.editor).schools == {"staff": school}


def test_the_bureaus_office_reads_the_boards_beneath_it(cast):
    beneath = {cast.bureau_school.pk, cast.school.pk, cast.school2.pk}
    assert Viewer.of(cast.bureau).inner_schools() == beneath


def test_the_system_administrator_reads_no_inner_board(cast):
    viewer = Viewer.of(cast.sysadmin)
    assert (viewer.schools, viewer.groups, viewer.is_public) == ({}, frozenset(), False)


def test_groups_are_those_of_the_offices_held(cast):
    assert Viewer.of(cast.editor).groups == {cast.editor.groups.get().pk}


def test_an_affiliation_counts_on_its_days_only(cast):
    affiliation = Affiliation.objects.get(user=cast.parent)
    affiliation.end(by=cast.office, on=today() + timedelta(days=2))
    assert Viewer.of(cast.parent).schools == {"parents": frozenset([cast.school.pk])}
    with as_of(now() + timedelta(days=2)):
        assert Viewer.of(cast.parent).schools == {}


@pytest.mark.parametrize(("name", "count"), [("bureau", 4), ("office", 3), ("parent", 2)])
def test_asking_takes_four_queries_for_the_reader_of_most(
    name, count, cast, django_assert_num_queries
):
    user = User.objects.get(pk=getattr(cast, name).pk)
    with django_assert_num_queries(count):
        Viewer.of(user)
