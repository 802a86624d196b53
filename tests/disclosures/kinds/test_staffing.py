"""Staff: names, posts and outcomes; quotas that hold; grades of work within the house."""

import pytest

from disclosures.kinds.posts import APPRAISAL, POSTS, SECONDMENT
from disclosures.kinds.promotion import APPOINTMENTS, COMPETITION
from disclosures.kinds.staffing import PROPOSED_HIRES, RECRUITMENT
from disclosures.kinds.titles import (
    TITLE_COMMITTEE,
    TITLE_CONDITIONS,
    TITLE_RESULTS,
    TITLE_SCHEDULE,
)
from portal.ledger.acts import Refused
from tests.disclosures.kinds.sound import faults_of, sound

MUST = "这一格必须填写。"
TWICE = "与第1行重复，请删去其中一行。"


def names(kind):
    return [column.name for column in kind.columns]


def test_proposed_hires_are_name_post_and_school_alone():
    assert names(PROPOSED_HIRES) == ["name", "post", "school"]
    assert faults_of(PROPOSED_HIRES, row=2, name="陈明远", post="小学语文教师") == [
        (2, "姓名", TWICE)
    ]


@pytest.mark.parametrize(
    ("typed", "kept"), [("拟聘", "proposed"), ("面试", "interview"), ("进入体检", "health")]
)
def test_a_list_of_hires_says_which_step_it_is_of(typed, kept):
    values, faults = PROPOSED_HIRES.read_header({"step": typed})
    assert values["step"] == kept
    assert "环节" not in [fault.column for fault in faults]


def test_recruitment_ends_after_it_begins_and_counts_its_places():
    header = {"apply_to": "2026-03-01"}
    assert faults_of(RECRUITMENT, header=header) == [(None, "报名截止", "早于“报名开始”，请核对。")]
    assert faults_of(RECRUITMENT, places="两名") == [
        (1, "招聘人数", "要写整数，如“45”，不写单位。")
    ]


def test_posts_filled_are_not_more_than_posts_approved_which_add_up():
    assert faults_of(POSTS, filled="3") == [(1, "已聘数", "大于“核准数”，请核对。")]
    (fault,) = faults_of(POSTS, approved="3")
    assert fault[:2] == (None, "核准岗位总数")


@pytest.mark.parametrize("kind", [APPRAISAL, TITLE_RESULTS, COMPETITION, APPOINTMENTS])
def test_a_notice_of_names_says_to_whom_one_objects(kind):
    for name, label in (("objections_to", "意见受理部门"), ("objection_phone", "受理电话")):
        assert faults_of(kind, header={name: ""}) == [(None, label, MUST)]
    late = {"closes_on": "2026-09-20"}
    assert faults_of(kind, header=late) == [(None, "公示截止", "早于“公示开始”，请核对。")]


def test_a_notice_before_an_appointment_says_how_long_it_stands():
    assert faults_of(APPOINTMENTS, header={"opens_on": ""}) == [(None, "公示开始", MUST)]
    assert faults_of(APPOINTMENTS, row=2, current_post="") == [(2, "现任职务", MUST)]


def test_an_outcome_is_one_of_the_words():
    told = "只能填写：推荐、评审通过、聘任。"
    assert faults_of(TITLE_RESULTS, outcome="优秀") == [(1, "结果", told)]
    told = "只能填写：优秀、良好、合格、基本合格、不合格、不确定等次。"
    assert faults_of(APPRAISAL, grade="95分") == [(1, "考核等次", told)]


def test_titles_have_terms_a_quota_a_schedule_and_a_committee():
    assert faults_of(TITLE_CONDITIONS, quota="") == [(1, "名额", MUST)]
    assert faults_of(TITLE_CONDITIONS, conditions="") == [(1, "条件", MUST)]
    assert faults_of(TITLE_SCHEDULE, to_day="2026-09-01") == [
        (1, "截止日期", "早于“开始日期”，请核对。")
    ]
    assert faults_of(TITLE_COMMITTEE, row=2, name="王建国") == [(2, "姓名", TWICE)]


def test_who_is_sent_away_comes_back_after_leaving():
    assert faults_of(SECONDMENT, to_day="2026-10-01") == [
        (1, "结束日期", "早于“开始日期”，请核对。")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("audiences", [["public"], ["staff", "parents"]])
def test_grades_of_work_are_shown_to_staff_alone(cast, stage, audiences):
    edition = stage.draft(audiences=audiences, inner_reason="限校内")
    edition.tabulate(by=cast.editor, table=sound(APPRAISAL))
    told = "“教职工学期考核等次”只能对教职工公开，请改公开范围，或取下数据表。"
    assert told in [str(problem) for problem in edition.problems()]
    with pytest.raises(Refused, match="只能对教职工公开"):
        edition.submit(by=cast.editor)
    edition.edit(by=cast.editor, version=edition.version, audiences=["staff"])
    edition.submit(by=cast.editor)
    assert edition.state == "in_review"
