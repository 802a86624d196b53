"""Whatever is put into a public address or form, a page answers that says what to do."""

import re
from http.cookies import SimpleCookie

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from committees.models import Committee
from disclosures.models import Attachment
from feedback.models import Mailbox
from tests.hostile import FEW, IN_ADDRESSES, MARKUP

SCHOOL = "/schools/first/"
# Pages that read what stands behind the question mark, and the names they read.
NAMES = ("q", "after", "order", "school", "department", "category", "year", "next")
READING = [
    "/notices/",
    "/search/",
    "/open/notices.json",
    "/follow/",
    "/accounts/sign-in/",
    *(SCHOOL + page for page in ("notices/", "search/", "categories/K12-E/")),
    f"{SCHOOL}departments/general/",
    "/care/en/search/",
    "/search/feed.atom",
    f"{SCHOOL}search/feed.json",
]
INNER = ["/inward/search/", f"{SCHOOL}inward/"]
NOT_READING = [
    "/",
    *(f"/{page}/" for page in ("about", "accessibility", "privacy", "site-map", "open", "letters")),
    *(SCHOOL + page for page in ("", "privacy/", "catalogue/", "catalogue.csv", "embed/")),
    f"{SCHOOL}open-data.jsonl",
    *(SCHOOL + page for page in ("committees/leading/", "mailboxes/principal/", "class-code/")),
    *(f"/accounts/{page}/" for page in ("activation", "password-reset", "password-reset/sent")),
    *("/feed.atom", "/feed.json", f"{SCHOOL}feed.atom", "/robots.txt", "/sitemap.xml", "/healthz"),
]
PATHS = [
    *(
        "/{}/",
        "/care/{}/",
        "/en/{}/",
        "/schools/{}/",
        "/schools/first/{}/",
        "/schools/{}/feed.json",
    ),
    *(f"{SCHOOL}categories/{{}}/", f"{SCHOOL}departments/{{}}/", f"{SCHOOL}committees/{{}}/"),
    *(f"{SCHOOL}mailboxes/{{}}/", f"{SCHOOL}catalogue.{{}}", f"{SCHOOL}2026-{{}}/"),
    *(f"{SCHOOL}2026-{{}}/table.csv", f"{SCHOOL}2026-00001/table.{{}}"),
    "/schools/{}/open-data.jsonl",
    *("/feed.{}", "/sitemap-{}-0.xml", "/sitemap-notices-{}.xml", "/attachments/{}/x.txt"),
    *("/preview/{}/", "/follow/{}/", "/follow/{}/end/", "/letters/{}/"),
    "/accounts/password-reset/{0}/{0}/",
]


@pytest.fixture
def notice(cast, stage):
    """A school with a notice, a file, a box and a committee: every page has something to show."""
    Mailbox(school=cast.school, name="校长信箱").save()
    Committee(school=cast.school, kind="leading", name="领导小组").save()
    draft = stage.draft(title="收费公示")
    Attachment.objects.attach(draft, ContentFile(b"1", name="a.txt"), by=cast.editor, title="表")
    return stage.carry_out(draft)


def text_of(page):
    return (b"".join(page.streaming_content) if page.streaming else page.content).decode()


def wrong(page, *, may=(200, 400, 404)):
    """What is wrong with an answer; '' when it is fit to be read."""
    text = text_of(page)
    if page.status_code not in may:
        return f"answers {page.status_code}"
    if MARKUP in text or "<script>alert" in text:
        return "passes markup on"
    is_page = page.status_code // 100 != 3 and page["Content-Type"].startswith("text/html")
    return "says nothing" if is_page and not re.search(r"<h1\b[^>]*>\S", text) else ""


def faults(client, addresses, **options):
    told = {address[:200]: wrong(client.get(address), **options) for address in addresses}
    return {address: fault for address, fault in told.items() if fault}


def asked(place, value):
    return f"{place}?{'&'.join(f'{name}={value}' for name in NAMES)}"


@pytest.mark.parametrize("place", READING)
def test_a_page_answers_whatever_stands_in_its_parameters(client, notice, place):
    assert faults(client, [asked(place, value) for value in IN_ADDRESSES]) == {}


@pytest.mark.parametrize("place", INNER)
def test_an_inner_page_answers_whatever_stands_in_its_parameters(signed_in, cast, notice, place):
    teacher = signed_in(cast.teacher)
    assert faults(teacher, [asked(place, value) for value in IN_ADDRESSES]) == {}
    # What is not signed in goes to the sign-in page, unless the way back would be too long.
    assert faults(Client(), [asked(place, value) for value in FEW], may=(302, 400)) == {}


def test_a_page_without_parameters_shows_the_same_whatever_is_added(client, notice):
    places = [*NOT_READING, notice.disclosure.get_absolute_url()]
    places.append(notice.attachments.get().get_absolute_url())
    for place in places:
        assert faults(client, [asked(place, value) for value in FEW], may=(200,)) == {}, place
    for place in ("/feed.atom", "/feed.json", f"{SCHOOL}embed/", f"{SCHOOL}catalogue.csv"):
        assert client.get(asked(place, FEW[1])).content == client.get(place).content


