from datetime import timedelta

import pytest

from disclosures.models import Edition, Release, State
from portal.ledger.acts import Refused, Stale
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.viewer import PUBLIC


def test_a_notice_goes_from_draft_through_three_offices_to_the_public(cast, stage):
    edition = stage.draft()
    edition.submit(by=cast.editor)
    assert [r.office for r in edition.reviews.all()] == [
        "department_head",
        "special_audit",
        "principal",
    ]
    for reviewer in (cast.head, cast.auditor, cast.principal):
        assert list(Edition.objects.awaiting_review_by(reviewer)) == [edition]
        edition.approve(by=reviewer, seen=edition.content_digest())
        assert list(Edition.objects.awaiting_review_by(reviewer)) == []
    assert edition.state == State.APPROVED
    edition.publish(by=cast.office)
    assert list(Release.objects.visible_to(PUBLIC).values_list("edition", flat=True)) == [
        edition.pk
    ]
    year = edition.sealed_at.astimezone().year
    assert edition.disclosure.index_number == f"{cast.school.org_code}/{year}-00001"
    assert list(
        Act.objects.about(edition.disclosure_id).order_by("id").values_list("name", flat=True)
    ) == [
        "draft",
        "submit",
        "approve",
        "approve",
        "approve",
        "publish",
    ]


def test_the_whole_life_runs(cast, stage):
    edition = stage.published()
    successor = edition.correct(by=cast.editor)
    successor.edit(
        by=cast.editor,
        version=successor.version,
        body="<p>更正后的内容</p>",
        change_note="金额更正",
    )
    successor.submit(by=cast.editor)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        successor.approve(by=reviewer, seen=successor.content_digest())
    successor.publish(by=cast.office)
    assert list(Release.objects.visible_to(PUBLIC).values_list("edition", flat=True)) == [
        successor.pk
    ]
    successor.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
    with pytest.raises(Refused):
        successor.withdraw(by=cast.editor)
    successor.withdraw(by=cast.office)
    assert not Release.objects.visible_to(PUBLIC).exists()
    successor.propose_restoration(by=cast.office, reason="核实无误")
    successor.restore(by=cast.principal)
    assert Release.objects.visible_to(PUBLIC).count() == 1
    successor.take_down(by=cast.head, ground="personal", reason="含手机号")
    assert successor.acts_open_to(cast.office) >= {"confirm", "restore"}
    successor.confirm(by=cast.office)


def test_cancelled_before_opening_burns_the_number(cast, stage):
    edition = stage.published(opens_at=now() + timedelta(days=3))
    assert not Release.objects.visible_to(PUBLIC).exists()
    edition.cancel(by=cast.office, reason="改期")
    edition.disclosure.refresh_from_db()
    assert (edition.state, edition.disclosure.index_number) == (State.APPROVED, None)
    edition.publish(by=cast.office)
    assert edition.disclosure.index_number.endswith("-00002")


def test_emergency(cast, stage):
    edition = stage.draft()
    edition.emergency_publish(by=cast.principal, reason="停水")
    assert edition.unconfirmed == "emergency"
    edition.confirm(by=cast.office)
    assert edition.unconfirmed == ""


def test_stale(cast, stage):
    edition = stage.draft()
    other = Edition.objects.get(pk=edition.pk)
    other.edit(by=cast.editor_same, version=other.version, title="新")
    with pytest.raises(Stale):
        edition.edit(by=cast.editor, version=edition.version, title="旧")
