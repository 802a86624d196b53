"""Which changes deserve a look, who may look, and which are drawn."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import AnonymousUser

from committees.changes import changes_watched_by, drawn
from committees.models import Look
from disclosures.models import Adoption
from portal.history.reach import acts_readable_by
from portal.ledger.models import Act
from portal.ledger.moments import now, today
from portal.organisation.models import Post, StandIn
from tests.committees.changing import act_of, corrected, kinds

EVERYBODY = ("editor", "head", "principal", "office", "supervisor", "bureau", "sysadmin")


def test_a_first_publication_deserves_no_look_and_its_correction_does(cast, stage):
    first = stage.published(title="收费")
    assert kinds(cast.supervisor) == []
    corrected(stage, first)
    assert kinds(cast.supervisor) == [("publish", "收费")]


def test_every_change_of_a_notice_is_met_once(cast, stage):
    edition = stage.published(title="甲", opens_at=now() + timedelta(days=1))
    edition.cancel(by=cast.office, reason="改期")
    urgent = stage.in_review(title="乙")
    urgent.emergency_publish(by=cast.principal, reason="台风")
    urgent.take_down(by=cast.office, ground="personal", reason="含手机号")
    urgent.restore(by=cast.principal, reason="已核实")
    stage.withdrawn(title="丙")
    assert kinds(cast.supervisor) == [
        ("cancel", "甲"),
        ("emergency_publish", "乙"),
        ("take_down", "乙"),
        ("restore", "乙"),
        ("withdraw", "丙"),
    ]


def test_posts_stand_ins_and_adoptions_are_changes_and_affiliations_are_not(cast):
    before = set(changes_watched_by(cast.supervisor))
    assert {act.name for act in before} == {"appoint"}
    day = today()
    post = Post.objects.get(user=cast.head)
    StandIn(post=post, user=cast.teacher, starts_on=day, ends_on=day + timedelta(days=2)).arrange(
        by=cast.office
    )
    post.end(by=cast.office, reason="调离")
    Adoption.objects.of(cast.school, cast.entry).switch_off(by=cast.office, reason="不适用")
    new = set(changes_watched_by(cast.supervisor)) - before
    assert {act.name for act in new} == {"stand_in", "end_post", "switch_off"}


def test_each_looks_at_their_own_school_and_the_bureau_at_what_was_opened(cast, stage):
    stage.withdrawn(title="一小")
    second = {"department": cast.department2, "by": cast.editor2, "entry": cast.short_entry}
    stage.withdrawn(title="二小", **second)
    named = {"audiences": ["named"], "inner_reason": "限定知悉"}
    stage.withdrawn(title="限定", named_authority=cast.principal.groups.get().authority, **named)
    assert kinds(cast.supervisor) == [("withdraw", "一小"), ("withdraw", "限定")]
    assert kinds(cast.supervisor2) == [("withdraw", "二小")]
    assert kinds(cast.bureau) == [("withdraw", "一小"), ("withdraw", "二小")]


@pytest.mark.parametrize("who", ["editor", "head", "principal", "office", "teacher", "sysadmin"])
def test_nobody_else_has_a_queue(cast, withdrawal, who):
    assert set(changes_watched_by(getattr(cast, who))) == set()


def test_the_public_and_the_deactivated_have_no_queue(cast, withdrawal):
    assert set(changes_watched_by(AnonymousUser())) == set()
    cast.supervisor.is_active = False
    assert set(changes_watched_by(cast.supervisor)) == set()


def test_the_queue_never_reaches_beyond_the_record(cast, stage, withdrawal):
    corrected(stage)
    assert set(changes_watched_by(cast.bureau))
    for who in EVERYBODY:
        user = getattr(cast, who)
        assert set(changes_watched_by(user)) <= set(acts_readable_by(user)), who


def test_nobody_looks_at_their_own_doing(cast, withdrawal):
    cast.office.groups.add(cast.supervisor.groups.get())
    assert withdrawal in set(changes_watched_by(cast.supervisor))
    assert withdrawal not in set(changes_watched_by(cast.office))
    assert Post.objects.exists() and changes_watched_by(cast.office).exists()


def test_the_draw_falls_the_same_way_grows_with_the_share_and_holds_the_grave(cast, stage):
    urgent = stage.in_review()
    urgent.emergency_publish(by=cast.principal, reason="台风")
    grave = act_of("emergency_publish", urgent)
    acts = Act.objects.all()
    sizes = [drawn(acts, share).count() for share in (1, 20, 60, 100)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] == acts.count()
    assert set(drawn(acts, 20)) == set(drawn(acts, 20))
    assert set(drawn(acts, 20)) < set(drawn(acts, 90))
    assert grave in set(drawn(acts, 1))


def test_the_draw_is_the_hash_of_the_act(cast):
    acts = list(Act.objects.all())
    lots = {act: int(sha256(str(act.uuid).encode()).hexdigest()[:4], 16) for act in acts}
    expected = {act for act, lot in lots.items() if lot < 30 * 65536 // 100}
    assert set(drawn(Act.objects.all(), 30)) == expected
    assert expected


def test_what_waits_is_what_was_drawn_and_not_seen(cast, withdrawal, watching):
    watching.set_share(100, by=cast.supervisor)
    waiting = set(Look.objects.waiting_for(cast.supervisor))
    assert waiting == set(changes_watched_by(cast.supervisor))
    Look.objects.look_at(withdrawal, by=cast.supervisor)
    assert set(Look.objects.waiting_for(cast.supervisor)) == waiting - {withdrawal}
