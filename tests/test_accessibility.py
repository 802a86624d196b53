"""Every kind of page, in three languages, normal and large, as its readers meet it."""

from types import SimpleNamespace

import pytest

from committees.models import Committee
from feedback.models import Mailbox
from portal.ledger.moments import today
from tests.browser import violations
from tests.places import ANSWERS, MODES, public_places, workplace_places
from tests.shown import complete

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "关于" + "学生食堂与校服采购及课后服务收费" * 12 + "的公示"
BODY = (
    "<h2>收费项目</h2><p>本学期收费项目如下。</p><table><caption>收费表</caption><tr>"
    + "".join(f"<th>第{n}项收费标准</th>" for n in range(9))
    + "</tr><tr>"
    + "<td>每生每学期350元</td>" * 9
    + "</tr></table><ul><li>自愿</li></ul>"
)


@pytest.fixture
def shown(cast, stage):
    """A school with long names and a notice of every kind, beside one that shows nothing."""
    school = cast.school
    school.phone, school.hours, school.icp = "0599-8000200", "工作日8:00—12:00", "闽ICP备00000000号"
    school.save()
    cast.school2.name = "示范区" + "第二实验" * 12 + "小学"
    cast.school2.save()
    Mailbox(school=school, name="校长信箱").save()
    for kind in ("leading", "supervision"):
        Committee(school=school, kind=kind, name=Committee.Kind(kind).label).save()
    notice = stage.published(title=LONG[:200], body=BODY, closes_on=today(), summary="收费")
    stage.published(title="短")
    urgent = stage.draft(title="停水")
    urgent.emergency_publish(by=cast.principal, reason="水管爆裂")
    return SimpleNamespace(
        school=school,
        other_school=cast.school2,
        department=cast.department,
        entry=cast.entry,
        entry_taken_in=cast.short_entry,
        word="收费",
        notice=notice,
        urgent=urgent,
        gone=stage.withdrawn(title="已撤回的公示"),
        draft=stage.draft(title="校历", entry=cast.short_entry, body="<h3>作息</h3><p>八点。</p>"),
        **{name: getattr(cast, name) for name in ("editor", "office", "supervisor")},
    )


@pytest.fixture
def places(shown):
    """The pages most read, by the address of each."""
    board = f"/schools/{shown.school.slug}/"
    notice = shown.notice.disclosure.get_absolute_url()
    category = f"{board}categories/{shown.entry.category_code}/"
    mailbox = f"{board}mailboxes/principal/"
    return {
        "home": "/",
        "board": board,
        "notice": notice,
        "category": category,
        "mailbox": mailbox,
    }


@pytest.fixture
def failing(settings):
    settings.ROOT_URLCONF = "tests.failing"


def visit(page, kind, address):
    """Open a page of a kind; one that does not answer as its kind should would prove nothing."""
    answer = page.goto(address)
    assert (kind, answer.status, answer.url.endswith("/accounts/sign-in/")) == (
        kind,
        ANSWERS.get(kind, 200),
        kind == "sign in",
    )


def sideways(page, width):
    """How far the page reaches beyond a screen of that width, told only if it does."""
    page.set_viewport_size({"width": width, "height": 844})
    reach = page.evaluate("document.documentElement.scrollWidth")
    return [f"{reach} on {width}"] if reach > width else []


SMALL_TEXT = """() => [...document.querySelectorAll("body *")].filter(each =>
  [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  && each.getClientRects().length && !each.closest(".hidden, .skip, option")
  && parseFloat(getComputedStyle(each).fontSize) < 20
).map(each => each.outerHTML.slice(0, 120))"""

