"""A printed page says where it came from: its address in words and as a code, and the day."""

import re

import pytest
import segno
from django.conf import settings

from portal.ledger.moments import today
from portal.templatetags.portal import qr_code

BOARD = "/schools/first/"


def modules(path):
    """The dark modules an SVG path of strokes draws, as (across, down)."""
    dark, x, y = set(), 0, 0
    for begun, down, step, width in re.findall(r"(M0 )(\d+)\.5|([hm])(\d+)", path):
        if begun:
            x, y = 0, int(down)
            continue
        dark |= {(at, y) for at in range(x, x + int(width)) if step == "h"}
        x += int(width)
    return dark


def drawn(page):
    return re.search(r'class="paper-code".*? d="([^"]+)"', page.content.decode())


def coded(address):
    rows = segno.make_qr(address, error="m", mask=3).matrix_iter(border=0)
    return {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}


@pytest.mark.parametrize("prefix", ["", "/en", "/care", "/care/zh-hant"])
def test_a_page_carries_the_code_of_its_permanent_address(client, cast, prefix):
    found = drawn(client.get(prefix + BOARD))
    language = prefix.removeprefix("/care")
    assert modules(found[1]) == coded(f"{settings.SITE_URL}{language}{BOARD}")


def test_a_page_says_the_day_it_was_printed_for(client, cast):
    assert f"纸面内容截至 <time>{today():%Y-%m-%d}</time>" in client.get(BOARD).content.decode()


def test_an_address_too_long_for_a_code_stands_in_words(client, cast):
    page = client.get(f"/search/?q={'a' * 199}")
    assert drawn(page) is None
    assert f"/search/?q={'a' * 199}</p>" in page.content.decode()
    assert qr_code("https://a.example/") is qr_code("https://a.example/"), "drawn once"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_paper_the_code_is_25_mm_and_on_the_screen_nothing(page, cast, stage):
    for place in (BOARD, stage.published().disclosure.get_absolute_url()):
        page.goto(place)
        assert not page.is_visible(".paper")
        page.emulate_media(media="print")
        side = page.locator(".paper-code").bounding_box()["width"] / 96 * 25.4
        assert round(side, 1) == 25.0
        page.emulate_media(media="screen")
