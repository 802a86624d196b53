"""A person leaves a group, and the office goes with the seat."""

import pytest

from committees.models import Membership
from disclosures.models import Edition
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import today
from portal.organisation.models import Authority
from tests.cast import entry_of


@pytest.fixture
def seat(cast, leading):
    return leading.take_in(cast.teacher, role="member", represents="教师代表", by=cast.office)


def leaving(seat):
    return f"/admin/committees/committee/{seat.committee_id}/members/{seat.pk}/leaving/"


def test_what_waited_for_the_member_waits_no_longer(cast, stage, seat):
    entry = entry_of(cast.bureau_school, "K12-A09", offices="leading_group", title="学校发展规划")
    edition = stage.in_review(entry=entry)
    assert list(Edition.objects.awaiting_review_by(cast.teacher)) == [edition]
    seat.end(by=cast.office, reason="工作调动")
    assert list(Edition.objects.awaiting_review_by(cast.teacher)) == []
    assert list(Edition.objects.awaiting_review_by(cast.leader)) == [edition]
    with pytest.raises(Refused):
        edition.approve(by=cast.teacher, seen=edition.content_digest())
    cast.teacher.refresh_from_db()
    assert not cast.teacher.is_staff


def test_a_past_supervisor_reads_the_history_no_longer(cast, stage, watching):
    draft = stage.draft()
    seat = watching.take_in(cast.parent, role="member", by=cast.office)
    assert list(Edition.objects.readable_by(cast.parent)) == [draft]
    seat.end(by=cast.office, reason="孩子毕业")
    assert list(Edition.objects.readable_by(cast.parent)) == []


def test_the_record_keeps_reason_and_day(cast, leading, seat):
    seat.end(by=cast.office, reason="工作调动")
    act = Act.objects.get(name="leave")
    assert (act.actor_name, act.reason, act.school) == ("公开办主任", "工作调动", "first")
    assert seat.history.first().act_id == act.uuid
    assert list(leading.roster()) == []
    assert [(s.user, s.left_on) for s in leading.past_members()] == [(cast.teacher, today())]
    assert Act.objects.filter(name="end_post", reason="工作调动").count() == 1


def test_who_left_may_come_back(cast, leading, seat):
    seat.end(by=cast.office, reason="工作调动")
    again = leading.take_in(cast.teacher, role="deputy", by=cast.office)
    assert [s.pk for s in leading.roster()] == [again.pk]
    assert [s.pk for s in leading.past_members()] == [seat.pk]


def test_a_post_ended_elsewhere_ends_the_seat(cast, leading, seat):
    seat.post.end(by=cast.office)
    assert list(leading.roster()) == []
    assert [s.user for s in leading.past_members()] == [cast.teacher]
    again = leading.take_in(cast.teacher, role="member", by=cast.office)
    seat.refresh_from_db()
    assert seat.ends_on == today()
    assert [s.pk for s in leading.roster()] == [again.pk]


def test_another_post_in_the_same_office_stays(cast, leading):
    seat = leading.take_in(cast.leader, role="member", by=cast.office)
    seat.end(by=cast.office, reason="换届")
    assert Authority.objects.held_by(cast.leader).filter(office="leading_group").exists()


@pytest.mark.parametrize("who", ["principal", "supervisor", "office2", "sysadmin", "bureau"])
def test_only_the_office_of_the_school_ends_a_seat(cast, seat, who):
    with pytest.raises(Refused, match="由本校校务公开办公室办理"):
        seat.end(by=getattr(cast, who), reason="工作调动")
    seat.refresh_from_db()
    assert seat.ends_on is None
    assert Authority.objects.held_by(cast.teacher).exists()


def test_nobody_ends_their_own_seat(cast, seat):
    with pytest.raises(Refused, match="不能办理自己进出小组"):
        seat.end(by=cast.teacher)
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_a_seat_ends_once(cast, seat):
    seat.end(by=cast.office, reason="工作调动")
    with pytest.raises(Refused, match="这位成员已经退出。"):
        seat.end(by=cast.office, reason="再来一次")
    assert Act.objects.filter(name="leave").count() == 1


def test_the_page_names_the_effect_asks_why_and_ends_the_seat(client, cast, seat):
    client.force_login(cast.office)
    page = client.get(leaving(seat)).content.decode()
    assert "教师将从今天起退出小组，随小组职务取得的权限同时收回。" in page
    assert "请写明退出的理由。" in client.post(leaving(seat), {"reason": " "}).content.decode()
    assert Membership.objects.filter(ends_on=None).count() == 1
    response = client.post(leaving(seat), {"reason": "工作调动"}, follow=True)
    assert "教师已退出小组。" in response.content.decode()
    assert not Membership.objects.filter(ends_on=None).exists()
    page = client.post(leaving(seat), {"reason": "工作调动"}).content.decode()
    assert "这位成员已经退出。" in page


@pytest.mark.parametrize(
    ("who", "status"), [("principal", 403), ("supervisor", 403), ("office2", 404), ("bureau", 404)]
)
def test_for_others_the_page_does_not_open(client, cast, seat, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(leaving(seat), {"reason": "工作调动"}).status_code == status
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_a_seat_of_another_group_is_not_found(client, cast, seat, watching):
    client.force_login(cast.office)
    path = f"/admin/committees/committee/{watching.pk}/members/{seat.pk}/leaving/"
    assert client.post(path, {"reason": "工作调动"}).status_code == 404
