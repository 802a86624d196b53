"""The map for search engines: every public page once, and no other."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree

from disclosures.models import Release
from portal import views_site
from portal.ledger.moments import as_of, now
from tests.boards import fill

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "http://127.0.0.1:8000"


def read(client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert page["Content-Type"] == "application/xml; charset=utf-8"
    assert page["Cache-Control"] == "public, max-age=3600"
    return ElementTree.fromstring(page.content)


def located(tree):
    return [found.text.removeprefix(SITE) for found in tree.iter(f"{MAP}loc")]


def parts(client, kind):
    return [path for path in located(read(client, "/sitemap.xml")) if kind in path]


def notices(client):
    return [path for part in parts(client, "notices") for path in located(read(client, part))]


def test_the_map_names_boards_and_catalogues_of_every_school(client, cast):
    (part,) = parts(client, "schools")
    pages = located(read(client, part))
    assert pages[:3] == ["/", "/notices/", "/open/"]
    assert {
        f"/schools/{slug}/{page}" for slug in ("first", "second") for page in ("", "catalogue/")
    } <= set(pages)


def test_a_notice_stands_with_its_moment_and_its_languages(client, stage):
    edition = stage.published()
    path = edition.disclosure.get_absolute_url()
    (part,) = parts(client, "notices")
    (url,) = read(client, part).iter(f"{MAP}url")
    opened = edition.releases.get().opens_at.isoformat(timespec="seconds")
    assert url.findtext(f"{MAP}loc") == SITE + path
    assert url.findtext(f"{MAP}lastmod") == opened
    assert [(link.get("hreflang"), link.get("href")) for link in url.iter(LINK)] == [
        ("zh-Hans", SITE + path),
        ("zh-Hant", f"{SITE}/zh-hant{path}"),
        ("en", f"{SITE}/en{path}"),
    ]
    index = read(client, "/sitemap.xml")
    assert [found.text for found in index.iter(f"{MAP}lastmod")] == [opened]


def test_only_what_everybody_may_read_now_is_on_the_map(client, stage):
    shown = stage.published()
    hidden = stage.published(audiences=["staff"], inner_reason="只涉及教职工")
    later = stage.published(opens_at=now() + timedelta(days=2))
    stage.withdrawn()
    assert notices(client) == [shown.disclosure.get_absolute_url()]
    assert hidden.disclosure.get_absolute_url() not in notices(client)
    with as_of(now() + timedelta(days=3)):
        assert later.disclosure.get_absolute_url() in notices(client)


def test_what_names_people_is_not_shown_to_search_engines(client, stage):
    stage.published()
    assert len(notices(client)) == 1
    entry = stage.cast.entry
    entry.personal_data = "high"
    entry.save()
    assert notices(client) == []


def test_the_map_grows_by_parts_and_misses_nothing(client, stage, monkeypatch):
    monkeypatch.setattr(views_site, "PART", 3)
    fill(stage, 7)
    found = parts(client, "notices")
    assert len(found) >= 3
    assert all(len(located(read(client, part))) <= 3 for part in found)
    wanted = [row.disclosure.get_absolute_url() for row in Release.objects.order_by("id")]
    assert notices(client) == wanted
    monkeypatch.setattr(views_site, "SCHOOLS", 2)
    assert len(parts(client, "schools")) == 2


@pytest.mark.parametrize("part", ["notices-9", "schools-7", "notices-999999999999", "other-0"])
def test_a_part_without_pages_is_not_found(client, stage, part):
    stage.published()
    assert client.get("/sitemap-schools-0.xml").status_code == 200
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_map_takes_the_same_queries_for_any_number_of_notices(
    client, stage, count, django_assert_max_num_queries
):
    fill(stage, count)
    with django_assert_max_num_queries(2):
        found = parts(client, "notices")
    with django_assert_max_num_queries(len(found)):
        assert sum(len(located(read(client, part))) for part in found) == count


def test_robots_are_kept_from_what_belongs_to_people_and_shown_the_map(client):
    page = client.get("/robots.txt")
    lines = page.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /en/letters/", "Disallow: /zh-hant/follow/"} < set(
        lines
    )
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert "Disallow: /" not in lines
