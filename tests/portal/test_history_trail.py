"""Every row of the history carries the act that wrote it."""

from datetime import timedelta

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from committees.models import Committee
from disclosures.models import Adoption, Attachment
from portal.history.changes import history_models
from portal.ledger.acts import perform
from portal.ledger.history import Recorded
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.models import Affiliation, Office, Post


def test_every_recorded_noun_has_a_history_that_carries_acts():
    tracked = {model.instance_type for model in history_models()}
    nouns = {model for model in apps.get_models() if issubclass(model, Recorded)}
    assert nouns
    assert nouns <= tracked


def unsigned():
    """How many history rows name no act, by table."""
    return {
        model._meta.label: model.objects.filter(act_id=None).count() for model in history_models()
    }


def test_every_history_row_of_a_whole_life_carries_its_act(cast, stage):
    before = unsigned()
    live_through(cast, stage)
    assert unsigned() == before
    known = set(Act.objects.values_list("uuid", flat=True))
    for model in history_models():
        named = set(model.objects.exclude(act_id=None).values_list("act_id", flat=True))
        assert named <= known, model
    performed = set(Act.objects.values_list("name", flat=True))
    assert performed >= ACTS


ACTS = {
    *("draft", "edit", "attach", "detach", "submit", "recall", "send_back", "approve", "publish"),
    *("cancel", "emergency_publish", "confirm", "correct", "propose_withdrawal", "withdraw"),
    *("take_down", "propose_restoration", "restore", "decline", "discard"),
    *("appoint", "end_post", "affiliate", "end_affiliation", "reset_password", "deactivate"),
    *("reactivate", "adopt", "switch_off", "join", "leave"),
}


def live_through(cast, stage):
    a_text_is_worked_on(cast, stage)
    a_notice_comes_and_goes(cast, stage)
    an_emergency(cast, stage)
    people_come_and_go(cast)


def a_text_is_worked_on(cast, stage):
    edition = stage.draft()
    edition.edit(by=cast.editor, version=0, title="改过的标题")
    upload = SimpleUploadedFile("标准.txt", "收费标准".encode())
    attachment = Attachment.objects.attach(edition, upload, by=cast.editor)
    attachment.detach(by=cast.editor)
    edition.refresh_from_db()
    edition.submit(by=cast.editor)
    edition.recall(by=cast.editor)
    edition.submit(by=cast.editor)
    edition.send_back(by=cast.head, opinion="请补充依据")
    edition.discard(by=cast.editor)


def a_notice_comes_and_goes(cast, stage):
    edition = stage.published(opens_at=now() + timedelta(days=2))
    edition.cancel(by=cast.office, reason="改期")
    edition.publish(by=cast.office)
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, body="<p>更正</p>", change_note="金额")
    successor.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        successor.approve(by=reviewer, seen=successor.content_digest())
    successor.publish(by=cast.office)
    successor.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
    successor.decline(by=cast.principal, reason="无误")
    successor.propose_withdrawal(by=cast.editor, ground="error", reason="确实有误")
    successor.withdraw(by=cast.office)
    successor.propose_restoration(by=cast.office, reason="核实无误")
    successor.restore(by=cast.principal)
    successor.take_down(by=cast.head, ground="personal", reason="含手机号")
    successor.confirm(by=cast.office)


def an_emergency(cast, stage):
    edition = stage.in_review(title="停课通知")
    edition.emergency_publish(by=cast.principal, reason="台风")
    edition.confirm(by=cast.office)


def people_come_and_go(cast):
    post = Post(user=cast.teacher, school=cast.school, office=Office.PARTY)
    post.appoint(by=cast.sysadmin)
    post.end(by=cast.sysadmin)
    belonging = Affiliation(user=cast.teacher, school=cast.school, kind="party")
    belonging.register(by=cast.office)
    belonging.end(by=cast.office)
    cast.parent.reset_password("a-new-password", by=cast.office)
    cast.parent.deactivate(by=cast.office, reason="转学")
    cast.parent.reactivate(by=cast.office, reason="转回")
    adoption = Adoption.objects.of(cast.school, cast.short_entry)
    adoption.adopt(by=cast.office, channels="公开栏")
    adoption.switch_off(by=cast.office, reason="不适用")
    committee = Committee(school=cast.school, kind="supervision", name="监督小组")
    with perform("register", committee, by=cast.office):
        committee.save()
    seat = committee.take_in(cast.member, role="member", by=cast.office)
    seat.end(by=cast.office)
