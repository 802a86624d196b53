"""Grades as schools write them."""

import pytest

from disclosures.sheets.columns import Unfit
from disclosures.sheets.wording import Grades, Link, Tags

GRADES = Grades("grades", "年级")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("一年级至六年级", "一年级至六年级"),
        ("1-6年级", "一年级至六年级"),
        ("七—九年级", "七年级至九年级"),
        ("七、八年级", "七年级、八年级"),
        ("五年级，三年级", "三年级、五年级"),
        ("高一到三", "高一至高三"),
        ("初一、初二", "初一、初二"),
        ("幼儿园小班", "小班"),
        ("小学和初中", "一年级至九年级"),
        ("１年级", "一年级"),
        ("全体学生", "全校"),
        ("", ""),
    ],
)
def test_grades_are_read_as_they_are_said(typed, shown):
    kept = GRADES.read(typed)
    assert GRADES.shown(kept) == shown
    assert GRADES.read(GRADES.shown(kept)) == kept


@pytest.mark.parametrize("typed", ["十三年级", "六年级至一年级", "大学预科", "一年级到高一", "3班"])
def test_an_unknown_grade_is_refused(typed):
    with pytest.raises(Unfit, match="没有“"):
        GRADES.read(typed)


def test_tags_stand_once_each():
    assert Tags("tags", "标签").read("数学, 课件；数学、微课") == "数学、课件、微课"
    with pytest.raises(Unfit, match="最多20个字"):
        Tags("tags", "标签").read("长" * 21)


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "www.example.com", "https://a b", "http://"]
)
def test_only_an_address_of_a_page_is_a_link(typed):
    assert (
        Link("link", "网址").read("https://www.example.com/kc?a=1")
        == "https://www.example.com/kc?a=1"
    )
    with pytest.raises(Unfit, match="完整的网址"):
        Link("link", "网址").read(typed)
