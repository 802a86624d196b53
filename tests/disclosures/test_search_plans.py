"""How the index is asked: what a regression would turn into reading everything there is."""

from datetime import timedelta

import pytest
from django.db import connection

from disclosures.models import SearchText
from disclosures.search import postgres, results, sqlite
from disclosures.search.query import Query
from disclosures.search.results import Search
from portal.ledger.moments import as_of, now

on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite alone")
ASKED = ["收费", "食堂", "校车", "费", "收费 -食堂", "食堂 收费", "收费标准", "2026", "没有"]
MONTH = timedelta(days=31)


def keys(text, *, before=None, limit=100):
    """What the backend in use proposes."""
    search = Search(Query(text))
    return results.backend().keys(
        search.terms, search.unwanted, search._facets(), before=before, limit=limit
    )


@pytest.fixture
def years(stage):
    """Forty search texts over ten years, the words in them more and less frequent."""
    edition = stage.published(title="收费标准", body="<p>无</p>")
    releases = list(edition.releases.all())
    for number in range(40):
        words = (
            ["收费标准"] * (number % 2) + ["食堂"] * (number % 5 == 0) + ["校车"] * (number == 3)
        )
        edition.body = f"<p>{'。'.join(words)}</p>"
        for release in releases:
            release.opens_at = now() - 3 * MONTH * number
        SearchText.objects.enter(edition, releases)
    return SearchText.objects


@on_postgres
@pytest.mark.services
@pytest.mark.parametrize("text", ASKED)
def test_a_short_walk_and_the_index_find_what_looking_into_every_row_finds(
    years, text, monkeypatch
):
    whole = keys(text)
    for step, walk in ((1, 1), (3, 3), (3, 12), (7, 20)):
        monkeypatch.setattr(postgres, "_STEP", step)
        monkeypatch.setattr(postgres, "_WALK", walk)
        for limit in (1, 4, 100):
            assert keys(text, limit=limit) == whole[:limit], (step, walk, limit)
        for place, before in enumerate(whole[:5]):
            assert keys(text, before=before, limit=4) == whole[place + 1 : place + 5]


@on_postgres
@pytest.mark.services
def test_a_common_word_is_answered_from_the_newest_rows(
    years, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(postgres, "_STEP", 10)
    monkeypatch.setattr(postgres, "_matching", None)
    with django_assert_num_queries(2):
        assert len(keys("收费", limit=4)) == 4


@on_postgres
@pytest.mark.services
def test_a_rare_word_is_asked_of_the_index_once(years, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(postgres, "_STEP", 2)
    with django_assert_num_queries(3):
        assert len(keys("校车", limit=4)) == 1


@on_sqlite
@pytest.mark.parametrize("text", ASKED)
def test_newest_first_is_a_walk_and_no_sorting(stage, text):
    stage.published(title="收费标准")
    told = asked_of_sqlite(lambda: keys(text, limit=20), "searchwords")
    assert [line for line in told if "B-TREE" in line] == []
    assert "VIRTUAL TABLE INDEX" in told[0]


@on_sqlite
def test_a_beginning_of_one_character_has_a_list_of_its_own(db):
    row = "SELECT sql FROM sqlite_master WHERE name = %s"
    with connection.cursor() as cursor:
        assert "prefix='1 3 4'" in cursor.execute(row, [sqlite.TABLE]).fetchone()[0]


@pytest.fixture
def million(stage):
    """One notice, and a planner that believes in a million."""
    stage.published(title="收费标准")
    told = [
        ("release", "release_board", "1000000 1000000 1 1 1"),
        ("release", "disclosures_release_edition_id_c20358ab", "1000000 1"),
        ("edition", "sqlite_autoindex_disclosures_edition_1", "1000000 1"),
        ("searchtext", "searchtext_edition", "1000000 1 1"),
        ("searchtext", "sqlite_autoindex_disclosures_searchtext_1", "1000000 1"),
    ]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        rows = [(f"disclosures_{table}", *rest) for table, *rest in told]
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE sqlite_master")


@on_sqlite
def test_the_way_from_the_index_to_a_release_reads_no_text_and_no_board(million):
    told = asked_of_sqlite(lambda: Search(Query("收费")).hits(200), "closes_at")
    assert told[0] == (
        "SEARCH disclosures_searchtext USING COVERING INDEX searchtext_edition (key=?)"
    )
    assert [line for line in told if "release_board" in line] == []


@on_sqlite
def test_the_planner_is_told_whenever_there_is_ten_times_as_much(stage, cast, monkeypatch):
    for _number in range(9):
        stage.published(entry=cast.short_entry)
    assert sqlite.learn() == 0
    stage.published(entry=cast.short_entry)
    assert (sqlite.learn(), sqlite.learn()) == (1, 0)
    with connection.cursor() as cursor:
        known = "SELECT stat FROM sqlite_stat1 WHERE idx = 'release_board'"
        assert cursor.execute(known).fetchone()[0].startswith("10 ")


def test_what_excludes_itself_is_not_looked_for(stage, django_assert_num_queries):
    stage.published(title="收费公示期")
    for text in ("公示期 -公示", "收费 公示 -示", "公示 -公示"):
        with django_assert_num_queries(0):
            assert Search(Query(text)).hits(5) == []
    assert len(Search(Query("公示 -公示栏")).hits(5)) == 1
    assert len(Search(Query('20 -"20" 公示')).hits(5)) == 1


def test_no_more_is_counted_than_is_said(stage, cast, monkeypatch):
    monkeypatch.setattr(results, "COUNTED", 2)
    monkeypatch.setattr(results, "RANKED", 3)
    for number in range(4):
        with as_of(now() - timedelta(hours=number + 1)):
            stage.published(title=f"收费{number}", entry=cast.short_entry)
    by_date = Search(Query("收费")).page()
    assert (by_date.count, by_date.is_capped, by_date.is_cut) == (2, True, False)
    assert by_date.counts["category"] == [("K12-A", 2)]
    by_rank = Search(Query("收费"), order="rank").page()
    titles = [row.edition.title for row in by_rank.rows]
    assert (by_rank.is_cut, titles) == (True, ["收费0", "收费1", "收费2"])


def asked_of_sqlite(ask, word):
    """The plans of those statements of `ask` that hold the word, as SQLite explains them."""
    told = []

    def explain(execute, sql, params, many, context):
        if word in sql:
            plan = context["connection"].connection.execute(
                f"EXPLAIN QUERY PLAN {sql.replace('%s', '?')}", params or []
            )
            told.extend(row[3] for row in plan)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        ask()
    return told
