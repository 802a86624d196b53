import pytest

from portal.organisation.models import Affiliation, SchoolClass, Term
from tests.tenancy import check_tenancy, shown_rows


@pytest.fixture
def furnished(cast, stage):
    """Rows of every kind in the first school."""
    stage.published()
    stage.draft()
    for school in (cast.school, cast.school2):
        SchoolClass(school=school, name="一班", entry_year=2026).save()
        Term(
            school=school,
            school_year=2026,
            season="autumn",
            starts_on="2026-09-01",
            ends_on="2027-01-20",
        ).save()
    return cast


def test_the_walk_finds_a_schools_rows_for_its_own_office(furnished):
    shown = {key for _url, key in shown_rows(user=furnished.office, school=furnished.school)}
    assert {
        str(furnished.editor.pk),
        str(furnished.department.pk),
        str(furnished.school.pk),
        str(furnished.editor.posts.get().pk),
        str(Affiliation.objects.get(user=furnished.parent).pk),
        str(SchoolClass.objects.get(school=furnished.school).pk),
        str(Term.objects.get(school=furnished.school).pk),
    } <= shown


@pytest.mark.parametrize("name", ["office2", "editor2", "principal2", "supervisor2", "head2"])
def test_no_page_of_the_workplace_shows_another_schools_rows(furnished, name):
    user = getattr(furnished, name)
    assert check_tenancy(user=user, school=furnished.school) == []


@pytest.mark.parametrize("name", ["teacher", "parent"])
def test_whoever_holds_no_office_sees_no_page_of_the_workplace(furnished, name):
    user = getattr(furnished, name)
    assert check_tenancy(user=user, school=furnished.school) == []
