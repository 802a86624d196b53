import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.clean import clean_line, clean_text, refused_characters, without_invisible


def test_text_keeps_its_paragraphs_and_tabs():
    assert clean_text(" 一、时间\r\n\t二、地点\r三、要求\u2028四\n") == (
        "一、时间\n\t二、地点\n三、要求\n四"
    )


@pytest.mark.parametrize(
    "char",
    ["\x00", "\x07", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\u200b", "\u200d", "\u2060"]
    + ["\ufeff", "\u202e", "\u2066", "\u200f", "\ue000", "\U000f0001", "\U0010fffd", "\ud800"]
    + ["\ufdd0", "\ufffe", "\uffff"],
)
def test_what_nobody_can_see_is_dropped(char):
    assert clean_text(f"通{char}知") == clean_line(f"通{char}知") == "通知"


def test_a_line_is_one_line():
    assert clean_line("关于\r\n\t放假的\n通知\n") == "关于 放假的 通知"


def test_decomposed_letters_are_composed():
    assert clean_line("Lu\u0308") == "Lü"


def test_private_use_inside_decomposed_letters_does_not_keep_them_apart():
    assert clean_text("u\u200b\u0308") == "ü"


def test_refused_characters_are_named_once_in_order():
    assert refused_characters("a\x07b\x00c\x07\t\r\n\u200b") == ["U+0007", "U+0000"]


def test_ordinary_text_has_nothing_to_refuse():
    assert refused_characters("关于2026年“五一”放假的通知（试行）\n") == []


def test_only_the_invisible_is_taken_when_asked():
    assert without_invisible(" a\u200b\r\n") == " a\r\n"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in clean_line(text)
    assert "\t" not in clean_line(text)
