"""我的工作台: what waits for each person, and that counts, lists and filters are one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from disclosures import desk
from portal.ledger.moments import as_of, now
from portal.organisation.models import Message
from tests.disclosures.workplace import address, said


def titles(user, name):
    return [edition.title for edition in desk.section(name, user).rows]


def test_the_longest_waiting_comes_first_with_its_days(cast, stage, client):
    for days, title in ((1, "昨天的"), (9, "九天前的")):
        with as_of(now() - timedelta(days=days)):
            stage.in_review(title=title)
    assert titles(cast.head, "waiting") == ["九天前的", "昨天的"]
    client.force_login(cast.head)
    page = said(client.get("/admin/"))
    assert "已等9天" in page and page.index("九天前的") < page.index("昨天的")


def test_what_was_sent_back_leaves_my_drafts(cast, stage):
    stage.draft(title="没写完的")
    edition = stage.in_review(title="要改的")
    edition.send_back(by=cast.head, opinion="请改")
    assert titles(cast.editor, "drafts") == ["没写完的"]
    assert titles(cast.editor, "sent-back") == ["要改的"]
    assert titles(cast.editor_same, "sent-back") == titles(cast.editor_same, "drafts") == []
    edition.submit(by=cast.editor)
    edition.recall(by=cast.editor)
    assert titles(cast.editor, "sent-back") == []
    assert set(titles(cast.editor, "drafts")) == {"没写完的", "要改的"}


def test_publication_waits_for_the_office_and_not_for_the_author(cast, stage):
    stage.approved(title="审完的")
    assert titles(cast.office, "to-publish") == ["审完的"]
    assert titles(cast.editor, "to-publish") == titles(cast.office2, "to-publish") == []


def test_second_persons_decide_and_first_ones_do_not(cast, stage):
    urgent = stage.draft(title="停水通知")
    urgent.emergency_publish(by=cast.principal, reason="停水")
    wrong = stage.published(title="有误的")
    wrong.propose_withdrawal(by=cast.office, ground="error", reason="金额有误")
    assert set(titles(cast.principal, "to-decide")) == {"有误的"}
    assert set(titles(cast.office, "to-decide")) == {"停水通知"}


def test_scheduled_and_opened_are_told_apart(cast, stage):
    stage.published(title="已经公开的")
    stage.published(title="后天公开的", opens_at=now() + timedelta(days=2))
    for user in (cast.editor, cast.principal, cast.supervisor):
        assert titles(user, "scheduled") == ["后天公开的"]
        assert titles(user, "recent") == ["已经公开的"]
    assert titles(cast.editor2, "recent") == titles(cast.sysadmin, "recent") == []


def test_counts_lists_and_filters_are_the_same_rows(cast, stage, client):
    for number in range(desk.SHOWN + 2):
        stage.in_review(title=f"收费公示{number}")
    client.force_login(cast.head)
    waiting = client.get("/admin/").context["lists"][0]
    listed = client.get(address("changelist"), {"desk": "waiting"}).context["cl"]
    assert (waiting["count"], len(waiting["editions"])) == (desk.SHOWN + 2, desk.SHOWN)
    assert listed.result_count == waiting["count"]


def test_the_desk_costs_the_same_with_more_rows(cast, stage, client):
    client.force_login(cast.office)

    def price():
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    stage.in_review(), stage.approved(), stage.published()
    few = price()
    for number in range(4):
        stage.in_review(title=f"审核{number}")
        stage.approved(title=f"待公开{number}")
    assert price() == few


def test_unread_messages_are_mine_and_can_be_put_away(cast, stage, client):
    stage.in_review(title="要审的")
    client.force_login(cast.head)
    page = client.get("/admin/")
    assert [m.subject for m in page.context["inbox"]] == ["待您审核：要审的"]
    client.post("/admin/messages/reading/")
    assert client.get("/admin/").context["unread_count"] == 0
    assert Message.objects.filter(read_at=None).exclude(recipient=cast.head).count() == 0
    stage.in_review(title="又一份")
    client.force_login(cast.editor2)
    client.post("/admin/messages/reading/")
    assert Message.objects.filter(recipient=cast.head, read_at=None).count() == 1


def test_the_desk_shows_what_else_one_may_open_and_no_technical_models(cast, client):
    client.force_login(cast.editor)
    rooms = client.get("/admin/").context["rooms"]
    names = {model["object_name"] for room in rooms for model in room["models"]}
    assert "Edition" in names
    assert names.isdisjoint({"Group", "User", "Job", "SweepPass", "Message"})


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-hans"), ("/en", "en")])
def test_the_frame_links_the_board_the_languages_and_the_way_out(prefix, language, cast, client):
    client.force_login(cast.editor)
    with translation.override(language):  # a request leaves its language behind
        page = client.get(f"{prefix}/admin/")
    assert page.headers["Content-Language"] == language
    assert f'href="{prefix}/schools/first/"' in said(page)
    assert 'href="/zh-hant/admin/"' in said(page) and 'href="/en/admin/"' in said(page)
    assert f'action="{prefix}/accounts/sign-out/"' in said(page)


@translation.override("zh-hans")
def test_a_row_says_what_has_to_happen_next(cast, stage):
    wrong = stage.published(title="有误的")
    wrong.propose_withdrawal(by=cast.editor, ground="error", reason="金额有误")
    [row] = desk.section("to-decide", cast.office).rows
    assert desk.next_step(row) == "有人提议撤回，等另一位决定"
    stage.in_review()
    [row] = desk.section("waiting", cast.head).rows
    assert desk.next_step(row) == "等部门负责人审核"


def test_the_system_administrator_has_rooms_but_no_lists(cast, stage, client):
    stage.in_review(), stage.published()
    client.force_login(cast.sysadmin)
    page = client.get("/admin/")
    assert page.context["lists"] == [] and not page.context["may_draft"]
    assert page.context["rooms"]
