from datetime import timedelta

import pytest
from django.core.management import call_command

from disclosures.catalogue.listing import audience_label, sections_of
from disclosures.models import Adoption, CatalogueEntry
from portal.ledger.moments import local_day, now
from tests.cast import entry_of

PAGE = "/schools/first/catalogue/"
HEADINGS = (
    "序号",
    "公开事项",
    "公开内容形式",
    "依据",
    "公开时限",
    "责任部门",
    "公开渠道",
    "公开对象",
    "公开方式",
    "最近公开",
)


def row_of(school, code):
    rows = [row for section in sections_of(school) for row in section.rows + section.off]
    return next(row for row in rows if row.entry.code == code)


def test_the_page_shows_the_official_table_without_a_session(client, cast):
    response = client.get(PAGE)
    text = response.content.decode()
    assert response.status_code == 200
    for heading in HEADINGS:
        assert f">{heading}</th>" in text
    assert "<caption>示范区第一小学公开目录：收费</caption>" in text
    assert "收费项目、标准、依据" in text
    assert not response.cookies
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert "Vary" not in response or "Cookie" not in response["Vary"]


@pytest.mark.parametrize("language", ["", "/zh-hant", "/en", "/care/en"])
def test_the_whole_catalogue_of_the_country_is_a_page_of_150_kb(client, cast, language):
    call_command("load_catalogue", verbosity=0)
    page = client.get(language + PAGE)
    assert page.content.count(b'<tr id="') > 120
    assert len(page.content) <= 150_000


def test_unverified_timings_are_marked_and_verified_ones_are_not(client, cast):
    marks = {"S": "", "L": "本地惯例，待核", "O": "国家规定，待核"}
    for code, mark in marks.items():
        entry_of(
            cast.bureau_school,
            f"K12-Z{code}",
            title=f"事项{code}",
            offices="office",
            confidence_timing=code,
        )
        assert row_of(cast.school, f"K12-Z{code}").timing_mark == mark
    entry_of(cast.bureau_school, "K12-ZK", title="补充", offices="office", confidence_title="K")
    assert row_of(cast.school, "K12-ZK").title_mark == "补充事项，待核"
    text = client.get(PAGE).content.decode()
    assert text.count('<span class="chip chip--warn">国家规定，待核</span>') == 2
    assert "列入目录不等于法律规定" in text


@pytest.mark.parametrize(
    ("basis", "timing", "mark"),
    [
        ("law", "S", ""),
        ("law", "L", ""),
        ("rule", "S", ""),
        ("rule", "O", "国家规定，待核"),
        ("local", "S", "本地惯例，待核"),
        ("none", "S", "本地惯例，待核"),
    ],
)
def test_a_publicity_period_is_never_passed_off_as_law(cast, basis, timing, mark):
    entry_of(
        cast.bureau_school,
        "K12-Z1",
        title="公示事项",
        offices="office",
        confidence_timing=timing,
        publicity_days=5,
        publicity_unit="wd",
        publicity_basis=basis,
    )
    row = row_of(cast.school, "K12-Z1")
    assert (row.publicity, row.publicity_mark) == ("公示或征求意见不少于5个工作日", mark)


def test_bases_are_cited_by_title_and_doubtful_numbers_are_marked(client, cast):
    entry_of(cast.bureau_school, "K12-Z1", title="依据", offices="office", legal_basis="R4 R10")
    text = client.get(PAGE).content.decode()
    assert "《教育部关于推进中小学信息公开工作的意见》" in text
    assert "教办〔2010〕15号" in text
    assert text.count('<span class="chip chip--warn">文号待核</span>') == 1
    assert "学校实践，未列文件" in text


@pytest.mark.parametrize(
    ("releases", "label"),
    [
        ("public", "社会公众"),
        ("parents+pupils+staff", "家长、学生、教职工"),
        ("staff>public", "先教职工，后社会公众"),
        ("party>staff", "先党员，后教职工"),
    ],
)
def test_audiences_are_told_in_words_and_in_order(releases, label):
    assert audience_label(releases) == label


