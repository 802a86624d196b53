"""Whatever short piece of a public notice somebody types, the notice is found."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disclosures.models import Release, SearchText
from disclosures.search.query import Query
from disclosures.search.results import Search
from portal.text.chinese import HAN, is_han, runs
from portal.text.clean import clean_line
from tests.disclosures.test_tabulate import fees

pytestmark = pytest.mark.services

TEXT = (
    "關於2026年秋季學期“課後服務”收費標準的公示（試行）：小學每生每學期600元，初中720元；"
    "減免對象、退費辦法见附件1—3。Contact: office@school.example，电话0591-12345678。"
    "䶮㐂㊙︎、𠮷野家、卜⺼、〇二六年、ｆｕｌｌｗｉｄｔｈ、Ångström、İstanbul、½、①、Ⅳ、々人"
)
WORDS = st.text(
    st.one_of(
        st.sampled_from("校务公开收费學校職稱䶮𠮷〇々，。 、-_ab1２Ａé"),
        st.characters(codec="utf-8", exclude_categories=("Cs",)),
    ),
    min_size=1,
    max_size=12,
)
INSIDE_WORD = re.compile(rf"[^\W_{HAN}]")
PROPERTY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def pieces(text):
    """Every piece of one to four characters that does not begin within a Latin word or number,
    says something, and is not written as an exclusion or a quotation.
    """
    for begin in range(len(text)):
        if begin and INSIDE_WORD.match(text[begin]) and INSIDE_WORD.match(text[begin - 1]):
            continue
        for length in range(1, 5):
            piece = text[begin : begin + length]
            if runs(piece) and not re.search(r"(^|\s)[-－﹣−]|[\"“”„‟「」『』＂]", piece):
                yield piece


def finds(text):
    """The editions a search for the text finds."""
    hits = Search(Query(text)).hits(10)
    return {row.edition_id for row in Release.objects.filter(pk__in=[hit.pk for hit in hits])}


@pytest.fixture
def say(stage):
    """`say(text)`: what the one public notice says from now on to those who search."""
    edition = stage.published(title="任意", body="<p>无</p>")

    def enter(text):
        edition.body = f"<p>{text}</p>"
        return SearchText.objects.enter(edition, list(edition.releases.all()))

    return enter


def test_every_piece_of_a_notice_finds_it(say, stage):
    stage.published(title="无关", body="<p>other</p>")
    row = say(TEXT)
    asked = sorted(set(pieces(row.body)))
    assert len(asked) > 300
    assert [piece for piece in asked if row.edition_id not in finds(piece)] == []


@PROPERTY
@given(words=WORDS)
def test_every_piece_of_any_text_finds_it(say, words):
    row = say(words)
    for piece in set(pieces(row.body)):
        assert Query(piece).fits(row.body), piece
        assert finds(piece) == {row.edition_id}, piece


@pytest.fixture
def tabulated(stage):
    """`tabulated(item, grades)`: what a published table of one row says from now on."""
    edition = stage.draft(title="任意", body="")
    edition.tabulate(by=stage.cast.editor, table=fees(("任意", "1")))
    stage.carry_out(edition)

    def enter(item, grades):
        sheet, page = edition.sheet, edition.sheet.pages.get()
        sheet.header["grades"], page.rows[0]["values"]["item"] = grades, item
        page.save()
        return SearchText.objects.enter(edition, list(edition.releases.all()))

    return enter


@PROPERTY
@given(item=WORDS, grades=WORDS)
def test_every_piece_of_a_row_or_of_the_header_finds_the_notice(tabulated, item, grades):
    row = tabulated(item, grades)
    for piece in {*pieces(clean_line(item)), *pieces(clean_line(grades))}:
        assert finds(piece) == {row.edition_id}, piece


@PROPERTY
@given(words=WORDS, asked=WORDS)
@example(words="0", asked="0:0")
@example(words="¼3", asked="3")
@example(words="收费", asked="收，费")
def test_nothing_is_found_that_the_text_does_not_say(say, words, asked):
    row, query = say(words), Query(asked)
    assert bool(finds(asked)) == (bool(query) and query.fits(row.text()))


@given(st.text(max_size=300))
def test_any_query_is_understood(asked):
    query = Query(asked)
    for term in [*query.wanted, *query.unwanted]:
        assert term.runs
        assert all(term.words())
        assert all(len(word) <= 2 for word in term.words() if is_han(word))
