"""Guides: every line in its part, every part by its usual words."""

import pytest

from disclosures.kinds.guides import DISCLOSURE_GUIDE, GUIDE
from tests.disclosures.kinds.sound import faults_of


@pytest.mark.parametrize("word", ["办理流程", "流程", "步骤", "办理步骤", "程序"])
def test_steps_are_known_by_many_words(word):
    assert faults_of(GUIDE, row=2, section=word) == []


def test_a_line_says_which_part_it_belongs_to():
    (fault,) = faults_of(GUIDE, section="其他事宜")
    assert fault[:2] == (1, "部分")
    assert fault[2].startswith("只能填写：办理对象与条件、办理步骤、")


def test_the_same_line_stands_once_in_a_part():
    assert faults_of(GUIDE, row=3, item="提交申请") == [
        (3, "部分", "与第2行重复，请删去其中一行。")
    ]


@pytest.mark.parametrize("name", ["office", "phone", "hours", "place"])
def test_a_disclosure_guide_says_where_and_when_one_may_ask(name):
    (fault,) = faults_of(DISCLOSURE_GUIDE, header={name: ""})
    assert fault[2] == "这一格必须填写。"
