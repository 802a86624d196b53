from datetime import UTC, datetime, timedelta

from disclosures.models import Edition, Release, State
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import School
from portal.organisation.viewer import PUBLIC
from tests.disclosures.conftest import FOUR_EYES, concerns, not_yours, told, wrong_state


def publish(edition, by):
    edition.publish(by=by)


def open_to_everybody():
    return list(Release.objects.visible_to(PUBLIC).values_list("edition", flat=True))


def test_it_seals_the_text_and_opens_it_at_once(cast, stage):
    edition = stage.approved()
    publish(edition, cast.office)
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.state, stored.sealed_by) == (State.PUBLISHED, cast.office)
    assert (stored.issuer, stored.department_title, stored.category_title, stored.entry_title) == (
        "示范区第一小学",
        "总务处",
        "收费",
        "收费项目、标准、依据",
    )
    assert stored.digest == stored.content_digest() != ""
    assert open_to_everybody() == [edition.pk]
    assert School.objects.get(pk=cast.school.pk).slug_fixed


def test_for_a_later_moment_it_opens_by_itself(cast, stage):
    edition = stage.approved()
    opens_at = now() + timedelta(days=3)
    edition.publish(by=cast.office, opens_at=opens_at)
    assert open_to_everybody() == []
    with as_of(opens_at):
        assert open_to_everybody() == [edition.pk]


def test_it_records_one_act_the_number_the_release_and_a_message(cast, stage, recording):
    edition = stage.approved()
    with recording() as record:
        publish(edition, cast.office)
    assert told(record.act) == ("publish", "公开办主任", "first", "K12-E", "K12-E01", "")
    assert concerns(record.act, edition)
    assert record.act.digest_after == edition.digest
    assert record.history == {"Edition": 1, "Disclosure": 1, "Release": 1, "School": 1}
    assert record.messages == {("editor", "已公开：2026年秋季学期收费公示")}


def test_the_office_and_the_last_step_may_and_nobody_else(stage, only):
    only(
        stage.approved(),
        publish,
        may={"office", "principal"},
        sentence=not_yours("公开"),
        told={"editor": FOUR_EYES},
    )


def test_the_office_does_not_publish_its_own_draft(cast, stage, only):
    edition = stage.draft(by=cast.office)
    edition.submit(by=cast.office)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        edition.approve(by=reviewer, seen=edition.content_digest())
    only(
        edition,
        publish,
        may={"principal"},
        sentence=not_yours("公开"),
        told={"office": FOUR_EYES},
    )


def test_what_is_in_review_is_not_published(cast, stage, refused):
    edition = stage.in_review()
    with refused(wrong_state("审核中", "公开")):
        publish(edition, cast.office)


def test_a_moment_that_has_passed_is_refused(cast, stage, refused):
    edition = stage.approved()
    with refused("公开时间不能早于现在。"):
        edition.publish(by=cast.office, opens_at=now() - timedelta(seconds=1))


def test_a_moment_without_its_time_zone_is_refused(cast, stage, refused):
    edition = stage.approved()
    with refused("公开时间缺少时区，请重新选择公开时间。"):
        edition.publish(by=cast.office, opens_at=datetime(2100, 1, 1, 8, 0))


def test_a_moment_after_the_last_day_is_refused(cast, stage, refused):
    edition = stage.approved(closes_on=today())
    with refused("“公开至”的日期早于公开时间，请先收回，改好日期再送审。"):
        edition.publish(by=cast.office, opens_at=now() + timedelta(days=1))


def test_a_moment_years_ahead_is_accepted(cast, stage):
    edition = stage.published(opens_at=datetime(2099, 5, 4, 0, 0, tzinfo=UTC))
    assert edition.disclosure.index_number == f"{cast.school.org_code}/2099-00001"


def test_a_refused_publication_takes_no_number_and_can_be_repeated(cast, stage):
    edition = stage.approved(closes_on=today())
    try:
        edition.publish(by=cast.office, opens_at=now() + timedelta(days=1))
    except Exception:
        publish(edition, cast.office)
    assert Edition.objects.get(pk=edition.pk).disclosure.index_number.endswith("-00001")
