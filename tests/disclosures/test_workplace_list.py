"""The list of editions: who finds what, filters, and its price in queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosures.models import Edition
from tests.disclosures.workplace import address, said


def listed(client, **terms):
    return list(client.get(address("changelist"), terms).context["cl"].result_list)


def test_each_finds_what_their_offices_let_them_read(cast, stage, client):
    draft, review, published = stage.draft(), stage.in_review(), stage.published()
    other = stage.draft(department=cast.department2, by=cast.editor2, title="二小的草稿")
    everything = {draft, review, published}
    for user, rows in (
        (cast.editor, everything),
        (cast.head, {review, published}),
        (cast.principal, everything),
        (cast.supervisor, everything),
        (cast.bureau, {published}),
        (cast.editor2, {other}),
        (cast.office2, {other}),
    ):
        client.force_login(user)
        assert set(listed(client)) == rows, user.username


def test_the_system_administrator_finds_nothing(cast, stage, client):
    stage.published()
    client.force_login(cast.sysadmin)
    assert client.get(address("changelist")).status_code == 403
    rooms = client.get("/admin/").context["rooms"]
    names = {model["object_name"] for room in rooms for model in room["models"]}
    assert "Edition" not in names


def test_filters_and_search(cast, stage, client):
    draft = stage.draft(title="校历安排", entry=cast.short_entry)
    review = stage.in_review(document_number="示一小〔2026〕12号")
    client.force_login(cast.office)
    assert listed(client, state="draft") == [draft]
    assert listed(client, category="K12-E") == [review]
    assert listed(client, department=str(cast.department.pk), state="in_review") == [review]
    assert listed(client, q="校历") == [draft]
    assert listed(client, q="〔2026〕12号") == [review]
    client.force_login(cast.editor)
    assert listed(client, desk="drafts") == [draft]


@pytest.mark.parametrize("name", ["state", "department", "category", "desk"])
def test_an_unknown_filter_value_finds_nothing_and_says_so(name, cast, stage, client):
    stage.draft(), stage.in_review(entry=cast.short_entry)
    client.force_login(cast.office)
    for value in ("nonsense", "\x00"):
        page = client.get(address("changelist"), {name: value})
        assert list(page.context["cl"].result_list) == []
        assert "不认识的值" in said(page)


def test_the_school_filter_offers_only_schools_in_reach(cast, stage, client):
    stage.published()
    client.force_login(cast.bureau)
    page = client.get(address("changelist"))
    [filtered] = [s for s in page.context["cl"].filter_specs if s.parameter_name == "school"]
    assert {slug for slug, _name in filtered.lookup_choices} == {"bureau", "first", "second"}
    client.force_login(cast.office)
    page = client.get(address("changelist"), {"school": "second"})
    assert list(page.context["cl"].result_list) == []


@pytest.mark.parametrize("who", ["editor", "office", "bureau", "head"])
def test_the_list_costs_the_same_with_1_and_30_rows(who, cast, stage, client):
    client.force_login(getattr(cast, who))

    def price():
        client.get(address("changelist"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address("changelist")).status_code == 200
        return len(queries)

    stage.published()
    one = price()
    for number in range(29):
        stage.in_review(title=f"收费公示{number}")
    assert Edition.objects.count() == 30
    assert price() == one
    assert one <= 15


def test_nothing_is_deleted_and_there_is_no_other_history(cast, stage, client):
    edition = stage.draft()
    client.force_login(cast.editor)
    for page in ("delete", "history"):
        assert client.get(f"{address('changelist')}{edition.pk}/{page}/").status_code == 404
