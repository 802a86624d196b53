"""Searching: what is found, by whom, in what order, and what is said when nothing is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from disclosures.models import Attachment, Release, SearchText
from disclosures.search.query import Query
from disclosures.search.results import Search
from portal.ledger.moments import as_of, now
from portal.organisation.viewer import PUBLIC, Viewer


def found(text, *, viewer=PUBLIC, **options):
    """The titles a search finds, in its order."""
    page = Search(Query(text), viewer=viewer, **options).page()
    return [release.edition.title for release in page.rows]


FEES = "2026年秋季学期收费公示"


@pytest.mark.parametrize(
    "text",
    [
        "收费",
        "费",
        "示",
        "收費",
        "秋季学期收费",
        "2026年秋",
        "202",
        "公示 收费",
        "费 秋",
        '"收费公示"',
        "“收费公示”",
        "食堂",
        "食堂伙食费",
        "伙食费每月",
        "示一小〔2026〕3号",
        "2026-00001",
        "总务处",
        "收费项目、标准、依据",
        "收费 -职称",
        "Meal",
        "meal fee",
        "ＭＥＡＬ",
        "元",
    ],
)
def test_a_notice_is_found_by_what_it_says(stage, text):
    stage.published(
        title=FEES,
        document_number="示一小〔2026〕3号",
        body="<p>食堂伙食费每月300元。Meal fees apply.</p>",
    )
    assert found(text) == [FEES]


@pytest.mark.parametrize(
    "text", ["校车", "费收", '"收费 食堂"', "收费 校车", "收费 -食堂", "收费 -食", "eal", '"Mea"']
)
def test_and_not_by_what_it_does_not_say(stage, text):
    stage.published(title=FEES, body="<p>食堂伙食费。Meal fees</p>")
    assert found("收费") == [FEES]
    assert found(text) == []


def test_simplified_words_find_a_traditional_text_and_the_other_way(stage):
    stage.published(title="學校職稱評審公示", language="zh-Hant")
    stage.published(title="教师职称评审结果")
    assert found("职称") == ["教师职称评审结果", "學校職稱評審公示"]
    assert found("職稱") == found("职称")


def test_the_text_of_attachments_is_found(stage, cast):
    edition = stage.draft(title="附件公示")
    upload = SimpleUploadedFile("名单.txt", "王小明获得一等奖学金".encode())
    Attachment.objects.attach(edition, upload, by=cast.editor)
    stage.carry_out(edition)
    assert found("奖学金") == ["附件公示"]
    assert found("名单") == ["附件公示"]


def test_only_what_is_open_to_the_viewer_is_found(stage, cast):
    stage.published(title="收费公开")
    stage.published(title="收费内部", audiences=["staff"], inner_reason="内部管理")
    stage.published(title="收费将来", opens_at=now() + timedelta(days=1))
    stage.withdrawn(title="收费撤回")
    stage.approved(title="收费未公开")
    assert found("收费") == ["收费公开"]
    assert found("收费", viewer=Viewer.of(cast.teacher)) == ["收费内部", "收费公开"]
    assert found("收费", viewer=Viewer.of(cast.office)) == ["收费内部", "收费公开"]
    assert found("收费", viewer=Viewer.of(cast.teacher2)) == ["收费公开"]
    with as_of(now() + timedelta(days=2)):
        assert found("收费") == ["收费将来", "收费公开"]


def test_one_edition_for_two_audiences_is_found_once(stage, cast):
    stage.published(title="收费内部", audiences=["staff", "parents"], inner_reason="内部管理")
    assert Release.objects.count() == 2
    assert found("收费", viewer=Viewer.of(cast.office)) == ["收费内部"]


def test_a_correction_takes_the_place_of_what_it_corrects(stage, cast):
    edition = stage.published(title="收费旧版")
    successor = edition.correct(by=cast.editor)
    successor.edit(by=cast.editor, version=0, title="收费新版", change_note="金额更正")
    assert found("收费") == ["收费旧版"]
    stage.carry_out(successor)
    assert found("收费") == ["收费新版"]


def test_what_is_restored_is_found_again_as_the_newest(stage, cast):
    edition = stage.withdrawn(title="收费甲")
    stage.published(title="收费乙")
    assert found("收费") == ["收费乙"]
    edition.refresh_from_db()
    edition.propose_restoration(by=cast.principal, reason="金额无误")
    edition.restore(by=cast.office)
    assert found("收费") == ["收费甲", "收费乙"]
    assert SearchText.objects.filter(edition=edition).count() == 1


def test_a_cancelled_publication_is_not_found(stage, cast):
    tomorrow = now() + timedelta(days=1)
    edition = stage.published(title="收费将来", opens_at=tomorrow)
    edition.cancel(by=cast.office, reason="改期")
    with as_of(now() + timedelta(days=2)):
        assert found("收费") == []


def test_an_act_that_fails_leaves_nothing_to_find(stage, cast, monkeypatch):
    edition = stage.approved(title="收费失败")
    monkeypatch.setattr("disclosures.models.edition.news.published", lambda edition: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        edition.publish(by=cast.office)
    assert SearchText.objects.count() == 0


def test_filters_narrow_and_are_counted(stage, cast):
    stage.published(title="收费一小")
    stage.published(title="收费校历", entry=cast.short_entry)
    stage.published(title="收费二小", department=cast.department2, by=cast.editor2)
    page = Search(Query("收费")).page()
    assert page.total == 3
    assert page.counts["category"] == [("K12-E", 2), ("K12-A", 1)]
    assert dict(page.counts["school"]) == {cast.school.pk: 2, cast.school2.pk: 1}
    assert page.counts["year"] == [(now().year, 3)]
    assert found("收费", filters={"school": cast.school2.pk}) == ["收费二小"]
    assert found("收费", filters={"category": "K12-A"}) == ["收费校历"]
    assert found("收费", filters={"department": cast.department.pk}) == ["收费校历", "收费一小"]
    assert found("收费", filters={"year": 2020}) == []


def test_by_rank_the_title_counts_more_than_the_text(stage):
    stage.published(title="食堂收费标准", body="<p>见附表。</p>")
    stage.published(title="本周安排", body="<p>食堂收费收费收费</p>")
    assert found("收费") == ["本周安排", "食堂收费标准"]
    assert found("收费", order="rank") == ["食堂收费标准", "本周安排"]


@pytest.mark.parametrize("order", ["date", "rank"])
def test_pages_follow_each_other_without_gap_or_repeat(stage, cast, order):
    began = now() - timedelta(hours=2)
    for number in range(25):
        with as_of(began + timedelta(minutes=number)):
            stage.published(title=f"第{number}号收费", entry=cast.short_entry)
    search = Search(Query("收费"), order=order)
    first = search.page()
    second = search.page(first.next_key)
    seen = [row.edition.title for row in [*first.rows, *second.rows]]
    assert seen == [f"第{number}号收费" for number in reversed(range(25))]
    assert (len(first.rows), first.is_first, second.is_first) == (20, True, False)
    assert (second.next_key, second.total) == ("", 25)
    assert not search.page("forged").key_is_known


def test_rebuilding_the_index_finds_the_same(stage, cast, capsys):
    stage.withdrawn(title="收费撤回")
    stage.published(title="收费甲")
    stage.published(title="收费将来", opens_at=now() + timedelta(days=1))
    keys = list(SearchText.objects.values_list("key", "edition__title").order_by("key"))
    call_command("index_texts")
    assert "3 件" in capsys.readouterr().out
    assert list(SearchText.objects.values_list("key", "edition__title").order_by("key")) == keys
    assert found("收费") == ["收费甲"]


def test_words_beyond_what_a_tsvector_can_place_are_found_in_their_order(stage):
    filling = "".join(chr(0x4E00 + n % 5000) for n in range(20_000))
    stage.published(title="很长的文件", body=f"<p>{filling}</p><p>校车路线调整</p><p>收取费用</p>")
    stage.published(title="重复的文件", body=f"<p>{'校车。' * 400}校车路线。</p>")
    assert found("校车路线") == ["重复的文件", "很长的文件"]
    assert found("路线调整") == ["很长的文件"]
    assert found("整校车") == []
    assert found("车路线 -调整") == ["重复的文件"]
