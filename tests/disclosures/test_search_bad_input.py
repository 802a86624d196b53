"""What a search and a list say to forged keys, filters and words; what they carry on of them."""

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from defusedxml import ElementTree
from django.core import signing

from disclosures.views.pages import SALT
from portal.ledger.moments import as_of, now
from tests.boards import fill
from tests.hostile import MARKUP, OPERATORS, TYPED

UNKNOWN_KEY = "这个翻页链接无法识别"
LISTS = ["/notices/", "/schools/first/notices/", "/schools/first/categories/K12-A/"]
SEARCHES = ["/search/", "/schools/first/search/", "/inward/search/"]
NUMERALS = ["20262026", "-1", "٢٠٢٦", "２０２６", "1e9", "2026.0", "0x7ea", " ", "9" * 4300]


def titles(page):
    rows = page.context["page"].rows if "page" in page.context else page.context["found"].rows
    return [row.edition.title for row in rows]


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page.content.decode())))


def links(page):
    """The questions the page leads on to: parameters of its links within the page."""
    found = re.findall(r'href="(\?[^"]*)"', page.content.decode())
    return [parse_qs(urlsplit(unescape(each)).query, keep_blank_values=True) for each in found]


@pytest.fixture
def many(stage):
    with as_of(now() - timedelta(days=1)):
        fill(stage, 22)


def key_of(page):
    return page.context["page" if "page" in page.context else "found"].next_key


@pytest.mark.parametrize("place", [*LISTS, *SEARCHES])
def test_a_key_of_another_list_or_order_begins_anew(client, signed_in, cast, many, place):
    reader = signed_in(cast.teacher)
    by_time, by_rank = (
        key_of(client.get("/notices/")),
        key_of(client.get("/search/?q=号&order=rank")),
    )
    foreign = by_rank if place in LISTS else by_time
    page = reader.get(place, {"q": "号", "after": foreign})
    assert titles(page) == [f"第{n}号" for n in range(21, 1, -1)]
    assert UNKNOWN_KEY in text_of(page)
    other = reader.get(place, {"q": "号", "order": "date", "after": by_rank})
    assert UNKNOWN_KEY in text_of(other)


FORGERIES = [
    lambda key: key[:-1],
    lambda key: key + "=",
    lambda key: key.swapcase(),
    lambda key: key.partition(":")[0],
    lambda key: signing.Signer(salt="x").sign_object([now().isoformat(), -1]),
    lambda key: signing.Signer(key="x" * 50, salt=SALT).sign_object([now().isoformat(), 1]),
    lambda key: f"{'W' * 10_000}:x",
    lambda key: "-1:-1",
]


@pytest.mark.parametrize("place", [*LISTS, *SEARCHES])
def test_a_forged_key_begins_anew_with_a_sentence(signed_in, cast, many, place):
    reader = signed_in(cast.teacher)
    key = key_of(reader.get(place, {"q": "号"}))
    assert titles(reader.get(place, {"q": "号", "after": key})) == ["第1号", "第0号"]
    for forged in FORGERIES:
        page = reader.get(place, {"q": "号", "after": forged(key)})
        assert titles(page)[0] == "第21号"
        assert UNKNOWN_KEY in text_of(page)


def test_a_key_behind_the_last_row_says_that_nothing_is_left(client, cast, stage):
    """The rows behind a page may leave the board while somebody reads it."""
    last = stage.published(title="末", entry=cast.short_entry)
    (release,) = last.releases.all()
    key = signing.Signer(salt=SALT).sign_object([release.opens_at.isoformat(), release.pk])
    page = client.get("/notices/", {"after": key, "category": "K12-A"})
    assert titles(client.get("/notices/?category=K12-A")) == [last.title]
    assert titles(page) == []
    assert "再往前没有公开的内容了。" in text_of(page)
    assert links(page)[-1] == {"category": ["K12-A"]}


@pytest.mark.parametrize("place", [*LISTS, *SEARCHES])
def test_a_year_that_is_none_is_refused_and_not_carried_on(signed_in, cast, stage, place):
    stage.published(title="第1号", entry=cast.short_entry)
    reader = signed_in(cast.teacher)
    assert titles(reader.get(place, {"q": "号"})) == ["第1号"]
    for year in NUMERALS:
        page = reader.get(place, {"q": "号", "year": year})
        assert titles(page) == [], year
        assert "筛选条件无法识别" in text_of(page)
        assert [link for link in links(page) if "year" in link] == []
        assert not re.search(r'<input[^>]*name="year"', page.content.decode())


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("/schools/second/notices/", "department=teaching"),
        ("/schools/second/search/", "department=teaching"),
        ("/notices/", "school=" + quote("first' OR '1'='1")),
        ("/notices/", "school=FIRST"),
        ("/search/", "category=k12-a"),
        ("/search/", "category=K12-A%20"),
        ("/schools/first/departments/general/", "category=K99"),
    ],
)
def test_a_filter_that_is_not_offered_here_lists_nothing(client, cast, stage, place, asked):
    options = {"department": cast.other_department, "by": cast.editor_other}
    stage.published(title="收费", entry=cast.short_entry, **options)
    page = client.get(f"{place}?q=收费&{asked}")
    assert (page.status_code, titles(page)) == (200, [])
    assert "筛选条件无法识别" in text_of(page)


