"""Awards, aid and admissions: terms, quotas and names, each once."""

from disclosures.kinds.admissions import CATCHMENT, PLAN, TIMETABLE
from disclosures.kinds.admitted import ADMITTED, CLASS_LISTS, SPECIAL
from disclosures.kinds.aid import AID_RECIPIENTS
from disclosures.kinds.awards import (
    AWARD_PLAN,
    AWARDS_BY_CLASS,
    CLASS_AWARDS,
    PUPIL_AWARDS,
    TEACHER_AWARDS,
)
from disclosures.sheets.charts import figures
from tests.disclosures.kinds.sound import faults_of, sound

MUST = "这一格必须填写。"
TWICE = "与第1行重复，请删去其中一行。"


def names(kind):
    return [column.name for column in kind.columns]


def test_a_plan_of_awards_says_terms_quota_and_procedure():
    assert faults_of(AWARD_PLAN, quota="") == [(1, "名额", MUST)]
    assert faults_of(AWARD_PLAN, conditions="") == [(1, "条件", MUST)]
    assert faults_of(AWARD_PLAN, header={"procedure": ""}) == [(None, "程序", MUST)]


def test_pupils_stand_with_award_and_class_alone():
    assert names(PUPIL_AWARDS) == ["award", "level", "school_class", "name"]
    same = dict(PUPIL_AWARDS.examples[0])
    assert faults_of(PUPIL_AWARDS, row=2, **same) == [(2, "荣誉称号", TWICE)]
    assert faults_of(PUPIL_AWARDS, row=2, **same | {"school_class": "三年级1班"}) == []


def test_classes_and_teachers_receive_awards_once():
    same = {"school_class": "三年级2班"}
    assert faults_of(CLASS_AWARDS, row=2, **same) == [(2, "荣誉称号", TWICE)]
    same = dict(TEACHER_AWARDS.examples[0]) | {"work": ""}
    assert faults_of(TEACHER_AWARDS, row=2, **same) == [(2, "荣誉称号", TWICE)]


def test_awards_are_drawn_by_class():
    (figure,) = figures(AWARDS_BY_CLASS, sound(AWARDS_BY_CLASS))
    assert figure.categories == ["三年级1班", "三年级2班"]
    assert figure.series[0] == ("校级人次", [5, 6])


def test_aid_is_given_in_known_grades():
    told = "只能填写：一档、二档、三档、不分档。"
    assert faults_of(AID_RECIPIENTS, grade="2000元") == [(1, "资助档次", told)]
    assert faults_of(AID_RECIPIENTS, grade="二等") == []


def test_a_plan_of_admission_adds_up():
    (fault,) = faults_of(PLAN, header={"places_total": "320"})
    assert fault[:2] == (None, "计划总人数")
    assert faults_of(PLAN, places="5", header={"places_total": "5"}) == [
        (1, "班数", "大于“人数”，请核对。")
    ]


def test_a_catchment_names_its_streets():
    assert faults_of(CATCHMENT, streets="") == [(1, "路段与门牌", MUST)]
    assert faults_of(CATCHMENT, header={"basis": ""}) == [(None, "依据", MUST)]


def test_a_step_does_not_end_before_it_begins():
    assert faults_of(TIMETABLE, to_day="2026-06-01") == [
        (1, "截止日期", "早于“开始日期”，请核对。")
    ]


def test_numbers_on_lists_stand_once():
    assert faults_of(ADMITTED, row=2, number="001") == [(2, "序号", TWICE)]
    assert faults_of(CLASS_LISTS, row=2, number="01") == [(2, "班级", TWICE)]
    assert CLASS_LISTS.audiences == ("staff", "parents", "pupils")


def test_special_candidates_stand_by_the_columns_the_law_names():
    assert names(SPECIAL) == ["name", "school", "category", "condition", "bonus"]
