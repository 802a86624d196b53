import logging
from datetime import timedelta

import pytest
from django.db.models import QuerySet

from disclosures.models import Edition, Reading
from disclosures.templatetags.disclosures import body, kept_whole
from portal.ledger.moments import as_of, local_day, now, today


def address(edition):
    return edition.disclosure.get_absolute_url()


def published_by_steps(edition, cast):
    edition.submit(by=edition.drafted_by)
    for reviewer in (cast.head, cast.auditor, cast.principal):
        edition.approve(by=reviewer, seen=edition.content_digest())
    edition.publish(by=cast.office)


def corrected(edition, cast, **content):
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=successor.version, **content)
    published_by_steps(successor, cast)
    return successor


def test_a_public_notice_shows_its_facts_and_asks_nobody_who_reads(client, cast, stage):
    edition = stage.published(document_number="示一小〔2026〕5号", keywords="收费 公示")
    page = client.get(address(edition))
    assert page.status_code == 200
    assert page["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in page
    text = page.content.decode()
    facts = [
        kept_whole(edition.disclosure.index_number),
        "总务处",
        "示一小〔2026〕5号",
        today().isoformat(),
        "社会公众",
        "有效，长期公开",
        "通知",
        "收费 公示",
    ]
    assert [fact for fact in facts if fact not in text] == []
    assert text.count("<h1") == 1
    assert '<h1 lang="zh-Hans">2026年秋季学期收费公示</h1>' in text
    assert "<p>本学期收费项目如下。</p>" in text


def test_the_content_keeps_its_language_whatever_the_interface(client, stage):
    edition = stage.published(language="zh-Hant", title="校務公開")
    text = client.get(f"/en{address(edition)}").content.decode()
    assert '<html lang="en">' in text
    assert '<h1 lang="zh-Hant">校務公開</h1>' in text


def test_a_body_that_breaks_the_rule_is_shown_as_text_and_reported(client, stage, caplog):
    edition = stage.published()
    breaking = '<p onclick="x()">金额</p><script>alert(1)</script>'
    QuerySet(Edition).filter(pk=edition.pk).update(body=breaking, rule=0)
    with caplog.at_level(logging.WARNING, logger="portal.disclosures"):
        text = client.get(address(edition)).content.decode()
    assert "onclick" not in text
    assert "<script" not in text
    assert "金额" in text
    assert str(edition.pk) in caplog.text


def test_a_table_within_a_table_stays_well_formed(stage):
    inner = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    edition = stage.draft()
    edition.body = f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"
    framed = body(edition)
    assert framed.index("<table>") < framed.index("<div") < framed.rindex("<table>")
    assert framed.index("</table></div></td>") < framed.rindex("</table>")
    assert (framed.count("<div"), framed.count("</div>")) == (1, 1)


NUM = '<span class="num">{}</span>'


@pytest.mark.parametrize(
    ("said", "set_"),
    [
        ("电话0599-8000218。", f"电话{NUM.format('0599-8000218')}。"),
        ("于2026-11-20公布", f"于{NUM.format('2026-11-20')}公布"),
        ("2026—2027学年、12-3、A12-34", "2026—2027学年、12-3、A12-34"),
        (
            '<a href="https://a.example/0599-8000218" rel="noopener noreferrer">见</a>',
            '<a href="https://a.example/0599-8000218" rel="noopener noreferrer">见</a>',
        ),
    ],
)
def test_telephones_and_dates_are_not_broken_over_two_lines(stage, said, set_):
    edition = stage.draft()
    edition.body = f"<p>{said}</p>"
    assert body(edition) == f"<p>{set_}</p>"


def test_a_number_within_a_quoted_value_stays_there(stage):
    edition = stage.draft()
    edition.body = '<p><a href="https://a.example/?q=&gt;&quot; 0599-8000218">见</a></p>'
    assert "num" not in body(edition)


def test_an_index_number_breaks_after_its_slash_only():
    assert kept_whole("1235B/2026-00001") == f"1235B/<wbr>{NUM.format('2026-00001')}"


def test_wide_tables_scroll_in_a_region_of_their_own(client, stage):
    edition = stage.published(body="<table><tbody><tr><td>午餐</td></tr></tbody></table>")
    text = client.get(address(edition)).content.decode()
    assert '<div class="scroll" role="region" tabindex="0"' in text


def test_an_inner_notice_is_for_its_audience_and_reading_is_recorded(client, cast, stage):
    edition = stage.published(audiences=["staff"], inner_reason="只涉及教职工")
    for reader in (None, cast.parent, cast.teacher2, cast.sysadmin):
        client.logout()
        if reader:
            client.force_login(reader)
        assert client.get(address(edition)).status_code == 404
    assert not Reading.objects.exists()
    client.force_login(cast.teacher)
    page = client.get(address(edition))
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert "只涉及教职工" in page.content.decode()
    assert list(Reading.objects.values_list("edition", "reader", "attachment")) == [
        (edition.pk, cast.teacher.pk, None)
    ]


def test_a_notice_for_everybody_and_staff_is_read_as_public(client, cast, stage):
    edition = stage.published(audiences=["public", "staff"])
    client.force_login(cast.teacher)
    assert client.get(address(edition))["Cache-Control"] == "public, max-age=60"
    assert not Reading.objects.exists()


def test_a_scheduled_notice_has_no_page_until_it_opens(client, stage):
    edition = stage.published(opens_at=now() + timedelta(hours=1))
    assert client.get(address(edition)).status_code == 404
    with as_of(now() + timedelta(hours=2)):
        assert client.get(address(edition)).status_code == 200


def test_an_emergency_notice_says_that_it_waits_for_confirmation(client, cast, stage):
    edition = stage.draft()
    edition.emergency_publish(by=cast.principal, reason="停水")
    assert "紧急公开待确认" in client.get(address(edition)).content.decode()
    edition.confirm(by=cast.office)
    assert "紧急公开待确认" not in client.get(address(edition)).content.decode()


def test_a_correction_says_what_changed_and_when(client, cast, stage):
    edition = stage.published()
    assert "更正记录" not in client.get(address(edition)).content.decode()
    corrected(edition, cast, body="<p>改正</p>", change_note="餐费由6元改为5元")
    page = client.get(address(edition))
    assert [
        (row["edition__number"], row["edition__change_note"]) for row in page.context["versions"]
    ] == [(2, "餐费由6元改为5元"), (1, "")]
    assert "<p>改正</p>" in page.content.decode()


def test_a_withdrawn_notice_leaves_a_tombstone(client, cast, stage):
    edition = stage.withdrawn(title="午餐收费")
    page = client.get(address(edition))
    assert page.status_code == 410
    text = page.content.decode()
    told = [
        kept_whole(edition.disclosure.index_number),
        "午餐收费",
        "发布有误",
        "金额有误",
        "已经撤回",
    ]
    assert [part for part in told if part not in text] == []
    assert "本学期收费项目如下" not in text


def test_a_notice_taken_down_for_personal_data_hides_its_title(client, cast, stage):
    edition = stage.published(title="张三的处分")
    assert "张三" in client.get(address(edition)).content.decode()
    edition.take_down(by=cast.head, ground="personal", reason="含有个人信息")
    page = client.get(address(edition))
    assert page.status_code == 410
    text = page.content.decode()
    assert "张三" not in text
    assert "紧急撤下，还要由另一位负责人确认" in text
    edition.confirm(by=cast.office)
    assert "紧急撤下，还要由" not in client.get(address(edition)).content.decode()


def test_a_withdrawn_inner_notice_has_a_tombstone_for_its_audience_only(client, cast, stage):
    edition = stage.withdrawn(audiences=["staff"], inner_reason="只涉及教职工")
    assert client.get(address(edition)).status_code == 404
    client.force_login(cast.parent)
    assert client.get(address(edition)).status_code == 404
    client.force_login(cast.teacher)
    assert client.get(address(edition)).status_code == 410


def test_an_expired_notice_says_that_its_period_is_over(client, stage):
    edition = stage.published(closes_on=today())
    assert f"公开至 <time>{today()}</time>" in client.get(address(edition)).content.decode()
    with as_of(now() + timedelta(days=1)):
        page = client.get(address(edition))
        assert page.status_code == 410
        assert "这份公开的期限已到" in page.content.decode()


def test_a_notice_narrowed_by_a_correction_is_gone_for_the_public(client, cast, stage):
    edition = stage.published()
    corrected(edition, cast, audiences=["staff"], inner_reason="转为校内", change_note="转为校内")
    page = client.get(address(edition))
    assert page.status_code == 410
    assert "这份公开已由新版取代" in page.content.decode()
    client.force_login(cast.teacher)
    assert client.get(address(edition)).status_code == 200


def test_drafts_and_other_numbers_are_not_found(client, cast, stage):
    edition = stage.published()
    stage.draft()
    year = local_day(now()).year
    assert client.get(address(edition)).status_code == 200
    for wrong in (f"{year}-00002", f"{year}-000001", f"{year}-1", "0000-00001", f"{year}-9999999"):
        assert client.get(f"/schools/first/{wrong}/").status_code == 404
    assert client.get(f"/schools/second/{year}-00001/").status_code == 404


@pytest.mark.parametrize("editions", [1, 4])
def test_a_notice_takes_few_queries(client, cast, stage, editions, django_assert_max_num_queries):
    edition = stage.published()
    for n in range(editions - 1):
        edition = corrected(edition, cast, change_note=f"第{n}次")
    with django_assert_max_num_queries(12):
        assert client.get(address(edition)).status_code == 200