def test_what_was_understood_stays_chosen_beside_what_was_not(client, cast, stage):
    stage.published(title="收费", entry=cast.short_entry)
    page = client.get("/search/?q=收费&year=x&category=K12-A")
    assert page.context["asked"].dict() == {"category": "K12-A", "q": "收费"}
    again = client.get("/search/", page.context["asked"].dict())
    assert titles(again) == ["收费"]
    shown = client.get("/notices/?year=x&category=K12-A").content.decode()
    assert '<option value="K12-A" selected>' in shown


def test_of_a_parameter_given_twice_the_last_counts(client, cast, stage):
    stage.published(title="收费", entry=cast.short_entry)
    assert titles(client.get("/notices/?category=K99&category=K12-A")) == ["收费"]
    assert titles(client.get("/notices/?category=K12-A&category=K99")) == []
    assert titles(client.get("/search/?q=没有&q=收费&after=x&after=")) == ["收费"]


def test_an_order_nobody_offers_is_the_order_of_time(client, many):
    for order in ("rank'", "RANK", "-opens_at", "date desc", ""):
        page = client.get("/search/", {"q": "号", "order": order})
        assert titles(page) == [f"第{n}号" for n in range(21, 1, -1)]
        assert [link for link in links(page) if link.get("order") not in (None, ["rank"])] == []


def test_links_carry_on_nothing_but_the_question(client, many):
    strange = "&".join(f"k{n}={'x' * 20}" for n in range(1000))
    for place in ("/notices/", "/search/"):
        page = client.get(f"{place}?q=号&category=K12-A&{strange}")
        known = {"q", "category", "order", "after", "year", "school"}
        assert links(page)
        assert [link for link in links(page) if set(link) - known] == []
        assert len(page.content) < 60_000


def test_ten_thousand_characters_are_cut_and_the_page_stays_small(client, cast):
    page = client.get("/search/", {"q": "号" + "收" * 10_000, "category": "K12-A"})
    assert "输入的内容太长，只用了前面的部分。" in text_of(page)
    assert page.context["query"].text == "号" + "收" * 199
    assert f'value="号{"收" * 199}"' in page.content.decode()
    assert len(page.content) < 60_000


def test_of_twelve_words_ten_are_asked_for_and_the_page_says_so(client, stage):
    stage.published(title="甲乙丙丁戊己庚辛壬癸")
    page = client.get("/search/", {"q": "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑"})
    assert titles(page) == ["甲乙丙丁戊己庚辛壬癸"]
    assert "输入的内容太长，只用了前面的部分。" in text_of(page)
    assert titles(client.get("/search/", {"q": "甲 乙 丙 丁 戊 己 庚 辛 壬 子"})) == []


@pytest.mark.parametrize("text", [*OPERATORS, MARKUP, "%s %(q)s", "{{ 1 }}", "\\'; --"])
def test_what_was_typed_stands_in_the_box_as_it_was(client, cast, text):
    page = client.get("/search/", {"q": text})
    (box,) = re.findall(r'name="q" id="search-words" value="([^"]*)"', page.content.decode())
    assert unescape(box) == text
    assert MARKUP not in page.content.decode()


def test_what_was_typed_moves_nothing_around_it(client, cast):
    page = client.get("/search/", {"q": "\u202eשלום שלום\u2066"}).content.decode()
    assert "没有找到“<bdi>שלום שלום</bdi>”。" in page
    assert re.search(r'<input type="search" name="q"[^>]* dir="auto"', page)
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", page)


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("after=x", "after", "无法识别这个翻页值。"),
        ("after=%00", "after", "无法识别这个翻页值。"),
        ("year=-1", "year", "没有这个选项，请从列表中重新选择。"),
        ("school=second%20", "school", "没有这个选项，请从列表中重新选择。"),
        ("q=收费", "q", "没有这个参数。"),
    ],
)
def test_programs_are_told_which_parameter_was_wrong(client, cast, asked, field, sentence):
    page = client.get(f"/open/notices.json?{asked}")
    assert (page.status_code, page.json()) == (400, {"errors": {field: [sentence]}})
    assert page["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("suffix", ["atom", "json"])
def test_the_feed_of_a_search_can_be_read_whatever_was_searched(client, stage, suffix):
    stage.published(title="收费公示")
    answered = 0
    for text in [f"收费 {typed}" for typed in TYPED]:
        page = client.get(f"/search/feed.{suffix}", {"q": text})
        assert page.status_code in (200, 404), text
        answered += page.status_code == 200
        if page.status_code == 200:
            read = ElementTree.fromstring if suffix == "atom" else json.loads
            assert read(page.content) is not None
    assert answered > len(TYPED) // 2


@pytest.mark.parametrize("suffix", ["xml", "ATOM", "rss", "atom.json", "0", "csv%00"])
@pytest.mark.parametrize("place", ["/", "/schools/first/", "/search/", "/schools/first/search/"])
def test_a_feed_of_a_kind_nobody_offers_is_not_found(client, stage, place, suffix):
    stage.published(title="收费公示")
    assert client.get(f"{place}feed.atom?q=收费").status_code == 200
    page = client.get(f"{place}feed.{suffix}?q=收费")
    assert page.status_code == 404
    assert "没有这一页" in text_of(page)
