"""People from a workbook: everything wrong at once, all or none, and a code each to begin with."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now
from portal.organisation import importing
from portal.organisation.access_forms import by_account, by_address
from portal.organisation.codes import digests_of, plain
from portal.organisation.models import ActivationCode, SchoolClass, User
from tests.portal.test_text_files import office, pdf, zipped

IMPORT = reverse("admin:organisation_user_import")
ACTIVATION = reverse("activation")
HEAD = ["姓名", "用户名", "手机", "电子邮箱", "身份", "班级", "职务", "部门"]
WANG = ["王老师", "wang", 13800000001, "wang@example.com", "教职工、党员", "", "信息员", "总务处"]
LI = ["李家长", "li", "", "", "家长", "一年级1班、二年级2班", "", ""]
OWN = "阳光-quite-my-own-7"
WRONG = "用户名或激活码不正确，或激活码已用过、已过期。请核对，或请校务公开办公室重发。"


@pytest.fixture(autouse=True)
def patience():
    by_address.clear()
    by_account.clear()


@pytest.fixture
def classes(cast):
    for year, name in (
        (2026, "一年级1班"),
        (2025, "二年级2班"),
        (2024, "实验班"),
        (2023, "实验班"),
    ):
        SchoolClass(school=cast.school, name=name, entry_year=year).save()


def book(*rows, head=HEAD):
    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (head, *rows):
        workbook.active.append(row)
    workbook.save(stream)
    return stream.getvalue()


def sent(client, cast, content, *, name="人员.xlsx", school=None, **more):
    upload = SimpleUploadedFile(name, content)
    school = school or cast.school
    return client.post(IMPORT, {"school": school.pk, "file": upload, **more})


def newcomers(client, cast, *rows):
    client.force_login(cast.office)
    return sent(client, cast, book(*rows)).context["newcomers"]


def faults(client, cast, *rows, head=HEAD):
    client.force_login(cast.office)
    answer = sent(client, cast, book(*rows, head=head))
    assert answer.status_code == 422
    return [tuple(fault) for fault in answer.context["faults"]]


def activated(client, username, code, first=OWN, second=None):
    typed = {"username": username, "code": code, "new_password1": first}
    return client.post(ACTIVATION, typed | {"new_password2": first if second is None else second})


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


BAD = {
    "renamed": ("a.xlsx", b"PK not a zip", "文件已损坏或不完整"),
    "web page": ("a.xlsx", b"<html></html>", "文件已损坏或不完整"),
    "document": ("a.xlsx", office(), "文件内容不是 xlsx 格式"),
    "other kind": ("a.pdf", pdf(), "请上传 .xlsx 文件"),
    "zip bomb": ("a.xlsx", zipped({"xl/workbook.xml": b"0" * 30_000_000}), "文件展开后过大"),
    "50 MB": ("a.xlsx", b"PK\x03\x04" + b"0" * 52_428_800, "文件超过 20 MB"),
    "empty": ("a.xlsx", b"", "文件是空的"),
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


def test_the_person_sets_a_password_with_the_code_and_signs_in(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    client.logout()
    answer = activated(client, "li", row.code.lower().replace("-", " "))
    assert answer.url == reverse("sign_in")
    user = User.objects.get(username="li")
    assert user.check_password(OWN) and not user.must_change_password
    act = Act.objects.about(user.pk).get(name="activate")
    assert (act.actor_id, act.school) == (str(user.pk), "first")
    assert ActivationCode.objects.get(user=user).used_at is not None
    assert WRONG in activated(client, "li", row.code, "another-own-pass-9").content.decode()


def test_whatever_is_wrong_is_told_alike(cast, client, classes):
    first, second = newcomers(client, cast, WANG, LI)
    gone = User.objects.get(username="wang")
    gone.deactivate(by=cast.office, reason="调离")
    client.logout()
    told = {
        activated(client, name, code).context["form"].non_field_errors()[0]
        for name, code in (
            ("li", "00000-00000-00000-00000"),
            ("nobody", second.code),
            ("li", first.code),
            ("wang", first.code),
            ("office", second.code),
        )
    }
    with as_of(now() + timedelta(days=30, seconds=1)):
        told.add(activated(client, "li", second.code).context["form"].non_field_errors()[0])
    assert told == {WRONG}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("12345678", "12345678", "密码"),
        (OWN, "other", "两次填写的新密码不一致，请重新填写。"),
        ("", "", "这个字段是必填项。"),
    ],
)
def test_a_password_that_does_not_do_leaves_the_code_unused(
    cast, client, classes, first, second, sentence
):
    (row,) = newcomers(client, cast, LI)
    client.logout()
    answer = activated(client, "li", row.code, first, second)
    assert sentence in answer.content.decode()
    assert activated(client, "li", row.code).status_code == 302


def test_a_password_set_by_the_office_voids_the_code(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    User.objects.get(username="li").reset_password("office-set-it-1", by=cast.office)
    client.logout()
    assert WRONG in activated(client, "li", row.code).content.decode()


def test_a_code_used_by_another_click_is_refused(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    one = ActivationCode.objects.open_with("li", row.code)
    two = ActivationCode.objects.open_with("li", row.code)
    one.activate(OWN)
    with pytest.raises(Refused):
        two.activate("somebody-elses-9")
    assert User.objects.get(username="li").check_password(OWN)


def test_guessing_is_slowed_for_the_account_and_for_the_address(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    client.logout()
    for _n in range(10):
        activated(client, "li", "00000-00000-00000-00000")
    assert "失败次数太多" in activated(client, "li", row.code).content.decode()
    for n in range(10):
        activated(client, f"other{n}", "00000-00000-00000-00000")
    assert "失败次数太多" in activated(client, "fresh", row.code).content.decode()


def test_the_office_hands_out_a_new_code_which_voids_the_old(cast, client, classes):
    (row,) = newcomers(client, cast, LI)
    li = User.objects.get(username="li")
    address = reverse("admin:organisation_user_activation", args=[li.pk])
    answer = client.post(address)
    fresh = answer.context["newcomers"][0].code
    client.logout()
    assert WRONG in activated(client, "li", row.code).content.decode()
    assert activated(client, "li", fresh).status_code == 302
    client.force_login(cast.office)
    assert "已经激活" in client.post(address).content.decode()


def test_strange_input_gets_a_page(client, db):
    for name in ("", "\x00", "x" * 9000, "😀", "\ud800".encode("utf-8", "replace").decode()):
        answer = activated(client, name, name)
        assert answer.status_code == 200 and answer.context["form"].errors
    assert {"private", "no-store"} <= set(client.get(ACTIVATION)["Cache-Control"].split(", "))