def test_the_newest_public_notice_stands_beside_its_entry(client, cast, stage):
    stage.published(title="春季学期收费公示")
    newest = stage.published(title="秋季学期收费公示")
    stage.published(title="明年的收费公示", opens_at=now() + timedelta(days=1))
    text = client.get(PAGE).content.decode()
    assert f'<a href="{newest.disclosure.get_absolute_url()}" lang="zh-Hans">' in text
    assert "秋季学期收费公示" in text
    assert "春季学期收费公示" not in text
    assert "明年的收费公示" not in text
    assert row_of(cast.school, "K12-E01").notice.on == local_day(now())


def test_inner_drafted_and_foreign_notices_never_stand_there(client, cast, stage):
    inner = stage.published(title="校内收费说明", audiences=["staff"], inner_reason="校内事项")
    assert inner.releases.count() == 1
    stage.draft(title="未公开的收费公示")
    stage.withdrawn(title="撤回的收费公示")
    text = client.get(PAGE).content.decode()
    for title in ("校内收费说明", "未公开的收费公示", "撤回的收费公示"):
        assert title not in text
    assert row_of(cast.school, "K12-E01").notice is None
    client.force_login(cast.teacher)
    assert "校内收费说明" not in client.get(PAGE).content.decode()


def test_a_notice_under_a_superseded_entry_stays_with_its_successor(cast, stage):
    stage.published(title="秋季学期收费公示")
    new = CatalogueEntry(
        category_code="K12-E",
        category="收费",
        title="收费公示",
        releases="public",
        offices="office",
    )
    cast.entry.supersede(new, by=cast.bureau, reason="名称调整")
    row = row_of(cast.school, "K12-E01")
    assert (row.entry, row.notice.title) == (new, "秋季学期收费公示")


def test_what_is_switched_off_is_listed_with_its_reason_after_the_others(client, cast):
    entry_of(cast.bureau_school, "K12-E02", title="服务性收费", offices="office")
    Adoption(school=cast.school, entry=cast.entry).switch_off(by=cast.office, reason="本校不收费")
    text = client.get(PAGE).content.decode()
    assert text.index("服务性收费") < text.index("本单位未采用的事项") < text.index("本校不收费")
    assert "本校不收费" not in client.get("/schools/second/catalogue/").content.decode()


def test_department_and_channels_of_the_school_stand_in_for_the_default(client, cast):
    assert row_of(cast.school, "K12-E01").channels == "本网站"
    Adoption(school=cast.school, entry=cast.entry).adopt(
        by=cast.office, department=cast.department, channels="公开栏、家长会"
    )
    row = row_of(cast.school, "K12-E01")
    assert (row.department, row.channels) == ("总务处", "公开栏、家长会")
    assert "公开栏、家长会" in client.get(PAGE).content.decode()


def test_english_titles_stand_on_the_english_page_above_the_official_wording(client, cast):
    entry_of(
        cast.bureau_school,
        "K12-Z1",
        title="校服采购",
        title_en="School uniforms",
        offices="office",
    )
    english = client.get("/en" + PAGE).content.decode()
    assert "School uniforms" in english
    assert '<small lang="zh-Hans">校服采购</small>' in english
    assert "School uniforms" not in client.get(PAGE).content.decode()


def test_a_bureau_has_a_catalogue_and_an_unknown_school_none(client, cast):
    assert "示范区教育局公开目录" in client.get("/schools/bureau/catalogue/").content.decode()
    assert client.get("/schools/nowhere/catalogue/").status_code == 404
    assert client.get("/schools/nowhere/catalogue.csv").status_code == 404
    assert client.post(PAGE).status_code == 405


def test_a_university_follows_the_list_for_universities(cast):
    for sector in ("k12", "he"):
        entry_of(cast.bureau_school, f"{sector}-1", title=sector, offices="office", sector=sector)
    cast.school2.stage = "university"
    cast.school2.save()
    codes = [row.entry.code for section in sections_of(cast.school2) for row in section.rows]
    assert ("he-1" in codes, "k12-1" in codes) == (True, False)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_few_queries_at_any_length(
    client, cast, stage, django_assert_max_num_queries, count
):
    for number in range(count):
        entry = entry_of(
            cast.bureau_school, f"K12-Z{number}", title=f"事项{number}", offices="office"
        )
        stage.published(entry=entry)
        Adoption(school=cast.school, entry=entry).adopt(by=cast.office, department=cast.department)
    with django_assert_max_num_queries(7):
        client.get(PAGE)
