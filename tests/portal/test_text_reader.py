import pytest
from django.utils import translation

from portal.text.reader import listed, named, together


@pytest.mark.parametrize(
    ("language", "name", "row", "text"),
    [
        ("zh-hans", "一小", "甲、乙", "先看。再办。"),
        ("zh-hant", "一小", "甲、乙", "先看。再办。"),
        ("en", "First", "甲, 乙", "先看。 再办。"),
        (None, "一小", "甲、乙", "先看。再办。"),
    ],
)
def test_names_lists_and_sentences_follow_the_reader(language, name, row, text):
    with translation.override(language):
        told = named("一小", "First"), listed(["甲", "乙"]), together(["先看。", "再办。"])
    assert told == (name, row, text)


def test_what_has_no_english_name_keeps_its_own():
    with translation.override("en"):
        assert (named("一小", ""), listed([]), together([])) == ("一小", "", "")
