"""People from a workbook: everything wrong at once, all or none, and a code each to begin with."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation import importing
from portal.organisation.codes import digests_of, plain
from portal.organisation.models import ActivationCode, User
from tests.disclosures.papers import heavy
from tests.portal.newcomers import HEAD, IMPORT, LI, WANG, book, newcomers, sent
from tests.portal.test_text_files import office, pdf, zipped


def faults(client, cast, *rows, head=HEAD):
    client.force_login(cast.office)
    answer = sent(client, cast, book(*rows, head=head))
    assert answer.status_code == 422
    return [tuple(fault) for fault in answer.context["faults"]]


def test_accounts_open_with_home_affiliations_posts_and_a_code(cast, client, classes):
    first, second = newcomers(client, cast, WANG, LI)
    wang, li = User.objects.get(username="wang"), User.objects.get(username="li")
    assert (wang.name, wang.phone, wang.email, wang.home) == (
        "王老师",
        "13800000001",
        "wang@example.com",
        cast.school,
    )
    assert (wang.has_usable_password(), wang.is_staff, li.is_staff) == (False, True, False)
    assert set(wang.affiliations.values_list("kind", flat=True)) == {"staff", "party"}
    assert set(li.affiliations.values_list("kind", "school_class__name")) == {
        ("parents", "一年级1班"),
        ("parents", "二年级2班"),
    }
    post = wang.posts.get()
    assert (post.office, post.department, post.school) == ("editor", cast.department, cast.school)
    assert (len(plain(first.code)), len(plain(second.code))) == (20, 20)
    row = ActivationCode.objects.get(user=wang)
    assert (row.code_digest, row.made_by) == (digests_of(first.code)[0], cast.office)
    assert row.expires_at - row.made_at == timedelta(days=30)


def test_codes_are_told_on_one_private_page_or_in_one_file(cast, client, classes):
    client.force_login(cast.office)
    answer = sent(client, cast, book(WANG))
    code = answer.context["newcomers"][0].code
    assert code in answer.content.decode()
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    answer = sent(client, cast, book(LI), csv="1")
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert rows[0] == ["姓名", "用户名", "激活码"] and rows[1][:2] == ["李家长", "li"]
    assert ActivationCode.objects.get(user__username="li").code_digest == digests_of(rows[1][2])[0]
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_every_account_affiliation_and_post_is_an_act_and_so_is_the_import(cast, client, classes):
    before = Act.objects.count()
    newcomers(client, cast, WANG, LI)
    acts = list(Act.objects.order_by("id").values_list("name", "actor_id")[before:])
    names = ["register", "affiliate", "affiliate", "appoint"]
    names += ["register", "affiliate", "affiliate", "import"]
    assert acts == [(name, str(cast.office.pk)) for name in names]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_saved(cast, client, classes):
    before = User.objects.count()
    told = faults(
        client,
        cast,
        WANG,
        ["", "editor", "", "bad", "校友", "", "", ""],
        ["重", "wang", "", "WANG@example.com", "家长", "三年级9班", "", ""],
        ["部", "bu", "", "", "", "", "信息员", "后勤处"],
        ["长", "chang", "", "", "教职工", "一年级1班", "局长", "总务处"],
        ["同", "tong", "", "", "学生", "实验班", "", ""],
        ["无", "wu x", "", "", "", "", "", ""],
        ["缺", "que", "", "", "家长", "", "部门负责人", ""],
    )
    assert {(row, column) for row, column, _sentence in told} == {
        (3, "姓名"),
        (3, "用户名"),
        (3, "电子邮箱"),
        (3, "身份"),
        (4, "用户名"),
        (4, "电子邮箱"),
        (4, "班级"),
        (5, "部门"),
        (6, "班级"),
        (6, "职务"),
        (6, "部门"),
        (7, "班级"),
        (8, "用户名"),
        (8, "身份"),
        (9, "班级"),
        (9, "部门"),
    }
    sentences = {(row, column): sentence for row, column, sentence in told}
    assert sentences[3, "用户名"] == "这个用户名已有人使用，请换一个。"
    assert sentences[3, "身份"] == "身份只能填写：教职工、家长、学生、党员。"
    assert sentences[4, "班级"] == "本校没有这个班级，请先在“班级”里建立。"
    assert sentences[7, "班级"] == (
        "有几个班级叫这个名称，请在前面加上入学年份，如“2026一年级1班”。"
    )
    assert [row for row, *_rest in told] == sorted(row for row, *_rest in told)
    assert (User.objects.count(), ActivationCode.objects.count()) == (before, 0)


def test_a_class_of_two_years_is_named_with_its_year(cast, client, classes):
    newcomers(client, cast, ["同", "tong", "", "", "学生", "2024实验班", "", ""])
    assert User.objects.get(username="tong").affiliations.get().school_class.entry_year == 2024


def test_the_head_may_stand_in_any_order_script_or_language(cast, client, classes):
    client.force_login(cast.office)
    head = ["用戶名", "姓名", "备注", "身份"]
    sent(client, cast, book(["zhou", "周", "x", "教職工"], head=head))
    assert User.objects.get(username="zhou").affiliations.get().kind == "staff"


def test_a_head_without_names_and_a_table_without_people_say_so(cast, client):
    assert faults(client, cast, ["a"], head=["甲"]) == [
        (1, "姓名", "第一行缺少这一列。请用模板填写。"),
        (1, "用户名", "第一行缺少这一列。请用模板填写。"),
    ]
    assert faults(client, cast) == [(2, "", "表里没有人员。请从第二行起填写。")]


def test_a_row_nobody_sees_opens_no_account(cast, client, classes):
    workbook = openpyxl.load_workbook(io.BytesIO(book(WANG, LI)))
    workbook.active.row_dimensions[3].hidden = True
    workbook.save(stream := io.BytesIO())
    client.force_login(cast.office)
    answer = sent(client, cast, stream.getvalue())
    unseen = "这一行在表里是隐藏的。请取消隐藏，或删除这一行。"
    assert [tuple(fault) for fault in answer.context["faults"]] == [(3, "", unseen)]
    assert not User.objects.filter(username__in=["wang", "li"]).exists()


BAD = {
    "renamed": ("a.xlsx", b"PK not a zip", "文件已损坏或不完整"),
    "web page": ("a.xlsx", b"<html></html>", "文件内容不是 xlsx 格式"),
    "document": ("a.xlsx", office(), "文件内容不是 xlsx 格式"),
    "other kind": ("a.pdf", pdf(), "请上传 .xlsx 文件"),
    "zip bomb": ("a.xlsx", zipped({"xl/workbook.xml": b"0" * 30_000_000}), "文件展开后过大"),
    "50 MB": ("a.xlsx", b"PK\x03\x04" + b"0" * 52_428_800, "文件超过 20 MB"),
    "empty": ("a.xlsx", b"", "文件是空的"),
    "row without end": (
        "a.xlsx",
        heavy("xl/worksheets/sheet1.xml", "<c/>", 500_001),
        "工作簿内容太多",
    ),
    "too many": ("a.xlsx", book(*[[f"n{n}", f"u{n}"] for n in range(501)]), "一次最多导入500人"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), BAD.values(), ids=BAD)
def test_a_file_that_is_no_table_of_people_is_refused(cast, client, name, content, sentence):
    client.force_login(cast.office)
    before = User.objects.count()
    assert sentence in sent(client, cast, content, name=name).content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("name", ["principal", "supervisor", "editor", "teacher", "sysadmin"])
def test_only_the_schools_office_imports_people(cast, client, name):
    client.force_login(getattr(cast, name))
    assert client.get(IMPORT).status_code in (302, 403)
    assert sent(client, cast, book(WANG)).status_code in (302, 403)
    assert not User.objects.filter(username="wang").exists()


def test_no_office_imports_into_another_school(cast, client):
    client.force_login(cast.office2)
    answer = sent(client, cast, book(WANG), school=cast.school)
    assert answer.context["form"].errors["school"]
    assert not User.objects.filter(username="wang").exists()


def test_nobody_appoints_themselves_by_a_row(cast, client):
    told = faults(client, cast, ["公开办主任", "office", "", "", "", "", "校长", ""])
    assert told == [(2, "用户名", "这个用户名已有人使用，请换一个。")]


def test_a_name_taken_in_between_leaves_nothing_behind(cast, classes):
    lines, found = importing.read_people("a.xlsx", io.BytesIO(book(LI, WANG)), school=cast.school)
    assert found == []
    User.objects.create(username="wang", name="别人")
    before = Act.objects.count()
    with pytest.raises(Refused):
        importing.open_accounts(lines, school=cast.school, by=cast.office)
    assert not User.objects.filter(username="li").exists()
    assert (ActivationCode.objects.count(), Act.objects.count()) == (0, before)


def test_the_template_is_itself_a_table_that_fits(cast, client):
    client.force_login(cast.office)
    answer = client.get(IMPORT, {"template": "1"})
    lines, found = importing.read_people("a.xlsx", io.BytesIO(answer.content), school=cast.school)
    assert found == [] and lines[0].user.username == "zhangsan"
