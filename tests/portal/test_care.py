"""Care mode: the same pages set large, at addresses every link keeps."""

import re

import pytest
from django.urls import get_script_prefix, reverse

from portal.middleware import care, in_care
from tests.disclosures.test_board import quiet

BOARD = "/schools/first/"
MODES = [f"{mode}{language}" for mode in ("", "/care") for language in ("", "/zh-hant", "/en")]


def links(page):
    """The addresses within the site that a page leads to; files aside."""
    found = re.findall(r'(?:href|action)="(/[^"#]*)', page.content.decode())
    return [address for address in found if not address.startswith("/static/")]


@pytest.mark.parametrize("place", ["/", "/notices/", BOARD, "/about/", "/site-map/", "/letters/"])
@pytest.mark.parametrize("language", ["", "/zh-hant", "/en"])
def test_every_link_of_a_care_page_stays_in_care_mode(client, stage, place, language):
    stage.published()
    page = client.get(f"/care{language}{place}")
    assert page.status_code == 200
    left = [address for address in links(page) if not address.startswith("/care/")]
    assert left == [f"{language}{place}"]


def test_the_switch_leads_to_the_same_page_and_back(client, stage):
    place = stage.published().disclosure.get_absolute_url()
    for mode in MODES:
        page = client.get(f"{mode}{place}?from=board")
        other = mode.removeprefix("/care") if mode.startswith("/care") else f"/care{mode}"
        assert f'class="care-switch" href="{other}{place}?from=board"' in page.content.decode()


def test_the_languages_of_a_care_page_are_care_pages(client, cast):
    page = client.get(f"/care/en{BOARD}")
    switch = page.content.decode().partition('class="languages"')[2].partition("</ul>")[0]
    assert re.findall('href="([^"]*)"', switch) == [f"/care{BOARD}", f"/care/zh-hant{BOARD}"]


def test_search_engines_are_led_to_the_normal_page(client, cast):
    text = client.get(f"/care/en{BOARD}").content.decode()
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/en{BOARD}">' in text
    alternates = re.findall(r'rel="alternate" hreflang="[^"]*" href="([^"]*)"', text)
    assert alternates == [f"http://127.0.0.1:8000{p}{BOARD}" for p in ("", "/zh-hant", "/en")]


def test_a_care_page_says_what_the_normal_page_says(client, stage):
    stage.published(title="收费公示")
    plain, large = client.get(BOARD), client.get(f"/care{BOARD}")
    assert '<html lang="zh-Hans">' in plain.content.decode()
    assert '<html lang="zh-Hans" class="care">' in large.content.decode()
    for name in ("rows", "categories", "now", "departments"):
        assert list(plain.context[name]) == list(large.context[name])
    assert quiet(large)


def test_in_care_mode_the_notices_come_before_the_index(client, stage):
    stage.published(title="收费公示")
    plain, large = (client.get(place).content.decode() for place in (BOARD, f"/care{BOARD}"))
    assert plain.index('id="categories"') < plain.index("收费公示</a>")
    assert large.index('id="categories"') > large.index("收费公示</a>")


@pytest.mark.parametrize("place", ["/", "/nothing-here/", "/schools/nowhere/"])
def test_care_mode_ends_with_the_answer(client, cast, place):
    answer = client.get(f"/care{place}")
    assert 'class="care"' in answer.content.decode()
    assert (get_script_prefix(), in_care(), reverse("home")) == ("/", False, "/")


def test_addresses_can_be_made_in_and_out_of_care_mode():
    with care(True):
        assert reverse("notices") == "/care/notices/"
        with care(False):
            assert reverse("notices") == "/notices/"
        assert in_care()
    assert not in_care()


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/care", "/care/"),
        ("/care/admin/", "/admin/"),
        ("/care/zh-hant/admin/?q=1", "/zh-hant/admin/?q=1"),
        (f"/care{BOARD.rstrip('/')}", f"/care{BOARD}"),
        (f"/care{BOARD}catalogue.csv", f"{BOARD}catalogue.csv"),
    ],
)
def test_what_has_no_care_mode_answers_at_its_own_address(client, cast, asked, answered):
    page = client.get(asked)
    assert (page.status_code in (301, 308), page["Location"]) == (True, answered)


def test_care_mode_within_care_mode_is_nothing(client, cast):
    assert client.get("/care/").status_code == 200
    assert client.get("/care/care/").status_code == 404


def test_signing_in_keeps_care_mode(client, cast):
    asked = client.get(f"/care{BOARD}inward/")
    assert asked["Location"] == f"/care/accounts/sign-in/?next=/care{BOARD}inward/"
    client.force_login(cast.parent)
    assert client.get("/care/inward/")["Location"] == f"/care{BOARD}inward/"
