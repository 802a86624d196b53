"""What axe finds in the pages as a browser shows them on a phone."""

from playwright.sync_api import sync_playwright

from tests.audit.figures import Figure, none_found
from tests.audit.pages import Place
from tests.browser import launch, violations

PHONE = {"width": 390, "height": 844}


def of_pages(site: str, places: list[Place]) -> Figure:
    findings = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for cookie in dict.fromkeys(place.cookie for place in places):
            visitor = browser.new_context(viewport=PHONE, locale="zh-CN")
            if cookie:
                visitor.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
            page = visitor.new_page()
            for place in (each for each in places if each.cookie == cookie):
                page.goto(place.address)
                findings += [f"{place}: {rule} {html}" for rule, html in violations(page)]
            visitor.close()
        browser.close()
    return none_found("axe violations", f"{len(places)} pages", findings)