@pytest.mark.parametrize("path", PATHS)
def test_a_path_nobody_gave_out_is_not_found_in_words(client, notice, path):
    addresses = [path.replace("{0}", "{}").replace("{}", value) for value in IN_ADDRESSES]
    short = [address for address in addresses if "?" not in address and "//" not in address]
    # An empty piece, or none behind the dot, leads on to the page before it.
    assert faults(client, short, may=(200, 301, 302, 404)) == {}
    assert client.get(path.replace("{0}", "{}").replace("{}", FEW[1])).status_code == 404


@pytest.mark.parametrize("count", [1000, 2001])
def test_a_thousand_parameters_are_not_carried_along(client, notice, count):
    strange = "&".join(f"k{n}=1" for n in range(count))
    for place in ("/", "/notices/", SCHOOL, "/search/"):
        page = client.get(f"{place}?q=收费&{strange}")
        assert page.status_code in (200, 400), place
        assert "k7=1" not in page.content.decode()


def test_too_many_parameters_are_refused_with_a_sentence(client, cast):
    page = client.get("/notices/?" + "&".join(f"k{n}=1" for n in range(2001)))
    assert page.status_code == 400
    assert "地址或提交的内容不完整、太长，或者带有不能用的字符。" in page.content.decode()


@pytest.mark.parametrize("place", [*READING, *NOT_READING])
def test_a_public_page_takes_nothing_it_has_no_form_for(notice, place):
    """Without the token of a form nothing gets in; HEAD is answered as GET, without the page."""
    client = Client(enforce_csrf_checks=True)
    assert client.head(place).status_code == client.get(place).status_code
    assert text_of(client.head(place)) == ""
    for method in ("post", "put", "patch", "delete"):
        page = getattr(client, method)(place, {"q": "收费", "act": "end"})
        assert page.status_code in (403, 405), method
        assert wrong(page, may=(403, 405)) == ""


@pytest.mark.parametrize(
    ("method", "place"),
    [
        ("get", "/accounts/sign-out/"),
        ("post", "/notices/"),
        ("put", "/follow/x/"),
        ("post", "/search/"),
    ],
)
def test_a_page_asked_for_the_wrong_way_says_how_to_go_on(client, cast, method, place):
    page = getattr(client, method)(place)
    assert page.status_code == 405
    assert page["Allow"]
    assert "请返回上一页，用页面上的按钮办理。" in page.content.decode()
    assert 'href="/"' in page.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": 'W/"", ,"\\", *, ' + "x" * 5000},
        {"If-None-Match": "\x01"},
        {"If-Modified-Since": "Mon, 99 Foo 99999999 99:99:99 GMT"},
        {"If-Modified-Since": "Mon, 01 Jan 0000 00:00:00 GMT"},
        {"Accept": "application/x-nothing;q=-1, */*;q=x, \x7f"},
        {"Accept-Language": "xx-" * 3000, "Accept-Charset": "utf-7"},
        {"Range": "bytes=5-1,-,99999999999-"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "'; --", "Forwarded": "host=evil"},
        {"X-Forwarded-Proto": "gopher", "X-Requested-With": "XMLHttpRequest", "Referer": "\\"},
    ],
)
def test_strange_headers_change_nothing(client, notice, headers):
    address = notice.disclosure.get_absolute_url()
    for place in ("/", "/notices/", SCHOOL, address, "/feed.atom", "/open/notices.json"):
        page = client.get(place, headers=headers)
        assert page.status_code == 200, place
        assert page.content == client.get(place).content
        assert b"evil" not in page.content


def test_a_host_that_is_not_ours_gets_no_page_and_no_link(client, cast):
    for host in ("evil.example", "127.0.0.1:8000@evil.example", "[", "a" * 5000):
        page = client.get("/accounts/password-reset/", headers={"Host": host})
        assert page.status_code == 400, host
        assert "请返回上一页重试，或者从首页重新打开。" in page.content.decode()
        assert "evil" not in page.content.decode()


def test_cookies_of_somebody_elses_making_are_nobody(client, cast):
    junk = {"sessionid": MARKUP, "csrftoken": "x" * 4000, "messages": "[[", "django_language": "en"}
    client.cookies = SimpleCookie(junk)
    for place in ("/", "/letters/", f"{SCHOOL}class-code/", "/accounts/sign-in/"):
        page = client.get(place)
        assert wrong(page, may=(200,)) == ""
        assert page["Content-Language"] == "zh-hans"
    assert client.get("/inward/").status_code == 302


@pytest.mark.parametrize(
    "prefix",
    [
        "zz",
        "EN",
        "zh-hans",
        "zh",
        "zh-tw",
        "en-us",
        "en/en",
        "en/care",
        "care/care",
        "care/zz",
        "%00",
    ],
)
def test_what_is_no_language_and_no_mode_is_no_page(client, notice, prefix):
    for place in ("/", "/notices/", SCHOOL):
        page = client.get(f"/{prefix}{place}")
        assert page.status_code == 404
        assert wrong(page, may=(404,)) == ""


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x.atom",
        "//evil.example/en/x.json",
        "/\\evil.example/x.csv",
        "//evil.example/%2e",
    ],
)
def test_leaving_care_mode_leads_to_no_other_site(client, cast, path):
    page = client.get(f"/care{path}")
    assert page.status_code in (301, 308, 404)
    assert re.fullmatch(r"/(?![/\\]).*", page.headers.get("Location", "/")), page["Location"]


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(cast, wanted):
    typed = {"username": "teacher", "password": "sunshine-at-school", "next": wanted}
    page = Client().post("/accounts/sign-in/", typed)
    assert (page.status_code, page["Location"]) == (302, "/inward/")
