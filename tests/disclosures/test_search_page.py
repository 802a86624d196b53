"""The search pages: what they show and keep to themselves; nothing asked breaks them."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from portal.ledger.moments import as_of, now
from tests.boards import fill

ODD = [
    "收" * 10_000,
    "字 " * 300,
    "-",
    '"',
    '""""',
    "AND",
    "OR NOT NEAR",
    "* ^ : ( ) { }",
    "NEAR(收 费, 2)",
    "words : 收费",
    "收费 AND (",
    "'; DROP TABLE disclosures_release; --",
    "' OR 1=1 --",
    "收费' & '公示':*",
    "\\",
    "%",
    "_",
    "😀🎉",
    "\u202e收费\u202c",
    "\x00收费\x00",
    "收费\ud800",
    "<script>alert(1)</script>",
    "\u00df\u0130\ufb01\u1e9e",
    "ท้องฟ้า",
    "𠮷野家 鿿 𰻝",
    "1 2 3 4 5 6 7 8 9 10 11 12",
    "９" * 70,
    "a" * 200,
]


def titles(page):
    return [each["release"].edition.title for each in page.context["results"]]


def said(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.content.decode()))


def test_a_search_shows_the_marked_words_and_how_many(client, stage):
    stage.published(title="2026年收費公示", body="<p>本学期食堂收费 &lt;b&gt; 标准</p>")
    page = client.get("/search/?q=收费")
    assert titles(page) == ["2026年收費公示"]
    assert "2026年<mark>收費</mark>公示" in page.content.decode()
    assert "本学期食堂<mark>收费</mark> &lt;b&gt; 标准" in page.content.decode()
    assert "找到 1 件" in said(page)
    assert page["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in page
    assert page.cookies == {}


def test_a_school_is_searched_alone(client, cast, stage):
    stage.published(title="收费一小")
    stage.published(title="收费二小", department=cast.department2, by=cast.editor2)
    assert titles(client.get("/search/?q=收费")) == ["收费二小", "收费一小"]
    assert titles(client.get("/schools/first/search/?q=收费")) == ["收费一小"]
    assert titles(client.get("/search/?q=收费&school=second")) == ["收费二小"]
    assert client.get("/schools/nowhere/search/?q=收费").status_code == 404


def test_filters_are_offered_with_their_counts(client, cast, stage):
    stage.published(title="收费一小")
    stage.published(title="收费校历", entry=cast.short_entry)
    page = client.get("/search/?q=收费")
    (group,) = page.context["groups"]
    assert {each["label"]: each["count"] for each in group["choices"]} == {"收费": 1, "学校概况": 1}
    for each in group["choices"]:
        assert len(titles(client.get(f"/search/{each['address']}"))) == 1


@pytest.mark.parametrize("filters", ["school=nowhere", "category=K99", "year=x", "school=%00"])
def test_an_unknown_filter_lists_nothing_and_says_so(client, stage, filters):
    stage.published(title="收费")
    page = client.get(f"/search/?q=收费&{filters}")
    assert titles(page) == []
    assert "筛选条件无法识别" in said(page)


def test_the_department_of_another_school_is_no_filter(client, cast, stage):
    options = {"department": cast.other_department, "by": cast.editor_other}
    stage.published(title="收费", entry=cast.short_entry, **options)
    assert titles(client.get("/schools/first/search/?q=收费&department=teaching")) == ["收费"]
    page = client.get("/schools/second/search/?q=收费&department=teaching")
    assert "筛选条件无法识别" in said(page)


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_asked_a_helpful_page_answers(client, stage, text):
    stage.published(title="收费公示")
    page = client.get("/search/?q=" + quote(text, errors="surrogatepass"))
    assert page.status_code == 200
    for order in ("date", "rank", "x"):
        query = quote(text, errors="surrogatepass")
        assert client.get(f"/search/?q=-x {query}&order={order}&after=1").status_code == 200
    assert titles(client.get("/search/?q=收费")) == ["收费公示"]


def test_direction_marks_and_nul_hide_no_word(client, stage):
    stage.published(title="收费公示")
    assert titles(client.get("/search/?q=" + quote("\u202e收\u200b费\x00"))) == ["收费公示"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-收费", "只写了不要的词，还要写上想找的词。"),
        ("？！", "这里面没有可以查找的字词。"),
        ("收" * 300, "输入的内容太长，只用了前面的部分。"),
        ("没有的词语", "没有找到“没有的词语”。"),
    ],
)
def test_what_cannot_be_found_is_explained(client, cast, text, sentence):
    assert sentence in said(client.get(f"/search/?q={quote(text)}"))


