"""What follows from the language of whoever reads: names, lists and sentences in a row."""

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext


def reads_english() -> bool:
    """Return whether the page is written for a reader of English."""
    return (get_language() or "").startswith("en")


def named(own: str, english: str) -> str:
    """Return the name for the reader: the English one to readers of English, if there is one."""
    return english if reads_english() and english else own


def listed(words: Iterable[object]) -> str:
    """Return the words in a row, as the reader's language separates them."""
    return pgettext("between words", "、").join(str(word) for word in words)


def together(sentences: Iterable[object]) -> str:
    """Return the sentences as one text, as the reader's language joins sentences."""
    return (" " if reads_english() else "").join(str(sentence) for sentence in sentences)