# A link inside a sentence or a table cell is exempt, as in WCAG 2.5.8.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, select, summary, input")]
  .filter(each => each.getClientRects().length && each.type !== "hidden"
    && !each.closest(".hidden, .skip, p, td, dd, .body, .prose li"))
  .filter(each => {
    const label = each.labels?.[0]?.getBoundingClientRect().height ?? 0;
    const overlay = getComputedStyle(each, "::after");
    const box = overlay.position === "absolute" && overlay.content !== "none"
      ? each.closest("li, .row, .file") : each;
    return Math.max(label, box.getBoundingClientRect().height) < 44;
  }).map(each => each.outerHTML.slice(0, 120))"""


HERE = ("", "/en", "/care")


@pytest.mark.parametrize(
    "mode",
    # Every mode is walked by `make prove` and `make audit`.
    [pytest.param(mode, marks=[pytest.mark.prove] * (mode not in HERE)) for mode in MODES],
)
def test_every_kind_of_page_can_be_read_on_a_phone(page, shown, failing, mode):
    """axe finds nothing, nothing scrolls sideways, and in care mode everything is large."""
    faults = {}
    for kind, place in public_places(complete(shown)).items():
        page.set_viewport_size({"width": 390, "height": 844})
        visit(page, kind, mode + place)
        faults[kind] = violations(page)
        if mode.startswith("/care") and kind != "embed":
            faults[kind] += page.evaluate(SMALL_TEXT) + page.evaluate(SMALL_TARGETS)
        faults[kind] += sideways(page, 320)
    assert len(faults) > 30
    assert {kind: found for kind, found in faults.items() if found} == {}


def test_every_kind_of_page_can_be_read_in_the_dark_and_on_a_desk(page, shown, failing):
    page.emulate_media(color_scheme="dark")
    faults = {}
    for kind, place in public_places(complete(shown)).items():
        page.set_viewport_size({"width": 1440, "height": 844})
        visit(page, kind, place)
        faults[kind] = violations(page) + sideways(page, 1440) + sideways(page, 768)
    assert {kind: found for kind, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_kind_of_page_of_the_workplace_can_be_read(
    page, live_server, signed_in, shown, language
):
    page.set_viewport_size({"width": 1280, "height": 844})
    faults = {}
    for role, places in workplace_places(complete(shown)).items():
        key = signed_in(getattr(shown, role)).cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": key, "url": live_server.url}
        page.context.add_cookies([cookie])
        for kind, place in places.items():
            visit(page, kind, language + place)
            faults[kind] = violations(page)
    assert len(faults) > 15
    assert {kind: found for kind, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_care_mode_has_one_column(page, places, width):
    page.set_viewport_size({"width": width, "height": 900})
    for kind in ("board", "category", "mailbox"):
        page.goto(f"/care{places[kind]}")
        lefts = page.evaluate(
            "[...document.querySelectorAll('.board > *, .columns > *')]"
            ".map(each => Math.round(each.getBoundingClientRect().left))"
        )
        assert len(lefts) > 1
        assert len(set(lefts)) == 1, kind


def test_the_keyboard_meets_the_skip_link_first_and_sees_where_it_is(page, places):
    for kind in ("home", "board", "notice"):
        page.goto(places[kind])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        for _step in range(8):
            page.keyboard.press("Tab")
            outline = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{outline}.outlineStyle") == "solid"
            assert page.evaluate(f"parseFloat({outline}.outlineWidth)") >= 2
        page.goto(places[kind])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_a_wide_table_scrolls_in_a_region_the_keyboard_reaches(page, places):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(places["notice"])
    region = page.get_by_role("region", name="表格，可左右滑动")
    region.focus()
    assert region.evaluate("each => each.scrollWidth > each.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert region.evaluate("each => each.scrollLeft") > 0


def test_a_parent_finds_this_term_s_fees_in_three_touches(page, cast, stage):
    notice = stage.published(title="2026年秋季学期收费公示")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    for name in (cast.school.name, "收费", notice.title):
        door = page.locator("main").get_by_role("link", name=name, exact=True).first
        assert door.bounding_box()["y"] < 844, "in sight without scrolling"
        door.click()
    assert page.inner_text("h1") == notice.title


def test_a_printed_page_is_the_document_and_its_address(page, places):
    page.emulate_media(media="print")
    for kind in ("board", "notice"):
        page.goto(places[kind])
        for hidden in (".site-header", ".site-footer"):
            assert not page.is_visible(hidden)
        assert page.inner_text(".print-address").endswith(places[kind])
