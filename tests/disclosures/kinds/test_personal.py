"""Nothing about a person but what the list is for: found by its looks, whatever the column."""

import pytest

from disclosures.kinds.admitted import ADMITTED
from disclosures.kinds.aid import AID_RECIPIENTS
from disclosures.kinds.awards import TEACHER_AWARDS
from disclosures.kinds.guides import DISCLOSURE_GUIDE
from disclosures.kinds.staffing import PROPOSED_HIRES
from disclosures.sheets.kind import kind_from
from disclosures.sheets.personal import MARKS, barred, is_card, is_identity, likeness
from tests.disclosures.kinds.sound import faults_of, sound


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("11010519491231002X", "身份证号码"),
        ("１１０１０５１９４９１２３１００２Ｘ", "身份证号码"),
        ("110105 19491231 002x", "身份证号码"),
        ("学籍号G11010519491231002X", "身份证号码"),
        ("110105491231002", "身份证号码"),
        ("110105194912310021", "证件或账户一类的长号码"),
        ("6222021234567890128", "银行卡号"),
        ("6222 0212 3456 7890 128", "银行卡号"),
        ("联系13812345678", "手机号码"),
        ("138-1234-5678", "手机号码"),
        ("+86 13812345678", "手机号码"),
        ("138****5678", "遮去一部分的证件或电话号码"),
        ("110105********002X", "遮去一部分的证件或电话号码"),
        ("li.ming@mail.example", "电子邮箱"),
        ("1985年3月出生", "出生日期或年龄"),
        ("1985.03生", "出生日期或年龄"),
        ("生于2016年", "出生日期或年龄"),
        ("2016-03-02", "出生日期或年龄"),
        ("20160302", "出生日期或年龄"),
        ("年龄：9", "出生日期或年龄"),
        ("中山路12号3幢201室", "家庭住址"),
        ("幸福小区3号楼2单元", "家庭住址"),
    ],
)
def test_it_is_known_by_its_looks(text, looks):
    assert likeness(text) == looks


@pytest.mark.parametrize(
    "text",
    [
        "陈明远",
        "三年级2班",
        "0599-8000001",
        "示教人〔2026〕12号",
        "2024届毕业生",
        "2024级新生",
        "教龄20年",
        "一等奖",
        "2023—2026学年",
        "第3小组2号",
        "示范市第十二中学",
        "",
    ],
)
def test_what_a_list_is_for_passes(text):
    assert likeness(text) == ""


def test_the_check_digits_are_the_standards():
    assert is_identity("11010519491231002X") and not is_identity("110105194912310021")
    assert is_card("6222021234567890128") and not is_card("6222021234567890129")


def test_a_mobile_number_beside_the_post_is_refused_at_its_place():
    told = "像是手机号码。人员名单只公开规定的内容，请删去。"
    assert faults_of(PROPOSED_HIRES, row=2, post="体育教师 13812345678") == [(2, "岗位", told)]


def test_every_cell_is_looked_at_the_header_too():
    told = "像是手机号码。人员名单只公开规定的内容，请删去。"
    header = {"objection_phone": "13812345678"}
    assert faults_of(PROPOSED_HIRES, header=header) == [(None, "受理电话", told)]
    assert faults_of(TEACHER_AWARDS, work="家住中山路12号") == [
        (1, "获奖成果", "像是家庭住址。人员名单只公开规定的内容，请删去。")
    ]


def test_days_of_typed_columns_are_not_births():
    assert faults_of(PROPOSED_HIRES, header={"opens_on": "2016-03-02"}) == []


def test_a_table_that_lists_nobody_may_say_where_the_office_is():
    assert sound(DISCLOSURE_GUIDE).header["place"] == "学前路1号行政楼二层"


def test_an_old_list_is_still_looked_at_when_its_kind_has_changed():
    table = sound(PROPOSED_HIRES)
    table.rows[0].values["school"] = "li.ming@mail.example"
    (fault,) = kind_from(table.schema).faults(table)
    assert (fault.row, fault.column) == (1, "毕业院校或现单位")


def test_aid_says_name_and_grade_alone():
    assert [column.name for column in AID_RECIPIENTS.columns] == ["name", "grade"]
    assert AID_RECIPIENTS.audiences == ("staff", "parents")
    assert faults_of(AID_RECIPIENTS, name="林小雨2016") == [
        (1, "学生姓名", "姓名里有数字。这一列只写姓名，不写证件号码、学号或电话。")
    ]


def test_two_pupils_of_one_name_may_both_receive_aid():
    assert faults_of(AID_RECIPIENTS, row=2, name="林小雨", grade="一档") == []


def test_hidden_names_are_hidden_in_every_row():
    told = "表头写明姓名“隐去一字”，这里却是全名。请写成“林*雨”这样。"
    assert faults_of(ADMITTED, row=2, name="陈思远") == [(2, "学生姓名", told)]
    assert faults_of(ADMITTED, row=2, header={"names_as": "写全名"}, name="陈思远") == []


@pytest.mark.parametrize(
    "heading", ["学生身份证号码", "家长 手机", "家庭住址", "出生年月", "银行卡号"]
)
def test_headings_no_list_of_people_has(heading):
    assert barred(heading)
    assert not barred("姓名") and not barred("岗位")


def test_marks_are_barred_where_pupils_are_listed():
    assert not barred("总成绩")
    assert barred("总成绩", words=MARKS) == "成绩"
