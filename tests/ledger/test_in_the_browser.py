"""验证 as a reader meets it: the page, its three lines, and the check in the browser."""

import json

import pytest
from django.urls import reverse

from portal.ledger.anchoring import anchor
from portal.ledger.signing import Signer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def notice(stage, settings, tmp_path):
    settings.LEDGER_ORIGIN = "school.example/ledger"
    signer = Signer(tmp_path / "signer", settings.LEDGER_ORIGIN)
    signer.make_key()
    edition = stage.published(body="<p>一</p><p>二</p>")
    kept = signer.sign()
    for count in range(5):
        stage.published(title=f"第{count}件")
    anchor()
    signer.sign()
    return edition, kept


def address(edition, name):
    disclosure = edition.disclosure
    serial = f"{disclosure.serial:05d}"
    return reverse(name, args=[disclosure.school.slug, disclosure.year, serial])


def checked(page, head=""):
    page.fill("#head", head)
    page.click("text=在浏览器里核对")
    page.wait_for_selector("output[data-verdict]:not([data-verdict=waiting])")
    return page.get_attribute("output", "data-verdict")


def test_the_browser_reaches_the_verdict_of_verify_py(page, notice):
    edition, kept = notice
    page.goto(address(edition, "verification"))
    assert checked(page) == "unkept"
    assert checked(page, kept.line) == "right"
    assert checked(page, kept.short) == "right"
    forged = "0" if kept.line[2] != "0" else "1"
    assert checked(page, f"{kept.size} {forged}{kept.line[3:]}") == "fork"
    assert checked(page, f"{kept.size} 12ab") == "unknown"


@pytest.mark.parametrize("spoil", ["text", "salt", "entry", "proof", "root"])
def test_the_browser_sees_what_was_changed(page, notice, client, spoil):
    edition, _kept = notice
    bundle = json.loads(client.get(address(edition, "proof")).content)
    row = bundle["entries"][0]
    if spoil in ("text", "salt"):
        piece = next(piece for piece in row["pieces"] if piece["name"] == "title")
        piece[spoil] = piece[spoil].replace(piece[spoil][0], "7" if piece[spoil][0] != "7" else "8")
    elif spoil == "entry":
        row["entry"] = row["entry"].replace('"edition":1', '"edition":2')
    elif spoil == "proof":
        row["proof"] = row["proof"][:-1]
    else:
        bundle["checkpoint"] = bundle["checkpoint"].replace("\n7\n", "\n6\n")
    page.route("**/proof.json*", lambda route: route.fulfill(json=bundle))
    page.goto(address(edition, "verification"))
    assert checked(page) == "wrong"


def test_the_page_says_what_to_type_and_nothing_needs_a_script(browser, live_server, notice):
    edition, kept = notice
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = plain.new_page()
    page.goto(edition.disclosure.get_absolute_url())
    page.click("text=验证：公开之后有没有改动过")
    text = page.inner_text("main")
    assert "python3 verify.py" in text
    assert "school.example/ledger" in text
    assert not page.is_visible("text=在浏览器里核对")
    page.click("text=存证是怎么回事")
    assert kept.line in page.inner_text("main")
    plain.close()