def test_without_results_only_what_would_find_something_is_suggested(client, stage):
    stage.published(title="食堂收费公示")
    page = client.get("/search/?q=收费 校车 -食堂&category=K12-A")
    assert page.context["suggestions"] == []
    page = client.get("/search/?q=收费 校车")
    (fewer,) = page.context["suggestions"]
    assert (fewer["label"], fewer["count"]) == ("只找“收费”", 1)
    assert titles(client.get(f"/search/{fewer['address']}")) == ["食堂收费公示"]
    page = client.get("/search/?q=收费 -食堂")
    (kept,) = page.context["suggestions"]
    assert kept["label"] == "不排除任何词"
    stage.published(title="校历", body="<p>作息</p>", entry=stage.cast.short_entry)
    (wider,) = client.get("/search/?q=收费&category=K12-A").context["suggestions"]
    assert (wider["label"], wider["address"]) == ("去掉筛选条件", f"?q={quote('收费')}")


def test_inner_notices_are_found_only_after_signing_in(client, signed_in, cast, stage):
    stage.published(title="收费内部", audiences=["staff"], inner_reason="内部管理")
    assert titles(client.get("/search/?q=收费")) == []
    assert titles(signed_in(cast.teacher).get("/search/?q=收费")) == []
    assert client.get("/inward/search/?q=收费").status_code == 302
    page = signed_in(cast.teacher).get("/inward/search/?q=收费")
    assert titles(page) == ["收费内部"]
    assert set(page["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert titles(signed_in(cast.teacher2).get("/inward/search/?q=收费")) == []


def test_pages_lead_on_and_a_forged_key_begins_anew(client, stage):
    with as_of(now() - timedelta(days=1)):
        fill(stage, 22)
    page = client.get("/search/?q=号")
    assert titles(page) == [f"第{n}号" for n in range(21, 1, -1)]
    key = page.context["found"].next_key
    assert titles(client.get(f"/search/?q=号&after={quote(key)}")) == ["第1号", "第0号"]
    forged = client.get("/search/?q=号&after=[1]:x")
    assert titles(forged) == titles(page)
    assert "这个翻页链接无法识别" in said(forged)


def test_every_page_offers_the_search(client, cast):
    assert 'action="/search/"' in client.get("/").content.decode()
    assert 'action="/en/search/"' in client.get("/en/").content.decode()


def test_the_count_of_queries_does_not_grow_with_the_results(
    client, stage, django_assert_max_num_queries
):
    fill(stage, 1)
    client.get("/search/?q=号")
    with django_assert_max_num_queries(14):
        client.get("/search/?q=号")
    with as_of(now() - timedelta(days=1)):
        fill(stage, 24)
    with django_assert_max_num_queries(14):
        assert len(titles(client.get("/search/?q=号"))) == 20


@pytest.mark.parametrize("path", ["/search/?q=收费", "/schools/first/search/?q=收费"])
def test_a_search_already_held_is_answered_without_searching(client, stage, path, monkeypatch):
    stage.published(title="收费甲")
    held = {"If-None-Match": client.get(path)["ETag"]}
    with monkeypatch.context() as patch:
        patch.setattr("disclosures.views.search.searched", None)
        assert client.get(path, headers=held).status_code == 304
    stage.published(title="收费乙")
    assert titles(client.get(path, headers=held)) == ["收费乙", "收费甲"]


def test_an_order_by_rank_says_when_older_ones_were_left_out(client, stage, monkeypatch):
    fill(stage, 3)
    said_so = "只在最新的 2 件里按相关程度排"
    assert said_so not in said(client.get("/search/?q=号&order=rank"))
    monkeypatch.setattr("disclosures.search.results.RANKED", 2)
    monkeypatch.setattr("disclosures.views.search.RANKED", 2)
    assert said_so in said(client.get("/search/?q=号&order=rank"))
