"""Writing a notice: beginning it, saving it, bad input, and two people at once."""

import uuid

import pytest

from disclosures.models import Adoption, Edition
from portal.ledger.models import Act
from portal.ledger.moments import today
from tests.disclosures.workplace import TEXT, address, said, saving, stored


def beginning(cast, **more):
    chosen = {"department": cast.department.pk, "entry": cast.entry.pk, "key": uuid.uuid4()}
    return TEXT | chosen | more


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
