"""Submission, approval and sending back: what is shown, and what is refused."""

from guardian.shortcuts import remove_perm

from disclosures.models import State
from tests.disclosures.workplace import address, said, sent, stored


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
