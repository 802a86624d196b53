"""The page of an edition as its staff read it."""

from datetime import timedelta

from disclosures.models import Reading, State
from portal.ledger.moments import today
from portal.organisation.models import Authority, Office
from tests.disclosures.workplace import address, said, saving, stored


def test_the_read_page_shows_the_way_and_the_text(cast, stage, client):
    edition = stage.in_review()
    edition.approve(by=cast.head, seen=edition.content_digest(), opinion="数字已核对")
    client.force_login(cast.editor)
    page = client.get(address("change", edition))
    told = [(step.label, step.who, step.state) for step in page.context["steps"]]
    assert [(str(label), who, state) for label, who, state in told] == [
        ("起草送审", "信息员甲", "done"),
        ("部门负责人", "总务主任", "done"),
        ("专项审核", "审核员", "open"),
        ("校长", "校长", "ahead"),
        ("公开", "", "ahead"),
    ]
    assert "数字已核对" in said(page) and edition.body in said(page)
    assert [name for name, _shown in page.context["acts"]] == ["recall"]


def test_a_correction_is_compared_word_by_word(cast, stage, client):
    edition = stage.published(body="<p>每生12元。</p>")
    successor = edition.correct(by=cast.editor)
    client.force_login(cast.editor)
    typed = saving(successor, body="<p>每生15元。</p>", change_note="金额更正")
    client.post(address("change", successor), typed)
    page = client.get(address("difference", successor))
    assert "<del>12</del>" in said(page) and "<ins>15</ins>" in said(page)
    client.force_login(cast.editor2)
    assert client.get(address("difference", successor)).status_code == 404
    assert stored(successor).state == State.DRAFT


def test_a_day_to_come_may_end_the_publication(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    day = today() + timedelta(days=10)
    client.post(address("change", draft), saving(draft, closes_on=day))
    assert stored(draft).closes_on == day


def test_reading_what_is_meant_for_named_people_leaves_a_trace(cast, stage, client):
    authority = Authority.objects.at(cast.school, Office.LEADING_GROUP)
    edition = stage.in_review(
        audiences=["named"], named_authority=authority, inner_reason="涉及个人信息"
    )
    open_to_all = stage.in_review(title="公开的")
    for user in (cast.editor, cast.head):
        client.force_login(user)
        for one in (edition, open_to_all):
            assert client.get(address("change", one)).status_code == 200
    client.get(address("approve", edition))
    assert list(Reading.objects.values_list("edition", "reader")) == [
        (edition.pk, cast.head.pk),
        (edition.pk, cast.head.pk),
    ]
