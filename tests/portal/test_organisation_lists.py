import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.organisation.models import (
    Affiliation,
    Department,
    Office,
    Post,
    SchoolClass,
    Term,
    User,
)

LISTS = ("department", "schoolclass", "term", "user", "post", "affiliation")


def furnish(cast, start, end):
    """One more row of every kind for each number."""
    for n in range(start, end):
        Department(school=cast.school, name=f"部门{n}", slug=f"room{n}").save()
        SchoolClass(school=cast.school, name=f"{n}班", entry_year=2020).save()
        Term(
            school=cast.school,
            school_year=2030 + n,
            season="autumn",
            starts_on=f"{2030 + n}-09-01",
            ends_on=f"{2031 + n}-01-20",
        ).save()
        user = User(username=f"person{n}", name=f"人员{n}", home=cast.school)
        user.save()
        Affiliation(user=user, school=cast.school, kind="staff").register(by=cast.office)
        Post(user=user, school=cast.school, office=Office.PARTY).appoint(by=cast.office)


def queries_of(client, name):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(reverse(f"admin:organisation_{name}_changelist"))
    return len(asked), len(response.context["cl"].result_list)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_thirty_rows_more(cast, client, name):
    client.force_login(cast.office)
    furnish(cast, 0, 1)
    queries_of(client, name)
    few, shown = queries_of(client, name)
    furnish(cast, 1, 30)
    many, shown_then = queries_of(client, name)
    assert shown_then == shown + 29
    assert few == many <= 15


@pytest.mark.parametrize("name", ["office", "editor", "bureau", "sysadmin", "supervisor"])
def test_a_list_of_schools_costs_no_more_for_anybody(cast, client, name):
    client.force_login(getattr(cast, name))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("admin:organisation_school_changelist"))
    assert len(asked) <= 15


def test_each_kind_of_person_finds_what_is_theirs_to_keep(cast, client):
    def rooms(user):
        client.force_login(user)
        listed = client.get(reverse("admin:app_list", args=["organisation"]))
        if listed.status_code != 200:
            return set()
        (app,) = listed.context["app_list"]
        return {model["object_name"] for model in app["models"]}

    kept = {"School", "Department", "SchoolClass", "Term", "Post", "StandIn"}
    assert rooms(cast.office) == kept | {"User", "Affiliation", "ClassCode"}
    assert rooms(cast.principal) == rooms(cast.supervisor) == kept
    assert rooms(cast.editor) == set()
    assert rooms(cast.sysadmin) == {"School", "User", "Post", "Job", "SweepPass", "Message"}
