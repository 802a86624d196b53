"""Every kind of public page, in three languages, normal and large, as its readers meet it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from committees.models import Committee
from feedback.models import Mailbox
from portal.ledger.moments import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = [f"{mode}{language}" for mode in ("", "/care") for language in ("", "/zh-hant", "/en")]
LONG = "关于" + "学生食堂与校服采购及课后服务收费" * 12 + "的公示"
BODY = (
    "<h2>收费项目</h2><p>本学期收费项目如下。</p><table><caption>收费表</caption><tr>"
    + "".join(f"<th>第{n}项收费标准</th>" for n in range(9))
    + "</tr><tr>"
    + "<td>每生每学期350元</td>" * 9
    + "</tr></table><ul><li>自愿</li></ul>"
)


@pytest.fixture
def places(cast, stage):
    """One address of every kind of public page, with long names and short ones."""
    school = cast.school
    school.phone, school.hours, school.icp = "0599-8000200", "工作日8:00—12:00", "闽ICP备00000000号"
    school.save()
    cast.school2.name = "示范区" + "第二实验" * 12 + "小学"
    cast.school2.save()
    Mailbox(school=school, name="校长信箱").save()
    Committee(school=school, kind="leading", name="校务公开领导小组").save()
    notice = stage.published(title=LONG[:200], body=BODY, closes_on=today(), summary="收费")
    stage.published(title="短")
    urgent = stage.draft(title="停水")
    urgent.emergency_publish(by=cast.principal, reason="水管爆裂")
    gone = stage.withdrawn(title="已撤回的公示")
    board = f"/schools/{school.slug}/"
    return {
        "home": "/",
        "notices": "/notices/",
        "nothing found": "/notices/?year=2020",
        "board": board,
        "empty board": f"/schools/{cast.school2.slug}/",
        "school list": f"{board}notices/",
        "category": f"{board}categories/{cast.entry.category_code}/",
        "department": f"{board}departments/{cast.department.slug}/",
        "catalogue": f"{board}catalogue/",
        "notice": notice.disclosure.get_absolute_url(),
        "urgent": urgent.disclosure.get_absolute_url(),
        "gone": gone.disclosure.get_absolute_url(),
        "committee": f"{board}committees/leading/",
        "mailbox": f"{board}mailboxes/principal/",
        "lookup": "/letters/",
        "sign in": "/accounts/sign-in/",
        "about": "/about/",
        "accessibility": "/accessibility/",
        "privacy": f"{board}privacy/",
        "site map": "/site-map/",
        "not found": "/nothing-here/",
    }


def violations(page):
    """What axe finds wrong, of whatever impact, as rule and place."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [(v["id"], node["html"][:160]) for v in found for node in v["nodes"]]


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_on_any_kind_of_page(page, places, mode):
    page.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for kind, place in places.items():
        page.goto(mode + place)
        found[kind] = violations(page)
    assert {kind: told for kind, told in found.items() if told} == {}


def test_axe_finds_nothing_in_the_dark_on_a_desktop(page, places):
    page.emulate_media(color_scheme="dark")
    found = {}
    for kind, place in places.items():
        page.goto(place)
        found[kind] = violations(page)
    assert {kind: told for kind, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("mode", "width"),
    [("", 320), ("/en", 320), ("/care", 320), ("/care/en", 390), ("", 768), ("/en", 1440)],
)
def test_no_page_scrolls_sideways(page, places, mode, width):
    page.set_viewport_size({"width": width, "height": 844})
    wide = {}
    for kind, place in places.items():
        page.goto(mode + place)
        wide[kind] = page.evaluate("document.documentElement.scrollWidth")
    assert {kind: found for kind, found in wide.items() if found > width} == {}


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


def test_care_mode_has_large_text_and_large_targets(page, places):
    page.set_viewport_size({"width": 390, "height": 844})
    small = {}
    for kind, place in places.items():
        page.goto(f"/care{place}")
        small[kind] = page.evaluate(SMALL_TEXT) + page.evaluate(SMALL_TARGETS)
    assert {kind: found for kind, found in small.items() if found} == {}


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
