"""The main journey in a browser: four people carry a notice from a draft to the public board."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.ledger.models import Act
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
TITLE = "2026年秋季学期校历"
FINE = ("minor", "moderate")


@pytest.fixture
def person(browser, live_server, cast):
    """`person(user)`: a page of a browser in which that person has signed in."""
    opened, complaints = [], []

    def sign_in(user):
        visitor = browser.new_context(base_url=live_server.url, locale="zh-CN")
        opened.append(visitor)
        page = visitor.new_page()
        page.set_default_timeout(15000)
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("response", lambda r: complaints.append(r.url) if r.status >= 400 else None)
        if user:
            page.goto("/accounts/sign-in/")
            page.fill("input[name=username]", user.username)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/inward/**")
        return page

    yield sign_in
    for visitor in opened:
        visitor.close()
    assert complaints == []


def violations(page):
    """What axe finds wrong with the page, as rule and place."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] not in FINE]


def act(page, label):
    """Open the act's page from its button, look at it, and carry it out."""
    page.click(f"a:has-text('{label}')")
    assert violations(page) == []
    page.click("#content form button[type=submit]")
    page.wait_for_url("**/change/")


def test_a_notice_goes_from_the_editor_to_the_public(person, cast):
    editor = person(cast.editor)
    editor.goto("/admin/disclosures/edition/add/")
    editor.click("button:has-text('校历与作息时间')")
    editor.fill("input[name=title]", TITLE)
    editor.locator(".ProseMirror[contenteditable=true]").click()
    editor.keyboard.type("九月一日开学。")
    editor.check("input[name=is_cleared]")
    assert violations(editor) == []
    editor.click("button:has-text('保存')")
    editor.wait_for_url("**/change/")
    address = editor.url
    act(editor, "送审")

    office = person(cast.office)
    office.goto("/admin/")
    assert violations(office) == []
    office.click(f"a:has-text('{TITLE}')")
    act(office, "审阅并同意")
    act(office, "办理公开")

    supervisor = person(cast.supervisor)
    supervisor.goto(address)
    supervisor.click("a:has-text('操作记录')")
    assert violations(supervisor) == []
    shown = supervisor.inner_text("#content")
    assert all(name in shown for name in ("信息员甲", "公开办主任", "送审", "审核通过", "公开"))
    assert list(Act.objects.filter(title=TITLE).order_by("pk").values_list("name", flat=True)) == [
        "draft",
        "submit",
        "approve",
        "publish",
    ]

    public = person(None)
    public.goto(f"/schools/{cast.school.slug}/")
    public.click(f"a:has-text('{TITLE}')")
    assert public.inner_text("h1") == TITLE
    assert "九月一日开学。" in public.inner_text("main")
    assert public.context.cookies() == []


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_public_pages_are_accessible_and_fit_a_phone(person, cast, stage, prefix):
    notice = stage.published(body="<table><tr><th>项目</th></tr><tr><td>午餐费</td></tr></table>")
    withdrawn = stage.withdrawn(title="已撤回的公示")
    page = person(None)
    page.set_viewport_size({"width": 390, "height": 844})
    board = f"{prefix}/schools/{cast.school.slug}/"
    places = [
        f"{prefix}/",
        board,
        f"{prefix}/notices/",
        f"{board}catalogue/",
        f"{board}categories/K12-E/",
        f"{prefix}/accounts/sign-in/",
        f"{prefix}/letters/",
        prefix + notice.disclosure.get_absolute_url(),
    ]
    for place in places:
        assert page.goto(place).status == 200
        assert violations(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, place
    assert withdrawn.disclosure.index_number
