"""The school's office sets up mailboxes and reads no letters."""

import pytest

from feedback.models import Mailbox
from portal.ledger.models import Act

ADD = "/admin/feedback/mailbox/add/"


def written(school, **changes):
    return {
        "school": school.pk,
        "slug": "canteen",
        "name": "食堂意见箱",
        "name_en": "",
        "office": "deputy_head",
        "guidance": "",
        "reply_days": 3,
        "is_open": "on",
    } | changes


def change(box):
    return f"/admin/feedback/mailbox/{box.pk}/change/"


def test_the_office_sets_up_a_box_for_its_school(client, cast):
    client.force_login(cast.office)
    client.post(ADD, written(cast.school))
    box = Mailbox.objects.get(slug="canteen")
    assert (box.school, box.office, box.reply_days) == (cast.school, "deputy_head", 3)
    act = Act.objects.get(name="register", noun="feedback.mailbox")
    assert (act.actor_name, act.school) == ("公开办主任", "first")
    assert box.history.get().act_id == act.uuid


def test_the_office_renames_and_closes_a_box(client, cast, box):
    client.force_login(cast.office)
    values = written(cast.school, slug="principal", office="principal", name="校长来信")
    del values["is_open"]
    client.post(change(box), values)
    box.refresh_from_db()
    assert (box.name, box.is_open) == ("校长来信", False)
    assert Act.objects.filter(name="change", noun="feedback.mailbox").count() == 1


def test_a_box_with_letters_cannot_be_given_to_another_reader(client, cast, box, letter):
    client.force_login(cast.office)
    client.post(change(box), written(cast.school, slug="x", office="office", name="校长来信"))
    box.refresh_from_db()
    assert (box.name, box.slug, box.office) == ("校长来信", "principal", "principal")
    assert not box.keepers().filter(pk=cast.office.pk).exists()


def test_a_box_is_not_given_to_a_department_office(client, cast):
    client.force_login(cast.office)
    response = client.post(ADD, written(cast.school, office="editor"))
    assert list(response.context["adminform"].form.errors) == ["office"]
    assert not Mailbox.objects.filter(slug="canteen").exists()


def test_no_box_is_set_up_in_another_school(client, cast):
    client.force_login(cast.office)
    response = client.post(ADD, written(cast.school2))
    assert list(response.context["adminform"].form.errors) == ["school"]
    assert not Mailbox.objects.filter(slug="canteen").exists()


@pytest.mark.parametrize(
    "who", ["principal", "supervisor", "editor", "sysadmin", "bureau", "office2"]
)
def test_nobody_else_changes_a_box(client, cast, box, who):
    client.force_login(getattr(cast, who))
    client.post(change(box), written(cast.school, name="别的名字"))
    box.refresh_from_db()
    assert box.name == "校长信箱"


def test_the_board_leads_to_open_boxes_only(client, cast, box):
    Mailbox(school=cast.school, name="旧信箱", slug="old", is_open=False).save()
    Mailbox(school=cast.school2, name="二小校长信箱").save()
    board = client.get("/schools/first/").content.decode()
    assert '<a href="/schools/first/mailboxes/principal/">校长信箱</a>' in board
    assert [name for name in ("旧信箱", "二小校长信箱") if name in board] == []


def test_the_board_names_the_box_in_the_language_of_the_reader(client, cast, box):
    box.name_en = "Principal's mailbox"
    box.save()
    assert "Principal&#x27;s mailbox</a>" in client.get("/en/schools/first/").content.decode()
