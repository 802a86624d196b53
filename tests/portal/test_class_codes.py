"""The code of a class: issued once, opens the parents' audience of its school and nothing else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosures.models import Attachment, Reading
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now, today
from portal.organisation.codes import digests_of, plain
from portal.organisation.models import ClassCode, SchoolClass
from portal.organisation.viewer import PUBLIC, Viewer
from tests.house import WatchedClient

ADD = reverse("admin:organisation_classcode_add")
WRONG = "查看码不正确、已过期或已收回。请核对后再试，或向班主任要新的查看码。"


@pytest.fixture
def school_class(cast):
    row = SchoolClass(school=cast.school, name="一年级1班", entry_year=2026)
    row.save()
    return row


@pytest.fixture
def issued(cast, school_class):
    """A code of the class and what is written on its slip."""
    row = ClassCode(school_class=school_class, expires_on=today() + timedelta(days=30))
    return row, row.issue(by=cast.office)


def page(school, name="class_code"):
    return reverse(name, args=[school.slug])


def typed(client, school, code):
    return client.post(page(school), {"code": code})


def inner(stage, audience, title, **more):
    return stage.published(
        audiences=[audience],
        inner_reason="只对内",
        title=title,
        entry=stage.cast.short_entry,
        **more,
    )


def test_the_office_issues_a_code_that_is_shown_once(cast, client, school_class):
    client.force_login(cast.office)
    sent = {"school_class": school_class.pk, "expires_on": today() + timedelta(days=30)}
    answer = client.post(ADD, sent)
    code, row = answer.context["code"], ClassCode.objects.get()
    assert code in answer.content.decode() and len(plain(code)) == 15
    assert row.code_digest == digests_of(code)[0] and row.made_by == cast.office
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    change = reverse("admin:organisation_classcode_change", args=[row.pk])
    assert code not in client.get(change).content.decode()
    act = Act.objects.about(row.pk).get()
    assert (act.name, act.title, act.school) == ("issue_code", "一年级1班", "first")


@pytest.mark.parametrize(
    "name", ["office2", "principal", "editor", "teacher", "bureau", "sysadmin"]
)
def test_nobody_else_issues_codes_of_the_school(cast, client, school_class, name):
    client.force_login(getattr(cast, name))
    client.post(ADD, {"school_class": school_class.pk, "expires_on": today()})
    assert not ClassCode.objects.exists()
    with pytest.raises(Refused):
        ClassCode(school_class=school_class, expires_on=today()).issue(by=getattr(cast, name))


@pytest.mark.parametrize("days", [-1, 401])
def test_a_code_runs_out_within_a_sensible_time(cast, school_class, days):
    row = ClassCode(school_class=school_class, expires_on=today() + timedelta(days=days))
    with pytest.raises(Refused) as refusal:
        row.issue(by=cast.office)
    assert refusal.value.sentence == "有效期请选今天起400天以内的日期。"


def test_a_parent_reads_what_is_for_parents_and_nothing_else(cast, stage, client, issued):
    _row, code = issued
    inner(stage, "parents", "家长会安排")
    inner(stage, "staff", "教师考核")
    inner(stage, "pupils", "学生社团")
    answer = typed(client, cast.school, code)
    assert answer.url == page(cast.school, "inward_board")
    board = client.get(answer.url)
    text = board.content.decode()
    assert "家长会安排" in text and "教师考核" not in text and "学生社团" not in text
    assert {"private", "no-store"} <= set(board["Cache-Control"].split(", "))
    assert client.get(page(cast.school2, "inward_board")).status_code == 404
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_notice_and_its_file_open_and_each_reading_names_the_code(cast, stage, client, issued):
    draft = stage.draft(
        title="家长会安排", audiences=["parents"], inner_reason="只对内", entry=cast.short_entry
    )
    upload = SimpleUploadedFile("议程.txt", "议程".encode())
    file = Attachment.objects.attach(draft, upload, by=cast.editor)
    address = stage.carry_out(draft).disclosure.get_absolute_url()
    assert client.get(address).status_code == 404
    typed(client, cast.school, issued[1])
    answer = client.get(address)
    assert answer.status_code == 200 and "家长会安排" in answer.content.decode()
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert b"".join(client.get(file.get_absolute_url()).streaming_content) == "议程".encode()
    readings = Reading.objects.order_by("pk")
    assert list(readings.values_list("edition", "reader", "class_code", "attachment")) == [
        (draft.pk, None, issued[0].pk, None),
        (draft.pk, None, issued[0].pk, file.pk),
    ]
    staff = inner(stage, "staff", "教师考核")
    assert client.get(staff.disclosure.get_absolute_url()).status_code == 404


def test_who_is_signed_in_reads_under_their_own_name(cast, stage, client, issued):
    edition = inner(stage, "parents", "家长会安排")
    client.force_login(cast.teacher2)
    typed(client, cast.school, issued[1])
    assert client.get(edition.disclosure.get_absolute_url()).status_code == 200
    assert Reading.objects.values_list("reader", "class_code").get() == (cast.teacher2.pk, None)


def test_without_a_code_the_inward_board_asks_to_sign_in(cast, client):
    answer = client.get(page(cast.school, "inward_board"))
    assert answer.url == f"{reverse('sign_in')}?next={page(cast.school, 'inward_board')}"


@pytest.mark.parametrize("end", ["revoked", "expired", "class closed", "school closed"])
def test_a_code_that_ends_opens_nothing_from_the_next_request(cast, client, issued, end):
    row, code = issued
    typed(client, cast.school, code)
    board = page(cast.school, "inward_board")
    assert client.get(board).status_code == 200
    later = now()
    if end == "revoked":
        row.revoke(by=cast.office, reason="泄露")
    elif end == "expired":
        later = now() + timedelta(days=31)
    elif end == "class closed":
        row.school_class.closed_on = today()
        row.school_class.save()
    else:
        cast.school.closed_on = today()
        cast.school.save()
    with as_of(later):
        assert client.get(board).status_code == 302
        fresh = WatchedClient()
        if end != "school closed":
            assert WRONG in typed(fresh, cast.school, code).content.decode()


BAD = ["", "AAAAA-AAAAA-AAAAA", "x" * 60, "' OR 1=1 --", "😀\u202e", "\x00", "7" * 5000]


@pytest.mark.parametrize("code", BAD)
def test_what_is_no_code_is_answered_with_a_sentence(cast, client, issued, code):
    answer = typed(client, cast.school, code)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert client.get(page(cast.school, "inward_board")).status_code == 302


def test_wrong_revoked_expired_and_foreign_codes_are_told_alike(cast, client, school_class, issued):
    row, code = issued
    other = ClassCode(school_class=school_class, expires_on=today())
    revoked = other.issue(by=cast.office)
    other.revoke(by=cast.office)
    told = {
        typed(client, school, wrong).context["form"].non_field_errors()[0]
        for school, wrong in (
            (cast.school, "00000-00000-00000"),
            (cast.school, revoked),
            (cast.school2, code),
        )
    }
    assert told == {WRONG}


def test_a_code_may_be_written_as_people_write(cast, client, issued):
    sloppy = issued[1].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert typed(client, cast.school, sloppy).status_code == 302


def test_guessing_is_slowed_and_right_codes_wait_too(cast, client, issued):
    for n in range(20):
        typed(client, cast.school, f"{n:05d}-00000-00000")
    answer = typed(client, cast.school, issued[1])
    assert "失败次数太多，请在15分钟后再试。" in answer.content.decode()
    with as_of(now() + timedelta(minutes=16)):
        assert typed(client, cast.school, issued[1]).status_code == 302


def test_whoever_leaves_reads_no_more(cast, client, issued):
    typed(client, cast.school, issued[1])
    assert "看完退出" in client.get(page(cast.school)).content.decode()
    client.post(page(cast.school), {"leave": "1"})
    assert client.get(page(cast.school, "inward_board")).status_code == 302


def test_a_key_put_into_the_session_opens_nothing_without_a_row(cast, client):
    session = client.session
    session["class_codes"] = ["00000000-0000-4000-8000-000000000000"]
    session.save()
    assert client.get(page(cast.school, "inward_board")).status_code == 302


def test_the_page_is_private_and_public_pages_stay_public(cast, client, issued):
    answer = client.get(page(cast.school))
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    typed(client, cast.school, issued[1])
    board = client.get(page(cast.school, "board"))
    assert board["Cache-Control"] == "public, max-age=60" and not board.cookies
    assert client.get("/schools/none/class-code/").status_code == 404


def test_the_viewer_gains_the_parents_audience_with_and_without_an_account(cast, issued):
    row, _code = issued
    school = frozenset([cast.school.pk])
    anonymous = type("Nobody", (), {"is_authenticated": False})()
    viewer = Viewer.of(anonymous, class_codes=[row.pk])
    assert viewer == Viewer(schools={"parents": school}, class_codes={cast.school.pk: row.pk})
    assert not viewer.is_public
    teacher = Viewer.of(cast.teacher2, class_codes=[row.pk])
    assert teacher.schools == {"staff": frozenset([cast.school2.pk]), "parents": school}
    row.revoke(by=cast.office)
    assert Viewer.of(anonymous, class_codes=[row.pk]) is PUBLIC


def test_revoking_is_an_act_once_and_of_the_schools_office(cast, issued):
    row, _code = issued
    with pytest.raises(Refused):
        row.revoke(by=cast.office2)
    row.revoke(by=cast.office, reason="泄露")
    act = Act.objects.about(row.pk).get(name="revoke_code")
    assert (act.actor_id, act.reason) == (str(cast.office.pk), "泄露")
    with pytest.raises(Refused) as refusal:
        row.revoke(by=cast.office)
    assert refusal.value.sentence == "这个查看码已经收回，不用再办一次。"
