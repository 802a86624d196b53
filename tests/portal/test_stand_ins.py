"""Standing in for somebody's post between two days (A/B岗)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Office, Post, StandIn
from portal.organisation.turning import follow_turning_posts
from tests.disclosures.conftest import all_rows, recording, refused  # noqa: F401  fixtures

ADD = reverse("admin:organisation_standin_add")
LIST = reverse("admin:organisation_standin_changelist")
KEEPERS = "代理由本校校务公开办公室安排和结束。"
NO_DAY = "代理结束日期要晚于开始日期。只代理一天的，结束日期填第二天。"
FOUR_EYES = "起草人和最后修改人不能审核或公开自己的文稿，请由另一位有权限的人办理。"


def day(number):
    return today() + timedelta(days=number)


def in_days(number):
    return as_of(now() + timedelta(days=number))


@pytest.fixture
def post(cast):
    return cast.head.posts.get()


def arrange(post, user, *, by, starts=0, ends=3, reason="外出培训"):
    stand_in = StandIn(post=post, user=user, starts_on=day(starts), ends_on=day(ends))
    stand_in.arrange(by=by, reason=reason)
    return stand_in


def offices_of(user):
    return set(user.groups.values_list("authority__office", flat=True))


def test_the_person_holds_the_post_from_the_first_day(cast, post):
    stand_in = arrange(post, cast.teacher, by=cast.office)
    cast.teacher.refresh_from_db()
    assert offices_of(cast.teacher) == {"department_head"} and cast.teacher.is_staff
    assert offices_of(cast.head) == {"department_head"}
    assert list(StandIn.objects.on(today())) == [stand_in]
    assert list(StandIn.objects.on(day(3))) == []


def test_it_records_one_act_about_the_person_away(cast, post, recording):  # noqa: F811  a fixture
    with recording() as record:
        stand_in = arrange(post, cast.teacher, by=cast.office)
    act = record.act
    assert (act.name, act.actor_name, act.school, act.reason) == (
        "stand_in",
        "公开办主任",
        "first",
        "外出培训",
    )
    assert (act.object_id, act.subject_id) == (str(stand_in.pk), str(cast.head.pk))
    assert record.history["StandIn"] == 1
    subject = "代理安排：教师代理总务主任"
    assert record.messages == {("teacher", subject), ("head", subject)}


@pytest.mark.parametrize(
    "who", ["head", "editor", "principal", "supervisor", "office2", "bureau", "sysadmin"]
)
def test_only_the_schools_office_arranges_and_ends(who, cast, post, refused):  # noqa: F811
    running = arrange(post, cast.teacher, by=cast.office)
    with refused(KEEPERS):
        arrange(post, cast.member, by=getattr(cast, who), starts=5, ends=9)
    with refused(KEEPERS):
        running.end(by=getattr(cast, who))


def test_nobody_arranges_for_themselves(cast, post, refused):  # noqa: F811
    with refused("不能安排自己代理，请由另一位有权限的人办理。"):
        arrange(post, cast.office, by=cast.office)


def test_what_makes_no_sense_is_refused_in_a_sentence(cast, post, refused):  # noqa: F811
    cast.parent.deactivate(by=cast.office, reason="离校")
    arrange(post, cast.member, by=cast.office, starts=10, ends=20)
    for user, days, sentence in (
        (cast.head, {}, "本人的职务不用自己代理，请另选代理人。"),
        (cast.teacher2, {}, "代理人要是本校账号有效的人员，请另选。"),
        (cast.parent, {}, "代理人要是本校账号有效的人员，请另选。"),
        (cast.teacher, {"ends": 0}, NO_DAY),
        (cast.teacher, {"starts": -1}, "代理开始日期不能早于今天。"),
        (cast.teacher, {"ends": 11}, "这段时间已经由党员教师代理，请先结束那项代理，或另选日期。"),
    ):
        with refused(sentence):
            arrange(post, user, by=cast.office, **days)
    arrange(post, cast.teacher, by=cast.office, starts=0, ends=10)
    ended = cast.deputy.posts.get()
    ended.end(by=cast.office)
    with refused("这项任职在所选的日期里没有人担任，不用代理。"):
        arrange(ended, cast.teacher, by=cast.office)


def test_the_sweep_gives_and_takes_the_office_on_the_days(cast, post):
    arrange(post, cast.teacher, by=cast.office, starts=2, ends=4)
    assert offices_of(cast.teacher) == set()
    for number, offices in ((1, set()), (2, {"department_head"}), (4, set())):
        with in_days(number):
            handled = follow_turning_posts(today())
            assert (handled, follow_turning_posts(today())) == (int(number != 1), 0)
            assert offices_of(cast.teacher) == offices
    cast.teacher.refresh_from_db()
    assert not cast.teacher.is_staff


def test_own_posts_outlast_the_stand_in(cast, post):
    arrange(post, cast.editor, by=cast.office, ends=1)
    assert offices_of(cast.editor) == {"editor", "department_head"}
    with in_days(1):
        follow_turning_posts(today())
    assert offices_of(cast.editor) == {"editor"}


@pytest.mark.parametrize("starts", [0, 2])
def test_it_ends_early_by_an_act_at_once(starts, cast, post, recording):  # noqa: F811
    stand_in = arrange(post, cast.teacher, by=cast.office, starts=starts, ends=9)
    with recording() as record:
        stand_in.end(by=cast.office, reason="提前回来")
    assert (record.act.name, record.act.reason) == ("end_stand_in", "提前回来")
    assert record.history["StandIn"] == 1
    assert offices_of(cast.teacher) == set() and stand_in.is_over(today())
    with in_days(3):
        assert follow_turning_posts(today()) == 0
    with pytest.raises(Refused, match="这项代理已经结束，不用再办一次。"):
        stand_in.end(by=cast.office)


def test_a_stand_in_of_one_day_ends_the_day_after(cast, post):
    stand_in = arrange(post, cast.teacher, by=cast.office, ends=1)
    assert list(StandIn.objects.on(today())) == [stand_in]
    assert list(StandIn.objects.on(day(1))) == []


def test_one_that_ends_on_its_first_day_keeps_its_date(cast, post):
    stand_in = arrange(post, cast.teacher, by=cast.office, ends=9)
    stand_in.end(by=cast.office)
    stand_in = StandIn.objects.get(pk=stand_in.pk)
    assert (stand_in.starts_on, stand_in.ends_on) == (today(), today())
    assert list(StandIn.objects.on(today())) == []


def test_no_row_ends_before_it_begins(cast, post):
    with pytest.raises(IntegrityError, match="stand_in_ends_after_start"), transaction.atomic():
        StandIn.objects.create(post=post, user=cast.teacher, starts_on=day(0), ends_on=day(-1))


def test_a_stand_in_that_ran_keeps_its_first_day(cast, post):
    stand_in = arrange(post, cast.teacher, by=cast.office, ends=9)
    began = stand_in.starts_on
    with in_days(2):
        stand_in.end(by=cast.office)
        assert (stand_in.starts_on, stand_in.ends_on) == (began, today())


def test_with_the_post_the_stand_in_ends(cast, post):
    arrange(post, cast.teacher, by=cast.office)
    post.end(by=cast.office)
    assert offices_of(cast.teacher) == set()


def test_who_stands_in_decides_but_never_on_their_own_text(cast, post, stage):
    edition, own = stage.in_review(), stage.in_review(by=cast.editor_same)
    arrange(post, cast.editor_same, by=cast.office)
    edition.approve(by=cast.editor_same, seen=edition.content_digest())
    assert Act.objects.get(name="approve").actor_name == "信息员乙"
    with pytest.raises(Refused, match=FOUR_EYES):
        own.approve(by=cast.editor_same, seen=own.content_digest())


def test_the_record_names_who_only_stands_in(cast, post):
    arrange(post, cast.teacher, by=cast.office)
    assert cast.teacher.offices_at("first") == "代理总务处 部门负责人"
    assert cast.head.offices_at("first") == "总务处 部门负责人"


def typed(post, user, **changes):
    values = {"post": post.pk, "user": user.pk, "starts_on": day(0), "ends_on": day(3)}
    return values | {"reason": "外出培训"} | changes


def test_the_office_arranges_lists_and_ends_in_the_workplace(cast, post, client):
    client.force_login(cast.office)
    answer = client.post(ADD, typed(post, cast.teacher))
    assert answer.status_code == 302
    stand_in = StandIn.objects.get()
    assert Act.objects.get(name="stand_in").reason == "外出培训"
    page = client.get(LIST).content.decode()
    assert "教师" in page and "总务主任" in page and "代理中" in page
    end = reverse("admin:organisation_standin_end", args=[stand_in.pk])
    assert client.post(end, {"reason": "回来了"}).status_code == 302
    assert StandIn.objects.get().is_over(today())
    assert "已结束" in client.get(LIST).content.decode()


def test_a_refused_form_keeps_what_was_typed(cast, post, client):
    client.force_login(cast.office)
    page = client.post(ADD, typed(post, cast.office)).content.decode()
    assert "不能安排自己代理" in page and "外出培训" in page
    late = client.post(ADD, typed(post, cast.teacher, ends_on=day(0))).content.decode()
    assert NO_DAY in late
    before = client.post(ADD, typed(post, cast.teacher, ends_on=day(-1))).content.decode()
    assert NO_DAY in before
    assert not StandIn.objects.exists()


@pytest.mark.parametrize("who", ["head", "editor", "office2", "bureau", "sysadmin", "teacher"])
def test_others_arrange_nothing_there(who, cast, post, client):
    running = arrange(post, cast.teacher, by=cast.office)
    before = all_rows()
    client.force_login(getattr(cast, who))
    client.post(ADD, typed(post, cast.member, starts_on=day(5), ends_on=day(9)))
    client.post(reverse("admin:organisation_standin_end", args=[running.pk]), {"reason": "无"})
    ignored = {"sessions.Session"}
    after = all_rows()
    assert {n: r for n, r in after.items() if n not in ignored | {"organisation.User"}} == {
        n: r for n, r in before.items() if n not in ignored | {"organisation.User"}
    }


def test_another_school_finds_nothing_and_readers_only_read(cast, post, client):
    running = arrange(post, cast.teacher, by=cast.office)
    change = reverse("admin:organisation_standin_change", args=[running.pk])
    end = reverse("admin:organisation_standin_end", args=[running.pk])
    client.force_login(cast.office2)
    assert client.get(end).status_code == 404
    assert str(running.pk) not in client.get(LIST).content.decode()
    offered = client.get(ADD).content.decode()
    assert str(post.pk) not in offered and str(cast.head2.posts.get().pk) in offered
    client.force_login(cast.supervisor)
    assert client.get(change).status_code == 200
    assert (client.get(end).status_code, client.get(ADD).status_code) == (403, 403)
    client.force_login(cast.sysadmin)
    assert client.get(LIST).status_code == 403


def test_posts_that_are_over_are_not_offered(cast, post, client):
    post.end(by=cast.office)
    client.force_login(cast.office)
    offered = set(client.get(ADD).context["adminform"].form.fields["post"].queryset)
    assert post not in offered and cast.principal.posts.get() in offered
    assert Post.objects.filter(pk=post.pk, office=Office.DEPARTMENT_HEAD).exists()
