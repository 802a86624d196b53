"""What the site says of itself, the tags its pages carry, and how much they weigh."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from portal.ledger.moments import SHANGHAI, as_of, now, today
from portal.organisation.models import School, User
from portal.views_pages import HOLDINGS
from tests.boards import fill
from tests.disclosures.test_board import quiet
from tests.test_layers import OURS

BOARD = "/schools/first/"
PAGES = ["/about/", "/accessibility/", "/privacy/", "/site-map/", f"{BOARD}privacy/"]
LANGUAGES = ["", "/zh-hant", "/en"]


def tags(page):
    """The meta tags of a page by name or property."""
    found = re.findall(
        r'<meta (?:name|property)="([^"]*)" content="([^"]*)"', page.content.decode()
    )
    assert len(found) == len(dict(found)), "a tag twice"
    return dict(found)


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_explains_itself_in_three_languages(client, cast, place, language):
    page = client.get(f"{language}{place}")
    assert page.status_code == 200
    assert page["Cache-Control"] == "public, max-age=300"
    assert "Vary" not in page
    assert not page.cookies
    assert tags(page)["ColumnName"] in page.content.decode().partition("<h1>")[2]


@pytest.mark.parametrize("place", PAGES)
def test_an_empty_portal_explains_itself_too(client, db, place):
    assert client.get(place).status_code == (404 if "schools" in place else 200)


def test_every_page_leads_to_the_pages_about_the_site(client, cast):
    for place in ("/", BOARD, "/nothing/"):
        text = client.get(place).content.decode()
        rules = f"{BOARD}privacy/" if place == BOARD else "/privacy/"
        for address in ("/about/", "/accessibility/", "/site-map/"):
            assert f'href="{address}"' in text
        assert rules in text


def test_the_footer_shows_only_what_is_filled_in(client, cast):
    cast.school.icp, cast.school.site_code = "", ""
    cast.school.save()
    empty = client.get(BOARD)
    assert "SiteIDCode" not in tags(empty)
    assert "备案号" not in empty.content.decode()
    cast.school.icp, cast.school.site_code = "闽ICP备00000000号", "3500000001"
    cast.school.police_record = "闽公网安备 35000000000000号"
    cast.school.save()
    filled = client.get(BOARD)
    assert tags(filled)["SiteIDCode"] == "3500000001"
    for told in (cast.school.icp, cast.school.police_record, cast.school.site_code):
        assert told in filled.content.decode().partition("<footer")[2]


def test_the_site_map_names_every_open_school(client, cast):
    text = client.get("/site-map/").content.decode()
    for slug in School.objects.values_list("slug", flat=True):
        assert f'href="/schools/{slug}/"' in text
    cast.school2.closed_on = today()
    cast.school2.save()
    assert 'href="/schools/second/"' not in client.get("/site-map/").content.decode()


def test_the_rules_for_personal_data_name_everything_that_is_kept_of_people():
    """Whoever adds a row that names a person says there what it is for and who reads it."""
    kept = {model for holding in HOLDINGS for model in holding.fields}
    naming = {
        model
        for model in OURS
        if not hasattr(model, "instance_type") and not model.__name__.endswith("Permission")
        for field in model._meta.fields
        if (isinstance(field, models.ForeignKey) and field.related_model is User)
        or (isinstance(field, models.EmailField) and model.__name__ != "School")
    }
    assert len(naming) > 10
    assert naming - kept == set()


def test_the_rules_of_a_school_name_whom_to_ask(client, cast):
    cast.school.phone = "0599-8000200"
    cast.school.save()
    page = client.get(f"{BOARD}privacy/")
    text = page.content.decode()
    assert f"处理者是{cast.school.name}" in text
    assert text.count("0599-8000200") >= 2
    assert [holding.title for holding in page.context["holdings"]] == [
        "账号",
        "任职和身份",
        "来信",
        "经办记录",
        "查阅记录",
        "消息和订阅",
    ]


def test_a_notice_carries_the_tags_that_inspections_read(client, stage):
    edition = stage.published(title="收费公示", summary="本学期收费项目", keywords="收费")
    place = edition.disclosure.get_absolute_url()
    found = tags(client.get(f"/care{place}"))
    address = f"http://127.0.0.1:8000{place}"
    opened = edition.releases.get().opens_at.astimezone(SHANGHAI)
    assert {name: value for name, value in found.items() if name[0].isupper()} == {
        "SiteName": "示范区第一小学",
        "SiteDomain": "127.0.0.1:8000",
        "ArticleTitle": "收费公示",
        "PubDate": opened.strftime("%Y-%m-%d %H:%M"),
        "ContentSource": edition.issuer,
        "Keywords": "收费",
        "Author": f"{edition.issuer} {edition.department_title}",
        "ColumnName": edition.disclosure.entry.category,
        "ColumnType": "信息公开",
        "Description": "本学期收费项目",
        "Url": address,
    }
    assert (found["og:url"], found["og:title"]) == (address, "收费公示")


@pytest.mark.parametrize(
    ("kind", "kept_out"),
    [("none", False), ("low", False), ("names", True), ("minors", True), ("sensitive", True)],
)
def test_notices_that_name_people_are_kept_out_of_search_engines(
    client, cast, stage, kind, kept_out
):
    cast.entry.personal_data = kind
    cast.entry.save()
    page = client.get(stage.published().disclosure.get_absolute_url())
    assert (tags(page).get("robots") == "noindex") is kept_out


@pytest.mark.parametrize(
    "place", ["/", "/notices/", BOARD, f"{BOARD}notices/", f"{BOARD}catalogue/"]
)
def test_every_list_says_what_it_lists(client, stage, place):
    stage.published()
    found = tags(client.get(place))
    assert found["ColumnDescription"] == found["description"] == found["og:description"] != ""
    assert {"ColumnName", "ColumnType", "og:title", "og:url"} <= set(found)


def test_a_department_s_board_says_who_answers_and_how_to_reach_them(client, cast, stage):
    cast.department.phone = "0599-8000201"
    cast.department.save()
    stage.published(title="收费公示")
    page = client.get(f"{BOARD}departments/{cast.department.slug}/")
    text = page.content.decode()
    assert f"<h1>{cast.department.name}</h1>" in text
    assert 'href="tel:0599-8000201"' in text
    assert [post.user for post in page.context["heads"]] == [cast.head]
    assert cast.head.name in text
    assert [row.edition.title for row in page.context["page"].rows] == ["收费公示"]


def now_of(client, place=BOARD):
    return [row.edition.title for row in client.get(place).context["now"]]


def test_a_board_says_first_what_is_urgent_and_what_soon_closes(client, cast, stage):
    stage.published(title="长期")
    stage.published(title="下月止", closes_on=today() + timedelta(days=30))
    stage.published(title="七天后止", closes_on=today() + timedelta(days=7))
    stage.published(title="今天止", closes_on=today())
    urgent = stage.draft(title="停水")
    urgent.emergency_publish(by=cast.principal, reason="水管爆裂")
    assert now_of(client) == now_of(client, "/") == ["停水", "今天止", "七天后止"]
    text = client.get(BOARD).content.decode()
    assert "余7天" in text
    assert "今天截止" in text
    assert client.get(BOARD).context["fresh"] == 5
    assert now_of(client, "/schools/second/") == []
    with as_of(now() + timedelta(days=8)):
        page = client.get(BOARD)
        assert [row.edition.title for row in page.context["now"]] == ["停水"]
        assert page.context["fresh"] == 0


def test_a_confirmed_emergency_and_a_replaced_edition_are_not_news(client, cast, stage):
    urgent = stage.draft(title="停水")
    urgent.emergency_publish(by=cast.principal, reason="水管爆裂")
    assert now_of(client) == ["停水"]
    urgent.confirm(by=cast.office)
    assert now_of(client) == []
    assert "现在要看" not in client.get(BOARD).content.decode()


def weight(folder, suffix, *, without):
    paths = sorted(Path(settings.BASE_DIR, "static", folder).glob(f"*.{suffix}"))
    kept = [path for path in paths if not path.name.startswith(without)]
    assert kept or folder == "js"
    return sum(path.stat().st_size for path in kept)


def sheets_of(template):
    """The style sheets a template names, as their sizes in bytes by name."""
    text = (Path(settings.BASE_DIR, "templates") / template).read_text()
    names = re.findall(r"css/([a-z]+\.css)", text)
    return {name: Path(settings.BASE_DIR, "static/css", name).stat().st_size for name in names}


def public_templates():
    """Templates of public pages that name style sheets of their own."""
    folder = Path(settings.BASE_DIR, "templates")
    for path in sorted(folder.glob("[!a]*/*.html")):
        name = path.relative_to(folder).as_posix()
        if re.search(r"css/[a-z]+\.css", path.read_text()) and "admin/" not in path.read_text():
            yield name


def test_styles_and_scripts_of_public_pages_are_light():
    """Each page loads the common sheets and its own; a poster loads its own alone."""
    common = sheets_of("base.html")
    pages = set(public_templates()) - {"disclosures/poster.html"}
    assert {"disclosures/notice.html", "disclosures/catalogue.html"} <= pages
    heavy = {page: sum((common | sheets_of(page)).values()) for page in pages}
    assert {page: size for page, size in heavy.items() if size > 38_000} == {}
    assert sum(sheets_of("disclosures/poster.html").values()) <= 6_000
    assert weight("js", "js", without=("admin",)) <= 20_000


@pytest.mark.parametrize("count", [0, 1, 45])
def test_no_page_is_heavy_and_all_of_them_are_quiet(client, cast, stage, count):
    if count:
        stage.published(title="长" * 200)
        fill(stage, count)
    for place in ("/", BOARD, f"{BOARD}notices/", "/notices/", f"{BOARD}categories/K12-A/"):
        page = client.get(place)
        assert quiet(page), place
        assert len(page.content) <= 150_000, place
        rows = page.context["rows"] if "rows" in page.context else page.context["page"].rows
        assert bool(rows) is bool(count), place
