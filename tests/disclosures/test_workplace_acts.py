"""Each act of an edition in the workplace: its page, its effect, and everybody it refuses."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from guardian.shortcuts import remove_perm

from disclosures.admin.acts import ACTS
from disclosures.models import TRANSITIONS, Edition, Release, State
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.viewer import PUBLIC
from tests.disclosures.workplace import address, said, sent, stored

REASON = {"reason": "金额核对后发现有误"}
GROUND = REASON | {"ground": "error"}


def proposed(stage):
    edition = stage.published()
    edition.propose_withdrawal(by=stage.cast.editor, ground="error", reason="金额有误")
    return edition


def to_restore(stage):
    edition = stage.withdrawn()
    edition.propose_restoration(by=stage.cast.office, reason="核实无误")
    return edition


def emergency(stage):
    edition = stage.draft()
    edition.emergency_publish(by=stage.cast.principal, reason="停水")
    return edition


def scheduled(stage):
    return stage.published(opens_at=now() + timedelta(days=2))


# act: (how the edition comes there, who performs it, what is typed, state after)
JOURNEYS = {
    "submit": (lambda s: s.draft(), "editor", {}, "in_review"),
    "approve": (lambda s: s.in_review(), "head", {"opinion": "同意"}, "in_review"),
    "send_back": (lambda s: s.in_review(), "head", {"opinion": "请核对第三行"}, "draft"),
    "recall": (lambda s: s.in_review(), "editor", {}, "draft"),
    "publish": (lambda s: s.approved(), "office", {"when": "now"}, "published"),
    "cancel": (scheduled, "office", REASON, "approved"),
    "emergency_publish": (lambda s: s.draft(), "principal", REASON, "published"),
    "confirm": (emergency, "office", {}, "published"),
    "correct": (lambda s: s.published(), "editor", {}, "published"),
    "propose_withdrawal": (lambda s: s.published(), "editor", GROUND, "published"),
    "withdraw": (proposed, "office", {}, "withdrawn"),
    "take_down": (lambda s: s.published(), "head", GROUND, "withdrawn"),
    "propose_restoration": (lambda s: s.withdrawn(), "office", REASON, "withdrawn"),
    "restore": (to_restore, "principal", {}, "published"),
    "decline": (proposed, "office", REASON, "published"),
    "discard": (lambda s: s.draft(), "editor", {}, "discarded"),
}


def test_every_act_but_writing_and_filing_has_its_page():
    assert set(ACTS) == set(TRANSITIONS) - {"edit", "attach", "detach"} == set(JOURNEYS)


@pytest.mark.parametrize("act", JOURNEYS)
def test_the_person_in_office_performs_it_once(act, cast, stage, client):
    prepare, who, typed, after = JOURNEYS[act]
    edition = prepare(stage)
    person = getattr(cast, who)
    response = sent(client, person, act, edition, **typed)
    assert response.status_code == 302
    assert stored(edition).state == after
    last = Act.objects.filter(object_id=str(edition.pk)).latest("id")
    assert (last.name, last.actor_id) == (act, str(person.pk))
    page = client.get(response.url)
    assert str(ACTS[act].done) in said(page)


@pytest.mark.parametrize("act", JOURNEYS)
def test_a_second_click_does_nothing_and_says_that_it_is_done(act, cast, stage, client):
    prepare, who, typed, _after = JOURNEYS[act]
    edition = prepare(stage)
    client.force_login(getattr(cast, who))
    page = client.get(address(act, edition))
    form = {f.html_name: f.value() for f in page.context["form"].hidden_fields()} | typed
    assert client.post(address(act, edition), form).status_code == 302
    count = Act.objects.count()
    again = client.post(address(act, edition), form)
    assert (again.status_code, Act.objects.count()) == (409, count)
    assert 'role="alert"' in said(again)


@pytest.mark.parametrize("act", JOURNEYS)
def test_a_stranger_finds_nothing_and_changes_nothing(act, cast, stage, client):
    prepare, _who, typed, _after = JOURNEYS[act]
    edition = prepare(stage)
    before, count = stored(edition), Act.objects.count()
    for stranger in (cast.editor2, cast.office2, cast.principal2, cast.sysadmin):
        client.force_login(stranger)
        assert client.get(address(act, edition)).status_code == 404
        answer = client.post(address(act, edition), typed | {"version": before.version})
        assert answer.status_code == 404
    assert (stored(edition).state, stored(edition).version) == (before.state, before.version)
    assert Act.objects.count() == count


@pytest.mark.parametrize("act", JOURNEYS)
def test_a_reader_without_the_office_is_told_why_not(act, cast, stage, client):
    prepare, _who, typed, _after = JOURNEYS[act]
    edition = prepare(stage)
    before = stored(edition)
    client.force_login(cast.supervisor)
    for answer in (
        client.get(address(act, edition)),
        client.post(address(act, edition), typed | {"version": before.version}),
    ):
        assert answer.status_code == 403
        assert str(before.why_not(act, cast.supervisor)) in said(answer)
    assert stored(edition).version == before.version


@pytest.mark.parametrize("act", JOURNEYS)
def test_a_stale_version_is_refused_with_what_was_typed(act, cast, stage, client):
    prepare, who, typed, _after = JOURNEYS[act]
    edition = prepare(stage)
    before = stored(edition)
    client.force_login(getattr(cast, who))
    stale = {"version": before.version + 1, "seen": edition.content_digest()}
    answer = client.post(address(act, edition), typed | stale)
    assert answer.status_code == 409
    assert "刚刚被别人改动过" in said(answer)
    assert all(words in said(answer) for words in typed.values() if words not in ("now", "error"))
    assert answer.context["form"]["version"].value() == before.version
    assert (stored(edition).state, stored(edition).version) == (before.state, before.version)


def test_approval_of_a_changed_text_is_refused_and_the_opinion_kept(cast, stage, client):
    edition = stage.in_review()
    answer = sent(client, cast.head, "approve", edition, seen="0" * 64, opinion="看过，同意")
    assert answer.status_code == 409
    assert "与您看到的不一致" in said(answer) and "看过，同意" in said(answer)
    assert stored(edition).open_review().office == "department_head"


def test_the_approval_page_shows_the_very_text_that_is_approved(cast, stage, client):
    edition = stage.in_review()
    client.force_login(cast.head)
    page = client.get(address("approve", edition))
    assert edition.body in said(page)
    assert page.context["form"]["seen"].value() == edition.content_digest()


def test_its_author_may_not_approve_or_publish(cast, stage, client):
    edition = stage.in_review(entry=cast.short_entry, by=cast.editor)
    draft = stage.draft(by=cast.office)
    draft.submit(by=cast.office)
    client.force_login(cast.office)
    assert client.get(address("approve", edition)).status_code == 200
    for reviewer in (cast.head, cast.auditor, cast.principal):
        draft.approve(by=reviewer, seen=draft.content_digest())
    answer = client.post(address("publish", draft), {"version": draft.version, "when": "now"})
    assert answer.status_code == 403
    assert "起草人和最后修改人不能审核或公开自己的文稿" in said(answer)
    assert stored(draft).state == State.APPROVED


def test_without_the_rows_grant_button_list_count_and_post_disappear(cast, stage, client):
    edition = stage.in_review()
    client.force_login(cast.head)
    group = edition.open_review().group

    def seen():
        page, desk = client.get(address("change", edition)), client.get("/admin/")
        waiting = desk.context["lists"][0]
        listed = client.get(address("changelist") + "?desk=waiting").context["cl"].result_count
        return (
            address("approve", edition) in said(page),
            waiting["count"],
            waiting["editions"],
            listed,
        )

    assert seen() == (True, 1, [edition], 1)
    digest = edition.content_digest()
    remove_perm("review_disclosure", group, edition.disclosure)
    assert seen() == (False, 0, [], 0)
    answer = client.post(address("approve", edition), {"version": edition.version, "seen": digest})
    assert answer.status_code == 403
    assert stored(edition).open_review().office == "department_head"


def test_submission_names_the_office_nobody_holds(cast, stage, client):
    cast.auditor.posts.get().end(by=cast.sysadmin)
    edition = stage.draft()
    client.force_login(cast.editor)
    assert "还没有可以审核的“专项审核”" in said(client.get(address("submit", edition)))
    answer = sent(client, cast.editor, "submit", edition)
    assert answer.status_code == 409
    assert "还没有可以审核的人：示范区第一小学 专项审核" in said(answer)
    assert stored(edition).state == State.DRAFT


def test_submission_names_who_will_be_asked(cast, stage, client):
    edition = stage.draft()
    client.force_login(cast.editor)
    page = said(client.get(address("submit", edition)))
    assert "下一步请部门负责人审核，有1人可以办理：总务主任。" in page
    assert "之后依次由专项审核、校长审核。" in page


def test_publication_for_a_moment_is_one_of_shanghai(cast, stage, client):
    edition = stage.approved()
    day = localtime(now()) + timedelta(days=3)
    typed = {"when": "later", "opens_at": day.strftime("%Y-%m-%dT08:30")}
    assert sent(client, cast.office, "publish", edition, **typed).status_code == 302
    opens_at = Release.objects.get(edition=edition).opens_at
    assert localtime(opens_at).strftime("%Y-%m-%dT%H:%M") == typed["opens_at"]
    assert not Release.objects.visible_to(PUBLIC).exists()


@pytest.mark.parametrize(
    ("opens_at", "sentence"),
    [
        ("", "请填写自动公开的时间。"),
        ("2020-01-01T08:00", "这个时间已经过去。"),
        ("明天", "输入一个有效的日期/时间。"),
    ],
)
def test_an_impossible_moment_is_refused(opens_at, sentence, cast, stage, client):
    edition = stage.approved()
    answer = sent(client, cast.office, "publish", edition, when="later", opens_at=opens_at)
    assert (answer.status_code, stored(edition).state) == (200, State.APPROVED)
    assert sentence in said(answer)


def test_sending_back_needs_an_opinion(cast, stage, client):
    edition = stage.in_review()
    answer = sent(client, cast.head, "send_back", edition, opinion="  ")
    assert answer.status_code == 200 and answer.context["form"].errors["opinion"]
    assert stored(edition).state == State.IN_REVIEW


def test_control_characters_in_an_opinion_are_refused_by_name(cast, stage, client):
    edition = stage.in_review()
    answer = sent(client, cast.head, "send_back", edition, opinion="请\x00改")
    assert "U+0000" in said(answer)
    assert stored(edition).state == State.IN_REVIEW


def test_a_correction_opens_as_the_new_draft(cast, stage, client):
    edition = stage.published()
    answer = sent(client, cast.editor, "correct", edition)
    successor = Edition.objects.get(based_on=edition)
    assert answer.url == address("change", successor)
    page = said(client.get(address("difference", successor)))
    assert "文字没有改动" in page


def test_who_signs_in_without_an_office_is_told_so(cast, stage, client):
    edition = stage.draft()
    client.force_login(cast.teacher)
    answer = client.get(address("submit", edition), follow=True)
    assert answer.status_code == 403
    assert "您没有可办理的工作" in said(answer)


def test_who_is_not_signed_in_is_asked_to(cast, stage, client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/sign-in/?next=/admin/"
