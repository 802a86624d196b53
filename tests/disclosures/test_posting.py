"""Recording where else a notice was made known: who may, what readers are told, what is kept."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from disclosures.models import Posting, Reading, StoredFile
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import today
from portal.text.files import UnfitFile
from tests.disclosures.conftest import told
from tests.disclosures.workplace import address, said, sent
from tests.portal.test_pictures import END, SCAN, SIZE, exif

pytestmark = pytest.mark.django_db
TOLD = {"form": "board", "place": "校门口公示栏", "posted_on": "2026-09-01", "posted_by": "王老师"}
PHOTO = b"\xff\xd8" + exif(6) + SIZE + SCAN + END


def post(edition, by, **more):
    return Posting.objects.record(edition, by=by, **(TOLD | {"posted_on": today()} | more))


def photo(content=PHOTO, name="墙.jpg"):
    return SimpleUploadedFile(name, content)


def notice(client, edition):
    return client.get(edition.disclosure.get_absolute_url()).content.decode()


def test_readers_are_told_where_and_when_but_not_who(client, cast, stage):
    edition = stage.published()
    assert "张贴记录" not in notice(client, edition)
    post(edition, cast.editor, note="另发<b>书面</b>通知", photo=photo())
    text = notice(client, edition)
    for shown in ("张贴记录", "公示栏张贴", "校门口公示栏", "另发&lt;b&gt;书面&lt;/b&gt;通知"):
        assert shown in text
    assert "王老师" not in text and "photo" not in text


def test_a_page_that_was_kept_is_asked_for_anew_afterwards(client, cast, stage):
    edition = stage.published()
    place = edition.disclosure.get_absolute_url()
    held = client.get(place)["ETag"]
    post(edition, cast.office)
    assert client.get(place, headers={"if-none-match": held}).status_code == 200


def test_recording_is_an_act_of_the_notice(cast, stage, recording):
    edition = stage.published()
    with recording() as record:
        posting = post(edition, cast.editor, note="开学第一天")
    assert told(record.act) == (
        "record_posting",
        "信息员甲",
        "first",
        "K12-E",
        "K12-E01",
        "开学第一天",
    )
    assert record.act.subject_id == str(edition.disclosure_id)
    assert record.history == {"Posting": 1}
    assert posting.recorded_by == cast.editor


@pytest.mark.parametrize("name", ["editor", "editor_same", "office"])
def test_its_editors_and_the_office_may(cast, stage, name):
    post(stage.published(), getattr(cast, name))
    assert Posting.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["editor_other", "head", "principal", "supervisor", "bureau", "editor2", "sysadmin"]
)
def test_nobody_else_may(cast, stage, refused, name):
    edition = stage.published()
    with refused("您没有对这份文稿办理“登记张贴”的权限。"):
        post(edition, getattr(cast, name))


def test_only_what_is_on_the_board_was_posted_elsewhere(cast, stage, refused):
    for edition, state in ((stage.draft(), "草稿"), (stage.withdrawn(), "已撤回")):
        with refused(f"这份文稿现在是“{state}”，不能办理“登记张贴”。"):
            post(edition, cast.office)


def test_a_day_to_come_or_long_past_and_an_empty_place_are_refused(cast, stage, refused):
    edition = stage.published()
    with refused("日期不能晚于今天。张贴以后再来登记。"):
        post(edition, cast.editor, posted_on=today() + timedelta(days=1))
    with refused("日期比成文日期早了一年以上，请核对。"):
        post(edition, cast.editor, posted_on=edition.written_on - timedelta(days=367))
    with refused("请写明地点或对象，以及经办人。"):
        post(edition, cast.editor, place=" ")


def test_nothing_is_kept_of_a_photograph_but_the_picture(cast, stage):
    posting = post(stage.published(), cast.editor, photo=photo())
    kept = posting.photo.path.read_bytes()
    assert b"GPS" in PHOTO and b"GPS" not in kept
    assert kept.endswith(SIZE + SCAN + END)
    assert StoredFile.objects.get().sha256 == posting.photo.sha256


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("通知.pdf", b"%PDF-1.4", "照片要用 JPG 或 PNG 图片。"),
        ("墙.svg", b"<svg/>", "照片要用 JPG 或 PNG 图片。"),
        ("墙.jpg", b"<html>", "内容"),
        ("墙.jpg", b"\xff\xd8\xff" + SIZE[1:] + SCAN, "照片已损坏，请重新拍摄或另存后再上传。"),
        ("墙.png", b"", "文件是空的。请检查原文件后重新上传。"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(cast, stage, name, content, sentence):
    edition = stage.published()
    with pytest.raises(UnfitFile, match=sentence):
        post(edition, cast.editor, photo=photo(content, name))
    assert not Posting.objects.exists() and not StoredFile.objects.exists()


def test_the_form_records_and_a_second_click_does_not(client, cast, stage):
    edition = stage.published()
    typed = TOLD | {"posted_on": today().isoformat(), "key": str(uuid.uuid4())}
    client.force_login(cast.editor)
    for _click in range(2):
        answer = client.post(address("posting", edition), typed | {"photo": photo()})
        assert answer.status_code == 302
    posting = Posting.objects.get()
    assert (posting.place, posting.photo_name) == ("校门口公示栏", "photo.jpg")
    page = said(client.get(address("change", edition)))
    assert "校门口公示栏" in page and "王老师" in page


def test_a_refusal_keeps_what_was_typed(client, cast, stage):
    later = (today() + timedelta(days=1)).isoformat()
    answer = sent(client, cast.editor, "posting", stage.published(), **TOLD | {"posted_on": later})
    page = said(answer)
    assert answer.status_code == 200
    for kept in ("校门口公示栏", "王老师", later, "日期不能晚于今天。张贴以后再来登记。"):
        assert kept in page


def test_who_may_only_read_is_told_so_and_strangers_find_nothing(client, cast, stage):
    edition = stage.published()
    for name, status in (("supervisor", 403), ("editor2", 404), ("parent", 302)):
        client.force_login(getattr(cast, name))
        assert client.get(address("posting", edition)).status_code == status, name
        assert client.post(address("posting", edition), TOLD).status_code == status, name
    assert not Posting.objects.exists()


def test_the_photograph_is_for_the_staff_of_the_notice(client, cast, stage):
    edition = stage.published()
    posting = post(edition, cast.editor, photo=photo())
    place = address("photo", edition, posting=posting.pk)
    client.force_login(cast.supervisor)
    answer = client.get(place)
    assert b"".join(answer.streaming_content) == posting.photo.path.read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert "private, no-store" in answer["Cache-Control"]
    client.force_login(cast.editor2)
    assert client.get(place).status_code == 404
    bare = post(edition, cast.editor)
    client.force_login(cast.editor)
    assert client.get(address("photo", edition, posting=bare.pk)).status_code == 404
    other = stage.published(title="别的")
    assert client.get(address("photo", other, posting=posting.pk)).status_code == 404
    assert Reading.objects.count() == 0


def test_a_mistake_is_taken_back_with_a_reason_and_stays_in_the_record(client, cast, stage):
    edition = stage.published()
    posting = post(edition, cast.editor)
    with pytest.raises(Refused, match="撤销登记请写明理由。"):
        posting.strike(by=cast.editor, reason=" ")
    client.force_login(cast.office)
    place = address("strike_posting", edition, posting=posting.pk)
    assert client.post(place, {"reason": "地点写错"}).status_code == 302
    assert "校门口公示栏" not in notice(client, edition)
    assert "校门口公示栏" in said(client.get(address("change", edition)))
    assert Act.objects.latest("id").name == "strike_posting"
    assert "这条登记已经撤销，不用再办一次。" in said(client.post(place, {"reason": "再来"}))


def test_nobody_else_takes_it_back(client, cast, stage, refused):
    edition = stage.published()
    posting = post(edition, cast.editor)
    with refused("您没有对这份文稿办理“撤销张贴登记”的权限。"):
        posting.strike(by=cast.supervisor, reason="理由")
    place = address("strike_posting", edition, posting=posting.pk)
    for name, status in (("supervisor", 403), ("editor2", 404)):
        client.force_login(getattr(cast, name))
        assert client.post(place, {"reason": "理由"}).status_code == status
    assert Posting.objects.get().struck_at is None
