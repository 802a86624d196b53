"""Changes, looks and questions of one school are not met in another."""

import pytest

from committees.models import Look, Question
from tests.tenancy import check_tenancy, shown_rows


@pytest.fixture
def watched(cast, withdrawal, question):
    """A look and two questions of the first school, one of them the bureau's."""
    Look.objects.look_at(withdrawal, by=cast.supervisor)
    return question, Question.objects.ask(withdrawal, "依据是什么？", by=cast.bureau)


def test_the_walk_finds_the_questions_for_their_own_school(cast, watched):
    for user in (cast.office, cast.supervisor):
        shown = {key for _url, key in shown_rows(user=user, school=cast.school)}
        assert {str(question.pk) for question in watched} <= shown


@pytest.mark.parametrize("who", ["office2", "supervisor2", "principal2", "editor2"])
def test_no_page_shows_them_to_another_school(cast, watched, who):
    assert check_tenancy(user=getattr(cast, who), school=cast.school) == []


def test_the_bureau_meets_its_own_question_and_not_the_schools(cast, watched):
    assert list(Question.objects.readable_by(cast.bureau)) == [watched[1]]
    assert not Look.objects.through(cast.bureau).exists()
