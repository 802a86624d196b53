"""Last period's notice as this one's draft: one act of drafting, from what is published."""

from uuid import uuid4

import pytest

from disclosures.models import Disclosure, Edition
from portal.ledger.models import Act
from tests.disclosures.typed_tables import fees, items
from tests.disclosures.workplace import address, said, stored

ONLY = "只能从已公开的最新一版沿用，由责任部门的信息员或校务公开办公室办理。"
REFUSED = "您不是这个部门的信息员，不能为它起草。"


@pytest.fixture
def notice(cast, stage):
    edition = stage.draft(
        summary="2026年秋季收费", document_number="示一小〔2026〕12号", keywords="收费"
    )
    edition.tabulate(by=cast.editor, table=fees(("作业本费", "12.5"), ("校服费", "180")))
    return stage.carry_out(edition)


def test_the_next_period_begins_with_the_text_and_the_table(cast, notice):
    draft = Disclosure.objects.roll_forward(notice, by=cast.editor)
    now = stored(draft)
    assert (now.title, now.summary, now.state) == (
        "2027年春季学期收费公示",
        "2027年春季收费",
        "draft",
    )
    assert (now.body, now.keywords, now.audiences) == (notice.body, "收费", ["public"])
    assert (now.document_number, now.closes_on, now.is_cleared) == ("", None, False)
    assert (now.disclosure.department, now.disclosure.entry) == (cast.department, cast.entry)
    assert now.disclosure_id != notice.disclosure_id and now.disclosure.index_number is None
    assert items(now) == [("作业本费", "12.5"), ("校服费", "180")]
    assert (now.sheet.period, now.sheet.disclosure_id) == ("2026-spring", now.disclosure_id)


def test_the_published_notice_stays_as_it_was(cast, notice):
    before = Edition.objects.filter(pk=notice.pk).values().get()
    rows = {row.id for row in notice.sheet.rows()}
    draft = Disclosure.objects.roll_forward(notice, by=cast.editor)
    assert Edition.objects.filter(pk=notice.pk).values().get() == before
    assert not rows & {row.id for row in draft.sheet.rows()}


def test_it_is_one_act_of_drafting(cast, notice, recording):
    with recording() as record:
        draft = Disclosure.objects.roll_forward(notice, by=cast.office)
    assert (record.act.name, record.act.object_id) == ("draft", str(draft.pk))
    assert record.act.actor_name == cast.office.name
    assert record.history["Edition"] == record.history["Sheet"] == 1


def test_who_may(cast, notice, only):
    only(
        notice,
        lambda edition, by: Disclosure.objects.roll_forward(edition, by=by),
        may={"editor", "editor_same", "office"},
        sentence=ONLY,
    )


def test_only_the_newest_published_edition_is_rolled_forward(cast, stage, notice, refused):
    second = notice.correct(by=cast.editor)
    with refused(ONLY):
        Disclosure.objects.roll_forward(second, by=cast.editor)
    second.edit(by=cast.editor, version=second.version, change_note="更正", is_cleared=True)
    stage.carry_out(second)
    with refused(ONLY):
        Disclosure.objects.roll_forward(stored(notice), by=cast.editor)
    assert Disclosure.objects.roll_forward(second, by=cast.editor).state == "draft"


def test_a_notice_without_a_table_takes_the_period_from_its_title(cast, stage):
    notice = stage.published(title="2026年第四季度收支")
    draft = Disclosure.objects.roll_forward(notice, by=cast.editor)
    assert (draft.title, draft.sheet) == ("2027年第一季度收支", None)


def test_what_does_not_hold_any_more_hinders_the_submission(cast, stage, notice):
    """An approval that has run out since comes along, and is named before the draft goes on."""
    sheet = notice.sheet
    old = sheet.table()
    old.rows[0].values["valid_to"] = "2026-01-01"
    draft = Disclosure.objects.draft(
        department=cast.department, entry=cast.entry, by=cast.editor, title="收费", table=old
    )
    told = "数据表第1行 执行截止：有效期已过，请换成现行的批准文件，或删去这一项。"
    assert told in draft.problems()


def test_the_clerk_sees_what_the_draft_will_say_before_it_is_begun(cast, notice, client):
    client.force_login(cast.editor)
    assert address("roll_forward", notice) in said(client.get(address("change", notice)))
    page = client.get(address("roll_forward", notice))
    labels = [str(label) for label, _rows in page.context["parts"]]
    assert labels[:3] == ["标题", "内容概述", "文号"]
    assert "2027年春季学期收费公示" in said(page)
    assert "<ins>2026—2027学年第二学期</ins>" in said(page)
    assert page.context["table"].counts == {"added": 0, "changed": 0, "removed": 0}
    assert [cell.column for cell in page.context["table"].header] == ["学期"]
    assert Edition.objects.count() == 1
    key = page.context["form"]["key"].value()
    answers = [client.post(address("roll_forward", notice), {"key": key}) for _click in range(2)]
    assert {answer.url for answer in answers} == {address("change", Edition(pk=key))}
    assert Edition.objects.count() == 2 and Act.objects.filter(name="draft").count() == 2
    assert "没有重复建立" in said(client.get(answers[0].url))
    assert "已经有同名的文稿" in said(client.get(address("roll_forward", notice)))


def test_others_find_no_such_page(cast, notice, client):
    everybody = (
        *((name, 404) for name in ("editor2", "office2", "editor_other", "sysadmin")),
        *((name, 403) for name in ("principal", "supervisor", "head")),
    )
    for name, status in everybody:
        client.force_login(getattr(cast, name))
        assert client.get(address("roll_forward", notice)).status_code == status, name
        sent = client.post(address("roll_forward", notice), {"key": uuid4()})
        assert sent.status_code == status, name
    assert Edition.objects.count() == 1


def test_a_draft_is_not_rolled_forward(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    assert client.get(address("roll_forward", draft)).status_code == 403
    assert "沿用上期" not in said(client.get(address("change", draft)))
