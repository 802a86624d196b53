import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.chinese import bigrams, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("學校公開", "学校公开"),
        ("ＡＢＣ１２３", "abc123"),
        ("Notice", "notice"),
        ("發佈經費", "发布经费"),
        ("ﬁ İ ㎏", "ﬁ İ ㎏"),
        ("⼀⽰", "一示"),
        ("通知（试行）", "通知(试行)"),
    ],
)
def test_folding_finds_the_same_word(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_offset_and_is_stable(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(max_size=20), st.text(max_size=20))
def test_folding_knows_no_context(one, other):
    assert fold(one + other) == fold(one) + fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("校务公开", "校务 务公 公开 开"),
        ("校務公開", "校务 务公 公开 开"),
        ("2026年Spring开学，请", "2026 年 spring 开学 学 请"),
        ("校\u200b务", "校务 务"),
        ("一、二", "一 二"),
        ("……", ""),
        ("", ""),
        ("𠮷野家", "𠮷野 野家 家"),
    ],
)
def test_bigrams_are_what_people_type(text, expected):
    assert bigrams(text) == expected
