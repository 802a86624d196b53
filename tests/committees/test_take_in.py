"""A person joins a group, and the group's office comes with the seat."""

from datetime import timedelta

import pytest

from committees.models import Membership
from disclosures.models import Edition, State
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import today
from portal.organisation.models import Authority, Post
from portal.organisation.viewer import Viewer
from tests.cast import entry_of


def nothing_changed(user):
    return not Membership.objects.exists() and not Post.objects.filter(user=user).exists()


def joining(group):
    return f"/admin/committees/committee/{group.pk}/joining/"


def filled(user, **changes):
    return {
        "user": user.pk,
        "role": "member",
        "represents": "家长代表",
        "starts_on": today().isoformat(),
    } | changes


@pytest.fixture
def put_before_the_group(cast, stage):
    entry = entry_of(cast.bureau_school, "K12-A09", offices="leading_group", title="学校发展规划")
    return stage.in_review(entry=entry)


def test_who_joins_the_leading_group_reviews_what_is_put_before_it(
    cast, leading, put_before_the_group
):
    edition = put_before_the_group
    assert list(Edition.objects.awaiting_review_by(cast.teacher)) == []
    leading.take_in(cast.teacher, role="member", by=cast.office)
    assert list(Edition.objects.awaiting_review_by(cast.teacher)) == [edition]
    cast.teacher.refresh_from_db()
    assert cast.teacher.is_staff
    edition.approve(by=cast.teacher, seen=edition.content_digest())
    assert edition.state == State.APPROVED


def test_who_joins_the_supervision_group_reads_drafts_and_history_of_the_school(
    cast, stage, watching
):
    draft = stage.draft()
    assert list(Edition.objects.readable_by(cast.parent)) == []
    watching.take_in(cast.parent, role="member", represents="家长代表", by=cast.office)
    assert list(Edition.objects.readable_by(cast.parent)) == [draft]
    assert Viewer.of(cast.parent).schools["staff"] == {cast.school.pk}
    assert not Edition.objects.open_to("edit", cast.parent).exists()
    held = Authority.objects.held_by(cast.parent).values_list("school", "office")
    assert list(held) == [(cast.school.pk, "supervision")]


def test_the_record_names_who_took_whom_in(cast, leading):
    seat = leading.take_in(cast.teacher, role="head", by=cast.office)
    act = Act.objects.get(name="join")
    assert (act.actor_name, act.title) == ("公开办主任", "第一小学校务公开领导小组 教师")
    assert (act.school, act.object_id) == ("first", str(seat.pk))
    assert seat.history.get().act_id == act.uuid
    assert Act.objects.filter(name="appoint", title__startswith="教师").count() == 1


def test_the_roster_has_the_head_first(cast, leading):
    leading.take_in(cast.teacher, role="member", by=cast.office)
    leading.take_in(cast.deputy, role="deputy", by=cast.office)
    leading.take_in(cast.principal, role="head", by=cast.office)
    assert [seat.user for seat in leading.roster()] == [cast.principal, cast.deputy, cast.teacher]


def test_a_seat_that_begins_tomorrow_gives_nothing_today(cast, leading):
    tomorrow = today() + timedelta(days=1)
    leading.take_in(cast.teacher, role="member", by=cast.office, starts_on=tomorrow)
    assert list(leading.roster()) == []
    assert [seat.user for seat in leading.roster(tomorrow)] == [cast.teacher]
    assert not Authority.objects.held_by(cast.teacher).exists()
    with pytest.raises(Refused, match="教师已经是这个小组的成员"):
        leading.take_in(cast.teacher, role="head", by=cast.office)


@pytest.mark.parametrize("who", ["principal", "supervisor", "editor", "sysadmin", "bureau"])
def test_only_the_office_of_the_school_takes_in(cast, leading, who):
    with pytest.raises(Refused, match="由本校校务公开办公室办理"):
        leading.take_in(cast.teacher, role="member", by=getattr(cast, who))
    assert nothing_changed(cast.teacher)


def test_the_office_of_another_school_takes_nobody_in(cast, leading):
    with pytest.raises(Refused, match="由本校校务公开办公室办理"):
        leading.take_in(cast.teacher, role="member", by=cast.office2)
    assert nothing_changed(cast.teacher)


def test_nobody_takes_themselves_in(cast, leading):
    with pytest.raises(Refused, match="不能办理自己进出小组"):
        leading.take_in(cast.office, role="head", by=cast.office)
    assert not Membership.objects.exists()
    assert not Authority.objects.held_by(cast.office).filter(office="leading_group").exists()


def test_a_member_is_not_taken_in_twice(cast, leading):
    leading.take_in(cast.teacher, role="member", by=cast.office)
    with pytest.raises(Refused, match="教师已经是这个小组的成员"):
        leading.take_in(cast.teacher, role="head", by=cast.office)
    assert Membership.objects.count() == Post.objects.filter(user=cast.teacher).count() == 1


def test_the_page_names_the_effect_and_takes_in(client, cast, leading):
    client.force_login(cast.office)
    page = client.get(joining(leading)).content.decode()
    assert "加入后，此人可以审核送到领导小组这一步的公开文稿。" in page
    response = client.post(joining(leading), filled(cast.teacher), follow=True)
    assert "教师已加入小组。" in response.content.decode()
    seat = Membership.objects.get()
    assert (seat.user, seat.role, seat.represents) == (cast.teacher, "member", "家长代表")


def test_the_page_offers_the_people_of_the_school_and_not_oneself(client, cast, leading):
    client.force_login(cast.office)
    offered = set(client.get(joining(leading)).context["form"].fields["user"].queryset)
    assert {cast.teacher, cast.parent, cast.principal} <= offered
    assert not {cast.office, cast.teacher2, cast.bureau, cast.sysadmin} & offered
    for user in (cast.office, cast.teacher2):
        response = client.post(joining(leading), filled(user))
        assert list(response.context["form"].errors) == ["user"]
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("principal", 403),
        ("supervisor", 403),
        ("editor", 404),
        ("sysadmin", 404),
        ("bureau", 404),
        ("office2", 404),
        ("parent", 302),
    ],
)
def test_for_others_the_page_does_not_open(client, cast, leading, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(joining(leading), filled(cast.teacher)).status_code == status
    assert nothing_changed(cast.teacher)


def test_the_page_proposes_today(client, cast, leading):
    client.force_login(cast.office)
    page = client.get(joining(leading)).content.decode()
    assert f'name="starts_on" value="{today()}"' in page
