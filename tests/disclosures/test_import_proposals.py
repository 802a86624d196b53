"""What an import proposes to repair: pinyin, boilerplate and tails, by the raw seeds."""

from pathlib import Path

import pytest

from disclosures.importing.reading import read
from disclosures.importing.repair import is_pinyin, proposals, repaired

SEEDS = Path(__file__).parent.parent / "fixtures" / "seeds"


def seed(number):
    (path,) = SEEDS.glob(f"00{number}_*.txt")
    with path.open("rb") as stream:
        return read(path.name, stream)


@pytest.mark.parametrize(
    ("number", "title", "language"),
    [
        (0, "校務公開工作總結", "zh-Hant"),
        (1, "第1篇 学校党务公开工作总结ppt2023", "zh-Hans"),
        (2, "校務工作者心得體會(5篇)", "zh-Hant"),
        (3, "教育局评议行风的工作总结", "zh-Hans"),
        (4, "中學校務公開民主管理工作實施方案(完整版)第一章實施背景與目標", "zh-Hant"),
    ],
)
def test_each_seed_gets_its_title_and_script(number, title, language):
    document = seed(number)
    assert (document.title, document.language) == (title, language)


def test_the_seeds_boilerplate_is_proposed_and_not_removed():
    document = seed(0)
    found = [repair.found for repair in proposals(document.title, document.body)]
    assert found[0] == "2022-11-09 08:15:01 字數 1560 閱讀 2860"
    assert found[1].startswith("〔校務公開工作總結〕隨文贈言")
    assert len(found) == 7
    assert "字數 1560" in document.body and "隨文贈言" in document.body


def test_the_seeds_pinyin_is_proposed_and_taken_out_when_accepted():
    document = seed(2)
    assert document.cleaned_count == 2
    found = proposals(document.title, document.body)
    sounds = {r.found: (r.becomes, r.count) for r in found if r.kind == "pinyin"}
    assert sounds["監(jiān)"] == ("監", 30)
    assert len(sounds) == 22
    title, body = repaired(document.title, document.body, found)
    assert "監督" in body and "(jiān)" in document.body
    assert proposals(title, body) == []
    assert "管理者范文網" not in body and "推薦度" not in body


def test_pinyin_written_as_words_is_found_and_english_is_not():
    found = proposals("", "<p>推进校务xiào wù公开，用OFFICE打开（a）项，党建dang工作</p>")
    assert [(r.found, r.becomes) for r in found] == [("务xiào wù", "务")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("jiān", True), ("fā", True), ("zhi", True), ("lǜ", True), ("a", False), ("ab", False)],
)
def test_a_syllable_is_told_from_a_letter(text, answer):
    assert is_pinyin(text) is answer


def test_a_tail_goes_from_the_end_and_spares_the_same_words_above():
    body = "<h2>工作计划</h2>" + "<p>正文</p>" * 8 + "<p>最新文档</p><ul><li>工作计划</li></ul>"
    found = proposals("", body)
    assert [(r.kind, r.found) for r in found] == [("tail", "最新文档"), ("tail", "工作计划")]
    assert repaired("通知", body, found) == ("通知", "<h2>工作计划</h2>" + "<p>正文</p>" * 8)
