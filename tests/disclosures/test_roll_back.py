"""Taking an earlier text back: an edit with old words, that never touches what is sealed."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosures.models import Attachment, Edition, State
from disclosures.models.life import TRANSITIONS
from tests.disclosures.conftest import STALE, concerns, not_yours, told, wrong_state
from tests.disclosures.workplace import address, said, stored

FIRST = {"title": "第一稿", "body": "<p>每生12元。</p>"}


def drafted(stage, **content):
    """A draft whose first text was changed once."""
    edition = stage.draft(**FIRST, **content)
    edition.edit(
        by=edition.drafted_by, version=edition.version, title="第二稿", body="<p>每生15元。</p>"
    )
    return edition


def first_state(edition):
    return Edition.history.filter(id=edition.pk).earliest("history_id")


def roll_back(edition, by, earlier=None, reason="旧稿更准"):
    edition.roll_back(
        by=by, earlier=earlier or first_state(edition), reason=reason, version=edition.version
    )


def test_an_earlier_state_of_the_draft_comes_back_as_its_new_text(cast, stage):
    edition = drafted(stage)
    roll_back(edition, cast.editor_same)
    now = stored(edition)
    assert (now.title, now.body, now.version) == ("第一稿", "<p>每生12元。</p>", 2)
    assert (now.drafted_by, now.edited_by, now.state) == (
        cast.editor,
        cast.editor_same,
        State.DRAFT,
    )
    assert Edition.history.filter(id=edition.pk, title="第二稿").exists()


def test_it_records_one_act_with_its_reason_and_both_digests(cast, stage, recording):
    edition = drafted(stage)
    before = edition.content_digest()
    with recording() as record:
        roll_back(edition, cast.editor)
    assert told(record.act) == ("roll_back", "信息员甲", "first", "K12-E", "K12-E01", "旧稿更准")
    assert concerns(record.act, edition)
    after = stored(edition).content_digest()
    assert (record.act.digest_before, record.act.digest_after) == (before, after)
    assert before != after
    assert (record.history, record.messages) == ({"Edition": 1}, set())


def test_editors_of_the_department_and_the_office_may_and_nobody_else(stage, only):
    only(
        drafted(stage),
        roll_back,
        may={"editor", "editor_same", "office"},
        sentence=not_yours("取回旧稿"),
    )


def test_what_is_in_review_or_sealed_takes_nothing_back(cast, stage, refused):
    assert TRANSITIONS["roll_back"] == ({State.DRAFT}, State.DRAFT)
    for state, edition in (("审核中", stage.in_review()), ("已公开", stage.published())):
        with refused(wrong_state(state, "取回旧稿")):
            roll_back(edition, cast.editor)


def test_a_correction_takes_the_words_of_the_edition_before_and_leaves_it_alone(cast, stage):
    first = stage.published(**FIRST)
    digest = first.digest
    second = first.correct(by=cast.editor)
    second.edit(by=cast.editor, version=0, body="<p>每生15元。</p>", change_note="金额更正")
    roll_back(second, cast.editor, earlier=stored(first))
    now = stored(second)
    assert (now.body, now.change_note) == ("<p>每生12元。</p>", "金额更正")
    assert (now.number, now.based_on, now.sealed_at) == (2, first, None)
    assert (stored(first).state, stored(first).content_digest()) == (State.PUBLISHED, digest)


def test_files_stay(cast, stage):

    edition = drafted(stage)
    Attachment.objects.attach(edition, ContentFile(b"abc", name="a.txt"), by=cast.editor)
    roll_back(edition, cast.editor)
    assert edition.attachments.kept().count() == 1


def test_the_words_of_another_matter_a_stale_page_and_no_reason_are_refused(cast, stage, refused):
    edition, other = drafted(stage), drafted(stage)
    with refused("只能取回同一公开事项以前的文字。"):
        roll_back(edition, cast.editor, earlier=first_state(other))
    with refused("取回旧稿请写明理由，同事要知道为什么改回去。"):
        roll_back(edition, cast.editor, reason=" ")
    with refused("这一稿和现在的文字相同，不用取回。"):
        roll_back(edition, cast.editor, earlier=stored(edition))
    late = stored(edition)
    edition.edit(by=cast.editor_same, version=edition.version, summary="先存的")
    with refused(STALE):
        roll_back(late, cast.editor)
    assert (late.title, stored(edition).summary) == ("第二稿", "先存的")


def state_address(edition):
    return address("earlier_state", edition, state=first_state(edition).history_id)


def test_the_pages_list_compare_and_take_back(cast, stage, client):
    edition = drafted(stage)
    client.force_login(cast.editor)
    assert address("earlier", edition) in said(client.get(address("change", edition)))
    listed = client.get(address("earlier", edition))
    assert [(e.label, e.who, e.address) for e in listed.context["states"]] == [
        ("起草 · 第一稿", "信息员甲", state_address(edition))
    ]
    page = client.get(state_address(edition))
    assert "<del>15</del>" in said(page) and "<ins>12</ins>" in said(page)
    version = page.context["form"]["version"].value()
    assert "这个字段是必填项" in said(client.post(state_address(edition), {"version": version}))
    typed = {"version": version, "reason": "旧稿更准"}
    answer = client.post(state_address(edition), typed)
    assert answer.url == address("change", edition)
    assert stored(edition).title == "第一稿"
    again = client.post(state_address(edition), typed)
    assert again.status_code == 409 and "旧稿更准" in said(again) or "相同" in said(again)


def test_a_colleague_was_quicker_the_page_shows_the_text_of_now(cast, stage, client):
    edition = drafted(stage)
    client.force_login(cast.editor)
    version = client.get(state_address(edition)).context["form"]["version"].value()
    edition.edit(by=cast.editor_same, version=edition.version, title="第三稿")
    typed = {"version": version, "reason": "旧稿更准"}
    answer = client.post(state_address(edition), typed)
    assert answer.status_code == 409
    assert STALE in said(answer) and "第三" in said(answer) and "旧稿更准" in said(answer)
    assert stored(edition).title == "第三稿"
    typed["version"] = answer.context["form"]["version"].value()
    assert client.post(state_address(edition), typed).status_code == 302
    assert stored(edition).title == "第一稿"


def test_the_difference_page_leads_to_the_edition_before(cast, stage, client):
    first = stage.published(**FIRST)
    second = first.correct(by=cast.editor)
    second.edit(by=cast.editor, version=0, body="<p>每生15元。</p>")
    back = address("earlier_edition", second, other=first.pk)
    client.force_login(cast.editor)
    assert back in said(client.get(address("difference", second)))
    page = client.get(back)
    assert "第1版" in said(page) and "<ins>12</ins>" in said(page)
    typed = {"version": page.context["form"]["version"].value(), "reason": "不改了"}
    assert client.post(back, typed).status_code == 302
    assert stored(second).body == "<p>每生12元。</p>"
    client.force_login(cast.principal)
    assert back not in said(client.get(address("difference", second)))


def test_strangers_find_nothing_and_readers_are_told(cast, stage, client):
    edition, other = drafted(stage), drafted(stage)
    pages = (address("earlier", edition), state_address(edition))
    for stranger in (cast.editor2, cast.office2, cast.editor_other, cast.bureau, cast.sysadmin):
        client.force_login(stranger)
        assert [client.get(page).status_code for page in pages] == [404, 404]
    client.force_login(cast.principal)
    for page in pages:
        answer = client.post(page, {"version": edition.version, "reason": "改回去"})
        assert answer.status_code == 403 and not_yours("取回旧稿") in said(answer)
    client.force_login(cast.editor)
    for key in (first_state(other).history_id, 10**30):
        crossed = address("earlier_state", edition, state=key)
        assert client.get(crossed).status_code == 404
    assert client.get(address("earlier_edition", edition, other=other.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_of_earlier_texts_costs_the_same(count, cast, stage, client):

    edition = drafted(stage)
    for number in range(count):
        edition.edit(by=cast.editor, version=edition.version, title=f"第{number}次")
    client.force_login(cast.editor)
    client.get(address("earlier", edition))
    with CaptureQueriesContext(connection) as queries:
        client.get(address("earlier", edition))
    assert len(queries) <= 12
