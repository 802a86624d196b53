"""What the history tells of an act: fields, words, rights; and that every row knows its act."""

from django.urls import reverse

from disclosures.models import Register
from portal.history.changes import changes_of, folded
from portal.ledger.models import Act
from portal.organisation.models import Office, Post
from portal.text.diff import Piece


def last_changes(name):
    """{row label: {field label: (before, after)}} of the newest act of that name."""
    act = Act.objects.filter(name=name).order_by("-id").first()
    rows = changes_of(act.uuid)
    return {
        row.label: {field.label: (field.before, field.after) for field in row.fields}
        for row in rows
        if not row.sentence
    }


def sentences(name):
    act = Act.objects.filter(name=name).order_by("-id").first()
    return [row.sentence for row in changes_of(act.uuid) if row.sentence]


def test_an_edit_tells_the_words_that_changed(cast, stage):
    edition = stage.draft(
        title="秋季收费公示", body="<p>课后服务费每月<strong>180</strong>元。</p>"
    )
    edition.edit(
        by=cast.editor,
        version=0,
        title="秋季学期收费公示",
        body="<p>课后服务费每月<strong>150</strong>元。</p>",
        audiences=["public", "parents"],
    )
    assert last_changes("edit") == {
        "公开文稿": {
            "标题": ("秋季收费公示", "秋季学期收费公示"),
            "正文": ("课后服务费每月180元。", "课后服务费每月150元。"),
            "公开范围": ("社会公众", "社会公众、家长"),
        }
    }
    act = Act.objects.get(name="edit")
    title, body, _audiences = changes_of(act.uuid)[0].fields
    assert title.pieces == [
        Piece("same", "秋季"),
        Piece("added", "学期"),
        Piece("same", "收费公示"),
    ]
    assert body.pieces == [
        Piece("same", "课后服务费每月"),
        Piece("removed", "180"),
        Piece("added", "150"),
        Piece("same", "元。"),
    ]


def test_a_draft_tells_every_field_it_began_with_and_the_right_it_gave(cast, stage):
    stage.draft(title="食堂收费", audiences=["parents"], inner_reason="只涉及本校家长")
    told = last_changes("draft")
    assert told["公开文稿"] == {
        "公开事项": ("", "（尚未编号）"),
        "标题": ("", "食堂收费"),
        "正文": ("", "本学期收费项目如下。"),
        "文本语言": ("", "简体中文"),
        "成文日期": ("", Act.objects.get(name="draft").at.astimezone().date().isoformat()),
        "体裁": ("", "通知"),
        "公开范围": ("", "家长"),
        "不对社会公开的理由": ("", "只涉及本校家长"),
        "已作保密审查，不涉密": ("", "是"),
        "版次": ("", "1"),
        "状态": ("", "草稿"),
        "起草人": ("", "信息员甲"),
        "起草时间": told["公开文稿"]["起草时间"],
    }
    assert told["公开事项"]["责任部门"] == ("", "总务处")
    assert sentences("draft") == ["授予总务处 信息员对本事项的编辑权"]


def test_an_approval_tells_the_step_and_the_rights_that_moved(cast, stage):
    edition = stage.in_review()
    assert sentences("submit") == ["授予总务处 部门负责人对本事项的审核权"]
    edition.approve(by=cast.head, seen=edition.content_digest(), opinion="同意公开")
    act = Act.objects.get(name="approve")
    titles = [row.title for row in changes_of(act.uuid) if row.label == "审核"]
    assert sorted(titles) == ["专项审核", "部门负责人"]
    assert sorted(sentences("approve")) == sorted(
        ["收回总务处 部门负责人对本事项的审核权", "授予示范区第一小学 专项审核对本事项的审核权"]
    )


def test_people_are_told_without_their_telephone(cast):
    cast.teacher.phone = "13812345678"
    cast.teacher.save()
    cast.teacher.deactivate(by=cast.office, reason="调离")
    assert last_changes("deactivate") == {"人员": {"账号有效": ("是", "否")}}
    post = Post(user=cast.member, school=cast.school, office=Office.DEPUTY_HEAD)
    post.appoint(by=cast.sysadmin)
    assert last_changes("appoint")["任职"]["人员"] == ("", "党员教师")
    assert "13812345678" not in str([changes_of(act.uuid) for act in Act.objects.all()])


def test_a_long_unchanged_stretch_is_cut_around_the_change():
    pieces = folded([Piece("same", "甲" * 500), Piece("removed", "乙")])
    assert pieces == [
        Piece("same", "甲" * 80),
        Piece("gap", "〔此处340字未变〕"),
        Piece("same", "甲" * 80),
        Piece("removed", "乙"),
    ]


def test_the_act_page_marks_words_by_element_and_escapes_them(cast, stage, client):
    edition = stage.draft(summary="旧<script>alert(1)</script>" + "说明" * 50)
    edition.edit(by=cast.editor, version=0, summary="新<script>alert(1)</script>" + "说明" * 50)
    act = Act.objects.get(name="edit")
    client.force_login(cast.supervisor)
    html = client.get(reverse("admin:ledger_act_change", args=[act.uuid])).content.decode()
    assert '<del><span class="history-said">（删去）</span>旧</del>' in html
    assert '<ins><span class="history-said">（新增）</span>新</ins>' in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html


def test_two_states_stand_beside_each_other_word_by_word(cast, stage, client):
    edition = stage.draft(title="收费公示", body="<p>每月180元。</p>")
    edition.edit(by=cast.editor, version=0, body="<p>每月160元。</p>")
    edition.edit(by=cast.editor, version=1, body="<p>每月150元。</p>")
    first, second, third = Act.objects.about(edition.disclosure_id).order_by("id")
    client.force_login(cast.supervisor)
    page = reverse("admin:ledger_act_comparison", args=[edition.disclosure_id])

    def shown(**asked):
        fields = client.get(page, asked).context["states"].fields()
        return [(field.label, field.before, field.after) for field in fields]

    assert shown() == [("正文", "每月180元。", "每月150元。")]
    assert shown(before=second.uuid, after=third.uuid) == [("正文", "每月160元。", "每月150元。")]
    assert shown(before=third.uuid, after=first.uuid) == [("正文", "每月180元。", "每月150元。")]
    assert shown(before=second.uuid, after=second.uuid) == []
    assert shown(before="x", after="") == [("正文", "每月180元。", "每月150元。")]


def test_editions_of_one_matter_are_compared_across_a_correction(cast, stage, client):
    edition = stage.published(body="<p>每月180元。</p>")
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, body="<p>每月150元。</p>", change_note="金额写错")
    client.force_login(cast.supervisor)
    page = reverse("admin:ledger_act_comparison", args=[edition.disclosure_id])
    fields = client.get(page).context["states"].fields()
    assert [(field.label, field.before, field.after) for field in fields] == [
        ("正文", "每月180元。", "每月150元。"),
        ("更正说明", "", "金额写错"),
    ]


def test_a_changed_register_tells_its_columns_by_their_headings(cast):
    columns = [{"name": "day", "label": "日期", "type": "day", "choices": []}]
    row = Register(school=cast.school, name="食谱", columns=columns)
    row.define(by=cast.office)
    added = {"name": "", "label": "菜品", "type": "prose", "choices": []}
    row.change(by=cast.office, version=1, columns=[*columns, added])
    assert last_changes("change") == {
        "登记表": {"列的说明": ("日期（日期）", "日期（日期）、菜品（长文字）")}
    }
