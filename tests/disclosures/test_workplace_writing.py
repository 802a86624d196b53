"""Writing a notice: beginning it, saving it, bad input, and two people at once."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from disclosures.models import Adoption, Edition, Reading, State
from portal.ledger.models import Act
from portal.ledger.moments import today
from portal.organisation.models import Authority, Office
from tests.disclosures.workplace import address, said, stored

TEXT = {
    "title": "2026年秋季学期收费公示",
    "body": "<p>本学期收费项目如下。</p>",
    "audiences": ["public"],
    "written_on": "2026-09-01",
    "genre": "notice",
    "language": "zh-Hans",
    "is_cleared": "on",
}


def beginning(cast, **more):
    chosen = {"department": cast.department.pk, "entry": cast.entry.pk, "key": uuid.uuid4()}
    return TEXT | chosen | more


def saving(edition, **more):
    return TEXT | {"version": edition.version} | more


def test_one_chooses_the_matter_first(cast, client):
    client.force_login(cast.editor)
    page = client.get(address("add"))
    assert list(page.context["groups"]) == ["学校概况", "收费"]
    chosen = client.get(address("add"), {"department": cast.department.pk, "entry": cast.entry.pk})
    form = chosen.context["form"]
    assert (form["entry"].value(), form["audiences"].value()) == (cast.entry.pk, ["public"])
    assert list(form.fields["department"].queryset) == [cast.department]


def test_a_new_draft_holds_what_was_typed(cast, client):
    client.force_login(cast.editor)
    answer = client.post(address("add"), beginning(cast, summary="收费\u200b项目"))
    edition = Edition.objects.get()
    assert answer.url == address("change", edition)
    assert (edition.title, edition.body, edition.summary) == (
        TEXT["title"],
        TEXT["body"],
        "收费项目",
    )
    assert (edition.drafted_by, edition.disclosure.department) == (cast.editor, cast.department)


def test_a_form_sent_twice_begins_one_draft(cast, client):
    client.force_login(cast.editor)
    typed = beginning(cast)
    first, second = client.post(address("add"), typed), client.post(address("add"), typed)
    assert first.url == second.url
    assert Edition.objects.count() == Act.objects.filter(name="draft").count() == 1
    assert "没有重复建立" in said(client.get(second.url))


@pytest.mark.parametrize("who", ["head", "supervisor", "principal", "sysadmin"])
def test_who_holds_no_drafting_office_may_not_begin(who, cast, client):
    client.force_login(getattr(cast, who))
    assert client.get(address("add")).status_code == 403
    assert client.post(address("add"), beginning(cast)).status_code == 403
    assert not Edition.objects.exists()


def test_another_department_or_school_cannot_be_chosen(cast, client):
    client.force_login(cast.editor)
    for department in (cast.other_department, cast.department2):
        answer = client.post(address("add"), beginning(cast, department=department.pk))
        assert answer.status_code == 200 and answer.context["form"].errors["department"]
    assert not Edition.objects.exists()


def test_a_matter_the_school_has_switched_off_cannot_be_chosen(cast, client):
    Adoption.objects.of(cast.school, cast.entry).switch_off(by=cast.office, reason="不涉及")
    client.force_login(cast.editor)
    answer = client.post(address("add"), beginning(cast))
    assert answer.context["form"].errors["entry"]
    assert TEXT["body"] in answer.context["form"]["body"].value()


BAD = [
    ({"title": "长" * 201}, "现有201个字，最多200个字，请删减后再保存。"),
    ({"title": " "}, "这个字段是必填项。"),
    ({"title": "收\x00费"}, "含有看不见的控制字符（U+0000）"),
    ({"body": "<p>一\x07二</p>"}, "含有看不见的控制字符（U+0007）"),
    ({"body": "<p>" + "长" * 170_000 + "</p>"}, "正文现有510007字节，最多500000字节。"),
    ({"closes_on": "2020-01-01"}, "这一天已经过去，请改为今天或以后；长期公开的不填。"),
    ({"written_on": "昨天"}, "输入一个有效的日期。"),
    ({"audiences": ["everybody"]}, "选择一个有效的选项"),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_bad_input_is_refused_with_a_sentence_and_everything_kept(
    typed, sentence, cast, stage, client
):
    draft = stage.draft()
    client.force_login(cast.editor)
    for url, form in (
        (address("add"), beginning(cast, summary="写好的概述", **typed)),
        (address("change", draft), saving(draft, summary="写好的概述", **typed)),
    ):
        answer = client.post(url, form)
        assert answer.status_code == 200
        assert sentence in said(answer)
        [name] = typed
        assert answer.context["form"][name].value() == typed[name]
        assert answer.context["form"]["summary"].value() == "写好的概述"
    assert Edition.objects.count() == 1 and stored(draft).version == draft.version


def test_saving_edits_the_draft(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    answer = client.post(address("change", draft), saving(draft, title="新标题", closes_on=today()))
    assert answer.url == address("change", draft)
    now = stored(draft)
    assert (now.title, now.closes_on, now.version) == ("新标题", today(), draft.version + 1)


def test_a_digest_before_the_edit_is_that_of_the_stored_text(cast, stage, client):
    draft = stage.draft()
    before = stored(draft).content_digest()
    client.force_login(cast.editor)
    client.post(address("change", draft), saving(draft, title="新标题"))
    act = Act.objects.get(name="edit")
    assert (act.digest_before, act.digest_after) == (before, stored(draft).content_digest())


def test_the_second_saver_sees_both_texts_and_loses_nothing(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor_same)
    client.post(address("change", draft), saving(draft, title="乙的标题"))
    client.force_login(cast.editor)
    late = saving(draft, title="甲的标题", body="<p>甲写的正文。</p>")
    answer = client.post(address("change", draft), late)
    assert answer.status_code == 409
    assert stored(draft).title == "乙的标题"
    labels = [str(label) for label, _rows in answer.context["conflict"]["parts"]]
    assert labels == ["标题", "正文"]
    form = answer.context["form"]
    assert (form["title"].value(), form["body"].value()) == ("甲的标题", "<p>甲写的正文。</p>")
    again = client.post(address("change", draft), late | {"version": form["version"].value()})
    assert again.status_code == 302
    assert stored(draft).title == "甲的标题"


def test_what_only_the_colleague_changed_is_taken_over_and_shown(cast, stage, client):
    draft = stage.draft(summary="旧概述")
    client.force_login(cast.editor_same)
    theirs = {"title": "乙的标题", "summary": "乙的概述", "audiences": ["staff", "parents"]}
    client.post(address("change", draft), saving(draft, **theirs, inner_reason="仅限校内"))
    client.force_login(cast.editor)
    mine = saving(draft, title="甲的标题", summary="旧概述", is_cleared="")
    answer = client.post(address("change", draft), mine)
    conflict = answer.context["conflict"]
    labels = {name: [str(label) for label, _rows in conflict[name]] for name in ("parts", "taken")}
    assert labels == {
        "parts": ["标题", "已作保密审查，不涉密"],
        "taken": ["内容概述", "公开范围", "不对社会公开的理由"],
    }
    form = answer.context["form"]
    assert form["summary"].value() == "乙的概述"
    assert form["audiences"].value() == ["staff", "parents"]
    page = said(answer)
    assert "<del>乙</del>的标题" in page and "<ins>甲</ins>的标题" in page
    again = {name: form[name].value() for name in mine if form[name].value() is not None}
    assert client.post(address("change", draft), again).status_code == 302
    now = stored(draft)
    assert (now.title, now.summary, now.audiences, now.is_cleared) == (
        "甲的标题",
        "乙的概述",
        ["staff", "parents"],
        False,
    )


def test_the_same_text_saved_twice_is_no_conflict(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    typed = saving(draft, title="新标题")
    client.post(address("change", draft), typed)
    answer = client.post(address("change", draft), typed)
    assert answer.status_code == 302
    assert "没有重复保存" in said(client.get(answer.url))
    assert Act.objects.filter(name="edit").count() == 1


def test_a_text_in_review_is_not_saved_and_what_was_typed_is_shown(cast, stage, client):
    draft = stage.draft()
    draft.submit(by=cast.editor_same)
    client.force_login(cast.editor)
    answer = client.post(address("change", draft), saving(draft, body="<p>晚到的一段。</p>"))
    assert answer.status_code == 409
    assert "晚到的一段" in said(answer) and "这份文稿现在是“审核中”" in said(answer)
    assert "晚到的一段" not in stored(draft).body


def test_a_stranger_finds_no_draft(cast, stage, client):
    draft = stage.draft()
    for stranger in (cast.editor2, cast.editor_other, cast.bureau, cast.sysadmin):
        client.force_login(stranger)
        assert client.get(address("change", draft)).status_code == 404
        assert client.post(address("change", draft), saving(draft)).status_code == 404
    assert stored(draft).version == draft.version


def test_who_may_read_but_not_write_gets_no_form(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.principal)
    page = client.get(address("change", draft))
    assert page.status_code == 200 and "form" not in page.context
    assert client.post(address("change", draft), saving(draft, title="改")).status_code == 409
    assert stored(draft).title == draft.title


def test_the_editor_comes_with_the_nonce_of_the_page(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    page = client.get(address("change", draft))
    policy = page.headers["Content-Security-Policy"]
    nonce = page.wsgi_request._csp_nonce
    assert f"'nonce-{nonce}'" in policy and "unsafe-eval" not in policy
    assert f'<script type="importmap" nonce="{nonce}">' in said(page)
    scripts = policy.split("script-src ")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert '<label for="id_body">' in said(page) and "<textarea" in said(page)


def test_a_file_is_attached_named_and_taken_out(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    upload = SimpleUploadedFile("标准.csv", "项目,标准\n伙食费,12\n".encode())
    answer = client.post(address("attach", draft), {"file": upload, "title": "收费标准一览表"})
    assert answer.url == address("change", draft) + "#files"
    kept = draft.attachments.get()
    assert (kept.title, kept.name) == ("收费标准一览表", "标准.csv")
    sent = client.get(address("file", draft, attachment=kept.pk))
    assert b"".join(sent.streaming_content).startswith("项目".encode())
    assert sent.headers["Content-Disposition"].startswith("attachment")
    removal = address("detach", draft, attachment=kept.pk)
    assert client.post(removal).status_code == 302
    assert not draft.attachments.kept().exists()
    assert "没有重复办理" in said(client.post(removal, follow=True))


def test_an_unfit_file_is_named_with_its_reason(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    for upload, words in (
        (SimpleUploadedFile("公示.pdf", b"MZ\x90 not a pdf"), "没有上传"),
        (SimpleUploadedFile("公示.exe", b"MZ"), "不能上传 exe 类型的文件"),
    ):
        answer = client.post(address("attach", draft), {"file": upload}, follow=True)
        assert upload.name in said(answer) and words in said(answer)
    assert "请先选择要上传的文件" in said(client.post(address("attach", draft), follow=True))
    assert not draft.attachments.exists()


def test_files_of_others_are_out_of_reach(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    client.post(address("attach", draft), {"file": SimpleUploadedFile("a.txt", b"abc")})
    kept = draft.attachments.get()
    review = stage.in_review(title="另一份")
    for user, status in ((cast.editor2, 404), (cast.sysadmin, 404), (cast.principal, 403)):
        client.force_login(user)
        upload = SimpleUploadedFile("b.txt", b"abc")
        assert client.post(address("attach", draft), {"file": upload}).status_code == status
        assert client.post(address("detach", draft, attachment=kept.pk)).status_code == status
    client.force_login(cast.editor2)
    assert client.get(address("file", draft, attachment=kept.pk)).status_code == 404
    client.force_login(cast.editor)
    assert client.get(address("file", review, attachment=kept.pk)).status_code == 404
    answer = client.post(address("attach", review), {"file": SimpleUploadedFile("c.txt", b"c")})
    assert answer.status_code == 403
    assert (draft.attachments.count(), review.attachments.count()) == (1, 0)


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
