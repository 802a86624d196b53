"""Fees: a basis, a choice, a known grade, an approval that holds, and money that adds up."""

from datetime import timedelta

import pytest

from disclosures.kinds.fees import FEES, JOINT_LIST
from disclosures.kinds.fees_after import AID_POLICIES, SETTLEMENT, STUDY_MATERIALS
from portal.ledger.moments import today
from tests.disclosures.kinds.sound import faults_of, header_of, read, sound

BOARDING, SERVICE, COPYBOOKS, FREE = 1, 2, 3, 4


def test_every_nature_is_known_by_the_words_schools_use():
    rows = [dict(row) for row in FEES.examples]
    for row, word in zip(rows, ("行政事业性", "服务性", "代收代管", "免费"), strict=True):
        row["nature"] = word
    table, faults = read(FEES, header_of(FEES), rows)
    assert faults == []
    assert [row["nature"] for row in table.rows] == [
        "administrative",
        "service",
        "collected",
        "free",
    ]


@pytest.mark.parametrize("row", [BOARDING, SERVICE])
def test_a_fee_set_by_an_authority_names_it_and_its_document(row):
    nature = "行政事业性收费" if row == BOARDING else "服务性收费"
    told = f"“性质”是“{nature}”时，这一格必须填写。"
    assert faults_of(FEES, row=row, approving_body="") == [(row, "批准机关", told)]
    assert faults_of(FEES, row=row, document="—") == [(row, "批准文号", told)]


def test_what_is_collected_for_others_needs_no_document():
    assert sound(FEES).rows[COPYBOOKS - 1]["document"] is None


def test_free_is_nothing_and_nothing_is_free():
    assert faults_of(FEES, row=FREE, amount="5") == [(4, "收费标准", "免费项目的收费标准要写0。")]
    assert faults_of(FEES, row=SERVICE, amount="0") == [
        (2, "收费标准", "不收费的，性质要写“免费项目”。")
    ]


@pytest.mark.parametrize("row", [SERVICE, COPYBOOKS])
def test_services_and_collected_fees_are_a_choice_and_say_so(row):
    told = "服务性收费和代收费要由家长自愿选择，这一格只能是“是”。"
    assert faults_of(FEES, row=row, voluntary="否") == [(row, "是否自愿", told)]
    assert [column for _row, column, _told in faults_of(FEES, row=row, voluntary="")] == [
        "是否自愿"
    ]


def test_an_approval_that_has_run_out_is_refused():
    yesterday, tomorrow = (str(today() + timedelta(days=days)) for days in (-1, 1))
    told = "有效期已过，请换成现行的批准文件，或删去这一项。"
    assert faults_of(FEES, row=BOARDING, valid_to=yesterday) == [(1, "执行截止", told)]
    assert faults_of(FEES, row=BOARDING, valid_to=str(today())) == []
    assert faults_of(FEES, row=BOARDING, valid_from=tomorrow, valid_to=str(today())) == [
        (1, "执行截止", "早于“执行起始”，请核对。")
    ]


def test_a_grade_nobody_knows_is_refused():
    told = "没有“十三年级”这个年级。请写“一年级”“七至九年级”“高一”“小班”等，全部写“全校”。"
    assert faults_of(FEES, row=SERVICE, grades="十三年级") == [(2, "适用年级", told)]
    assert faults_of(FEES, header={"grades": "十三年级"}) == [(None, "适用年级", told)]


def test_the_same_item_twice_is_refused_unless_for_other_grades():
    again = {"item": "住宿费", "scope": "住校生"}
    assert faults_of(FEES, row=SERVICE, **again) == [
        (2, "收费项目", "与第1行重复，请删去其中一行。")
    ]
    assert faults_of(FEES, row=SERVICE, grades="四至六年级", **again) == []


@pytest.mark.parametrize("name", ["complaint_phone", "reduction_policy", "grades", "period"])
def test_a_fee_notice_says_whom_to_call_and_who_pays_less(name):
    (fault,) = faults_of(FEES, header={name: ""})
    assert fault[2] == "这一格必须填写。"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("education_authority", "教育行政部门"),
        ("finance_authority", "财政部门"),
        ("price_authority", "价格主管部门"),
        ("joint_document", "联合发文文号"),
    ],
)
def test_a_joint_list_names_its_three_authorities_and_their_document(name, label):
    assert faults_of(JOINT_LIST, header={name: ""}) == [(None, label, "这一格必须填写。")]
    assert [column for _row, column, _told in faults_of(JOINT_LIST, row=SERVICE, document="")] == [
        "批准文号"
    ]


def test_what_was_collected_is_what_was_spent_given_back_and_left():
    told = "收取5,400，支出、退还与结余相加是5,390，相差10。"
    assert faults_of(SETTLEMENT, spent="5120") == [(1, "收取金额", told)]
    header = {"collected_total": "9901"}
    (fault,) = faults_of(SETTLEMENT, header=header)
    assert fault[:2] == (None, "收取合计")
    assert "相差1。" in fault[2]


def test_settlement_counts_and_never_names_a_pupil():
    assert [column.name for column in SETTLEMENT.columns if column.type == "person"] == []


def test_books_are_bought_by_whoever_wants_them():
    told = "教辅材料由学生自愿购买，这一格只能是“是”。"
    assert faults_of(STUDY_MATERIALS, voluntary="否") == [(1, "是否自愿", told)]
    assert faults_of(STUDY_MATERIALS, amount="") == [(1, "价格", "这一格必须填写。")]


def test_a_policy_says_for_whom_and_how_much():
    for name, label in (("for_whom", "对象"), ("standard", "标准")):
        assert faults_of(AID_POLICIES, **{name: ""}) == [(1, label, "这一格必须填写。")]
