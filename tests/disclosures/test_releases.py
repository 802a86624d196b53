"""The one rule of visibility: who reads which edition, from when to when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from disclosures.models import Release
from portal.ledger.moments import as_of, local_day, now, start_of, today
from portal.organisation.models import Affiliation, Authority, Office
from portal.organisation.viewer import PUBLIC, Viewer
from tests.cast import appoint, person

INNER = {"inner_reason": "校内事项"}
EVERYBODY = {
    "public",
    "teacher",
    "parent",
    "pupil",
    "member",
    "teacher2",
    "office2",
    "supervisor",
    "principal",
    "office",
    "bureau",
    "sysadmin",
}
READ_ALL = {"supervisor", "principal", "office", "bureau"}
READERS = {
    "public": EVERYBODY,
    "staff": {"teacher", *READ_ALL},
    "parents": {"parent", *READ_ALL},
    "pupils": {"pupil", *READ_ALL},
    "party": {"member", *READ_ALL},
    "named": {"principal"},
}


@pytest.fixture
def readers(cast):
    """`readers()`: the names of everybody to whom something is open."""
    cast.pupil = person("pupil", "学生", home=cast.school)
    Affiliation(user=cast.pupil, school=cast.school, kind="pupils").register(by=cast.office)

    def reading(at=None, query="visible_to"):
        viewers = {name: Viewer.of(getattr(cast, name)) for name in EVERYBODY - {"public"}}
        viewers["public"] = PUBLIC
        rows = getattr(Release.objects, query)
        return {name for name, viewer in viewers.items() if rows(viewer, at=at).exists()}

    return reading


def for_audience(cast, audience):
    values = {"audiences": [audience], "entry": cast.short_entry, **INNER}
    if audience == "named":
        values["named_authority"] = Authority.objects.at(cast.school, Office.PRINCIPAL)
    return values


@pytest.mark.parametrize("audience", READERS)
def test_each_audience_reads_while_it_is_open_and_nobody_before_or_after(
    cast, stage, readers, audience
):
    opens, last = now() + timedelta(days=1), today() + timedelta(days=3)
    stage.published(opens_at=opens, closes_on=last, **for_audience(cast, audience))
    closes = start_of(last + timedelta(days=1))
    instant = timedelta(microseconds=1)
    assert readers(opens - instant) == set()
    assert readers(opens) == READERS[audience]
    assert readers(closes - instant) == READERS[audience]
    assert readers(closes) == set()
    assert readers(closes, "was_open_to") == READERS[audience]
    assert readers(opens - instant, "was_open_to") == set()


def test_audiences_are_a_set_and_each_opens_its_own_door(cast, stage, readers):
    stage.published(audiences=["parents", "party"], entry=cast.short_entry, **INNER)
    assert readers() == READERS["parents"] | READERS["party"]


def test_the_public_query_is_what_the_viewer_without_a_name_sees(cast, stage):
    stage.published(entry=cast.short_entry)
    stage.published(audiences=["staff"], entry=cast.short_entry, **INNER)
    assert list(Release.objects.public()) == list(Release.objects.visible_to(PUBLIC)) != []


def test_a_named_audience_is_the_office_not_the_people_of_the_day(cast, stage):
    stage.published(**for_audience(cast, "named"))
    assert Release.objects.visible_to(Viewer.of(cast.principal)).exists()
    appoint(cast.teacher, cast.school, Office.PRINCIPAL, by=cast.office)
    cast.principal.posts.get().end(by=cast.office)
    assert Release.objects.visible_to(Viewer.of(cast.teacher)).exists()
    assert not Release.objects.visible_to(Viewer.of(cast.principal)).exists()


def test_reading_ends_with_the_affiliation_and_the_account(cast, stage):
    stage.published(audiences=["staff", "parents"], entry=cast.short_entry, **INNER)
    for reader in (cast.teacher, cast.parent):
        assert Release.objects.visible_to(Viewer.of(reader)).exists()
    cast.teacher.affiliations.get().end(by=cast.office)
    assert not Release.objects.visible_to(Viewer.of(cast.teacher)).exists()
    assert Release.objects.visible_to(Viewer.of(cast.supervisor)).exists()
    cast.supervisor.deactivate(by=cast.office, reason="离职")
    assert not Release.objects.visible_to(Viewer.of(cast.supervisor)).exists()


def test_the_inner_board_shows_each_edition_once_and_nothing_public(cast, stage):
    inner = stage.published(
        audiences=["staff", "parents", "party"], entry=cast.short_entry, **INNER
    )
    stage.published(audiences=["public", "staff"], entry=cast.short_entry)
    for reader in (cast.office, cast.teacher):
        assert list(
            Release.objects.inner_to(Viewer.of(reader)).values_list("edition", "audience")
        ) == [(inner.pk, "staff")]
    assert list(
        Release.objects.inner_to(Viewer.of(cast.parent)).values_list("edition", "audience")
    ) == [(inner.pk, "parents")]
    assert not Release.objects.inner_to(PUBLIC).exists()


@pytest.fixture
def corrected(cast, stage):
    """`corrected(first, opens_at)`: the published correction of an edition of the short entry."""

    def correct(first, opens_at=None, **content):
        second = first.correct(by=cast.editor)
        second.edit(by=cast.editor, version=second.version, change_note="改金额", **content)
        second.submit(by=cast.editor)
        second.approve(by=cast.office, seen=second.content_digest())
        second.publish(by=cast.office, opens_at=opens_at)
        return second

    return correct


def open_at(moment=None):
    return list(Release.objects.visible_to(PUBLIC, at=moment).values_list("edition", flat=True))


def test_a_correction_follows_its_predecessor_without_gap_or_overlap(cast, stage, corrected):
    first = stage.published(entry=cast.short_entry)
    opens = now() + timedelta(days=2)
    second = corrected(first, opens)
    assert open_at() == [first.pk]
    assert open_at(opens - timedelta(microseconds=1)) == [first.pk]
    assert open_at(opens) == [second.pk]


def test_cancelling_a_correction_gives_the_predecessor_its_plan_back(cast, stage, corrected):
    last = today() + timedelta(days=9)
    first = stage.published(entry=cast.short_entry, closes_on=last)
    planned = first.releases.get().closes_at
    second = corrected(first, now() + timedelta(days=2))
    assert first.releases.get().closes_at == second.releases.get().opens_at
    second.cancel(by=cast.office, reason="改期")
    release = first.releases.get()
    assert (release.closes_at, release.succeeded_by) == (planned, None)
    assert open_at(now() + timedelta(days=3)) == [first.pk]
    assert open_at(planned) == []


def test_a_correction_for_fewer_readers_closes_the_wider_release(cast, stage, corrected):
    first = stage.published(entry=cast.short_entry, audiences=["public", "staff"])
    second = corrected(first, audiences=["staff"], **INNER)
    assert open_at() == []
    visible = Release.objects.visible_to(Viewer.of(cast.teacher))
    assert list(visible.values_list("edition", "audience")) == [(second.pk, "staff")]


def test_withdrawing_closes_every_audience_and_restoring_opens_them_again(cast, stage):
    edition = stage.published(
        entry=cast.short_entry, audiences=["public", "staff"], closes_on=today()
    )
    plan = edition.releases.first().closes_at
    edition.take_down(by=cast.office, ground="error", reason="有误")
    assert not Release.objects.visible_to(Viewer.of(cast.teacher)).exists()
    edition.restore(by=cast.principal)
    visible = Release.objects.visible_to(Viewer.of(cast.teacher))
    assert list(visible.order_by("rank").values_list("audience", "closes_at")) == [
        ("public", plan),
        ("staff", plan),
    ]


def test_what_never_opened_leaves_no_tombstone(cast, stage):
    edition = stage.published(entry=cast.short_entry, opens_at=now() + timedelta(days=2))
    edition.take_down(by=cast.office, ground="error", reason="有误")
    later = now() + timedelta(days=3)
    assert open_at(later) == []
    assert not Release.objects.was_open_to(PUBLIC, at=later).exists()


def test_the_last_day_is_whole_in_shanghai(cast, stage):
    with as_of(datetime(2026, 3, 1, 1, 0, tzinfo=UTC)):
        edition = stage.published(
            entry=cast.short_entry, closes_on=local_day(datetime(2026, 3, 5, tzinfo=UTC))
        )
    assert edition.releases.get().closes_at == datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    assert open_at(datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC)) == [edition.pk]
    assert open_at(datetime(2026, 3, 5, 16, 0, tzinfo=UTC)) == []


def test_no_row_can_be_written_that_opens_before_it_was_sealed(cast, stage):
    release = stage.published(entry=cast.short_entry).releases.get()
    hour = timedelta(hours=1)
    named = {"audience": "named", "group": None}
    for broken in (
        {"opens_at": release.sealed_at - timedelta(microseconds=1)},
        {"sealed_at": release.opens_at + hour},
        {"closes_at": release.opens_at - hour},
        named,
    ):
        row = Release.objects.get(pk=release.pk)
        for name, value in broken.items():
            setattr(row, name, value)
        for adding in (False, True):
            row.pk, row._state.adding = (None, True) if adding else (release.pk, False)
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()
    assert Release.objects.get().opens_at == release.opens_at


def test_releases_are_written_one_by_one_and_kept(cast, stage):
    release = stage.published(entry=cast.short_entry).releases.get()
    for forbidden in (
        lambda: Release.objects.update(closes_at=None),
        lambda: Release.objects.bulk_update([release], ["opens_at"]),
        lambda: Release.objects.bulk_create([release]),
        lambda: Release.objects.all().delete(),
        release.delete,
    ):
        with pytest.raises(TypeError):
            forbidden()
    assert list(release.history.values_list("history_type", flat=True)) == ["+"]
