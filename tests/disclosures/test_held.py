"""What a reader still holds is answered 304, without rendering, until anything on it changes."""

from datetime import timedelta

import pytest

from portal.ledger.acts import perform
from portal.ledger.moments import as_of, now, today
from tests.disclosures.feeds import FEEDS
from tests.disclosures.test_front_held import FRONT

ASKED_AGAIN = (
    *(f"{address}.{suffix}" for address in FEEDS for suffix in ("atom", "json")),
    "/open/notices.json",
    "/schools/first/embed/",
)


@pytest.mark.parametrize("address", ASKED_AGAIN)
def test_what_has_not_changed_is_answered_304_without_rendering(
    client, stage, address, monkeypatch, django_assert_max_num_queries
):
    edition = stage.published()
    with as_of(now() + timedelta(seconds=11)):
        page = client.get(address)
        assert page["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in page
        assert not page.cookies
        for header, value in (
            ("If-None-Match", page["ETag"]),
            ("If-Modified-Since", page["Last-Modified"]),
        ):
            with monkeypatch.context() as patch, django_assert_max_num_queries(8):
                patch.setattr("disclosures.views.open_data.render", None)
                patch.setattr("disclosures.feeds.entries_of", None)
                patch.setattr("disclosures.views.open_data.listed", None)
                again = client.get(address, headers={header: value})
            assert (again.status_code, again.content) == (304, b""), header
            assert again["ETag"] == page["ETag"]
        edition.propose_withdrawal(by=stage.cast.editor, ground="error", reason="有误")
        edition.withdraw(by=stage.cast.office)
    with as_of(now() + timedelta(seconds=30)):
        for header, value in (
            ("If-None-Match", page["ETag"]),
            ("If-Modified-Since", page["Last-Modified"]),
        ):
            again = client.get(address, headers={header: value})
            assert again.status_code == 200, header


def test_a_draft_changes_no_feed(client, stage):
    stage.published()
    held = client.get("/feed.atom")["ETag"]
    stage.in_review(title="草稿")
    assert client.get("/feed.atom", headers={"If-None-Match": held}).status_code == 304
    stage.published(title="新的")
    assert client.get("/feed.atom", headers={"If-None-Match": held}).status_code == 200


PAGES = (
    *FRONT,
    "/schools/first/",
    "/notices/",
    "/schools/first/notices/",
    "/schools/first/categories/K12-E/",
    "/schools/first/departments/general/",
    "/en/schools/first/2026-00001/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_has_not_changed_is_answered_304_without_rendering(
    client, stage, address, monkeypatch
):
    edition = stage.published()
    address = address.replace("2026-", f"{edition.disclosure.year}-")
    page = client.get(address)
    assert page["Cache-Control"] == "public, max-age=60"
    with monkeypatch.context() as patch:
        for view in ("board", "lists", "notice", "catalogue"):
            patch.setattr(f"disclosures.views.{view}.render", None)
        patch.setattr("disclosures.views.catalogue.sections_of", None)
        patch.setattr("portal.views.home_page", None)
        again = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in again
    assert not again.cookies
    stage.cast.school.phone = "0599-1"
    with perform("change", stage.cast.school, by=stage.cast.office):
        stage.cast.school.save()
    assert client.get(address, headers={"If-None-Match": page["ETag"]}).status_code == 200


def test_a_page_changes_when_a_notice_opens_or_closes_by_the_clock(client, stage):
    with as_of(now() + timedelta(seconds=1)):
        stage.published(title="以后的", opens_at=now() + timedelta(minutes=5))
        stage.published(title="到今天", closes_on=today())
        held = client.get("/schools/first/")["ETag"]
    for later in (timedelta(minutes=6), timedelta(days=2)):
        with as_of(now() + later):
            page = client.get("/schools/first/", headers={"If-None-Match": held})
            assert page.status_code == 200
            held = page["ETag"]


def test_a_page_for_one_reader_has_no_name_to_be_held_by(client, stage):
    edition = stage.published(audiences=["staff"], inner_reason="只涉及教职工")
    client.force_login(stage.cast.teacher)
    page = client.get(edition.disclosure.get_absolute_url())
    assert page.status_code == 200
    assert "ETag" not in page
    assert page["Cache-Control"] == "private, no-store"
