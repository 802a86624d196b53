"""Each act of an edition in the workplace: its page, its effect, and everybody it refuses."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from disclosures.admin.acts import ACTS
from disclosures.models import TRANSITIONS, Edition, Release, State
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.viewer import PUBLIC
from tests.disclosures.workplace import address, said, sent, stored

REASON = {"reason": "金额核对后发现有误"}
GROUND = REASON | {"ground": "error"}
REDACTION = {"names": ["title"], "basis": "guardian", "reason": "家长要求"}


def proposed(stage):
    edition = stage.published()
    edition.propose_withdrawal(by=stage.cast.editor, ground="error", reason="金额有误")
    return edition


def to_redact(stage):
    edition = stage.published()
    edition.propose_redaction(by=stage.cast.editor, **REDACTION)
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
    "propose_redaction": (
        lambda s: s.published(),
        "office",
        REDACTION | {"names": "title"},
        "published",
    ),
    "redact": (to_redact, "principal", {}, "published"),
    "decline": (proposed, "office", REASON, "published"),
    "discard": (lambda s: s.draft(), "editor", {}, "discarded"),
}


def test_every_act_but_writing_and_filing_has_its_page():
    own_pages = {"edit", "roll_back", "attach", "detach"}
    assert set(ACTS) == set(TRANSITIONS) - own_pages == set(JOURNEYS)


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
