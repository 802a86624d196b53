"""Who may read which acts: the one queryset behind list, page, export and counts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from guardian.shortcuts import remove_perm

from disclosures.models import Disclosure, Reading
from feedback.models import Letter, Mailbox
from portal.history.reach import acts_readable_by, readings_readable_by
from portal.ledger.models import Act
from portal.ledger.moments import now
from tests.portal.record import CSV, LIST, READINGS, matter_pages, record_pages


def told(user, **asked):
    """(act, object) pairs the person may read, oldest first."""
    acts = acts_readable_by(user).filter(**asked).order_by("id")
    return list(acts.values_list("name", "title"))


@pytest.fixture
def both(cast, stage):
    """A published notice in each school, and a draft in each."""
    first = stage.published(title="一小收费")
    draft = stage.draft(title="一小草稿", department=cast.other_department, by=cast.editor_other)
    second = stage.published(
        title="二小校历", department=cast.department2, by=cast.editor2, entry=cast.short_entry
    )
    hidden = stage.draft(title="二小草稿", department=cast.department2, by=cast.editor2)
    return first, draft, second, hidden


LIFE = ["draft", "submit", "approve", "approve", "approve", "publish"]
FIRST = [(name, "一小收费") for name in LIFE]
SECOND = [(name, "二小校历") for name in ("draft", "submit", "approve", "publish")]


@pytest.mark.parametrize("who", ["supervisor", "principal", "office"])
def test_office_principal_and_supervisor_read_everything_of_their_school_alone(cast, both, who):
    user = getattr(cast, who)
    assert told(user, noun="disclosures.edition") == [*FIRST, ("draft", "一小草稿")]
    assert set(acts_readable_by(user)) == set(Act.objects.filter(school="first"))
    assert acts_readable_by(user).filter(name="appoint").count() == 10


def test_the_other_schools_supervisor_reads_the_other_school(cast, both):
    expected = [*SECOND, ("draft", "二小草稿")]
    assert told(cast.supervisor2, noun="disclosures.edition") == expected
    assert set(acts_readable_by(cast.supervisor2)) == set(Act.objects.filter(school="second"))


def test_an_editor_reads_what_happened_to_the_matters_they_may_edit(cast, both):
    assert told(cast.editor) == FIRST
    assert told(cast.editor_same) == FIRST
    assert told(cast.editor_other) == [("draft", "一小草稿")]
    assert told(cast.editor2) == [*SECOND, ("draft", "二小草稿")]


def test_an_editor_without_the_rows_grant_reads_nothing_of_it(cast, both):
    first = both[0]
    editors = cast.editor.groups.get()
    remove_perm("edit_disclosure", editors, first.disclosure)
    assert told(cast.editor) == []


def test_a_reviewer_reads_what_happened_to_the_rows_they_were_asked_about(cast, both):
    assert told(cast.head) == FIRST
    assert told(cast.auditor) == FIRST
    assert told(cast.head2) == []
    assert told(cast.deputy) == []


def test_a_reviewer_does_not_read_a_later_draft_nobody_has_put_before_them(cast, both):
    successor = both[0].correct(by=cast.editor)
    successor.edit(by=cast.editor, version=successor.version, title="还没有送审的更正")
    assert told(cast.head)[-1] == ("correct", "一小收费")
    assert told(cast.editor)[-1] == ("edit", "还没有送审的更正")


def test_the_bureau_reads_of_its_schools_what_was_opened_and_all_of_its_own(cast, both):
    assert told(cast.bureau, noun="disclosures.edition") == [*FIRST, *SECOND]
    own = set(Act.objects.filter(school="bureau"))
    assert own
    assert set(acts_readable_by(cast.bureau).exclude(noun="disclosures.edition")) == own


def test_the_bureau_reads_nothing_of_what_is_planned_or_for_a_named_group_alone(cast, stage):
    authority = cast.principal.groups.get().authority
    named = {"audiences": ["named"], "named_authority": authority, "inner_reason": "限定知悉"}
    stage.published(title="限定人员", **named)
    stage.published(title="下周公开", opens_at=now() + timedelta(days=7))
    assert told(cast.supervisor, name="publish") == [
        ("publish", "限定人员"),
        ("publish", "下周公开"),
    ]
    assert told(cast.bureau, noun="disclosures.edition") == []


def test_the_system_administrator_reads_people_posts_and_schools_and_no_matter(cast, both):
    acts = acts_readable_by(cast.sysadmin)
    assert acts.filter(name="appoint").count() == Act.objects.filter(name="appoint").count() > 0
    assert set(acts.values_list("noun", flat=True)) == {
        "organisation.post",
        "organisation.affiliation",
    }


@pytest.mark.parametrize("who", ["teacher", "parent", "member", "teacher2"])
def test_people_without_an_office_read_nothing(cast, both, who):
    assert told(getattr(cast, who)) == []


def test_the_public_and_the_deactivated_read_nothing(cast, both):
    assert told(AnonymousUser()) == []
    assert told(cast.supervisor) != []
    cast.supervisor.is_active = False
    cast.supervisor.save()
    assert told(cast.supervisor) == []


def test_of_a_letter_the_record_holds_the_number_only(cast):
    box = Mailbox(school=cast.school, name="校长信箱")
    box.save()
    letter, _code = Letter.objects.receive(
        box, name="张三", contact="13800000000", subject="食堂", body="饭菜太凉"
    )
    assert told(cast.supervisor, name="receive_letter") == [("receive_letter", letter.number)]
    assert told(cast.editor, name="receive_letter") == []


def test_readings_are_for_office_principal_and_supervisor_of_the_school(cast, stage):
    authority = cast.principal.groups.get().authority
    named = {"audiences": ["named"], "named_authority": authority, "inner_reason": "限定知悉"}
    restricted, open_one = stage.draft(**named), stage.draft()
    for edition in (restricted, open_one):
        Reading.objects.note(edition, by=cast.supervisor)
    reading = Reading.objects.get()
    assert (reading.edition, reading.reader) == (restricted, cast.supervisor)
    for reader in (cast.supervisor, cast.principal, cast.office):
        assert list(readings_readable_by(reader)) == [reading]
    for stranger in (cast.supervisor2, cast.editor, cast.bureau, cast.sysadmin, cast.teacher):
        assert list(readings_readable_by(stranger)) == []


def test_the_act_names_the_office_its_actor_held(cast, stage):
    stage.published()
    offices = dict(
        Act.objects.filter(noun="disclosures.edition").values_list("actor_name", "actor_office")
    )
    assert offices == {
        "信息员甲": "总务处 信息员",
        "总务主任": "总务处 部门负责人",
        "审核员": "专项审核",
        "校长": "校长",
        "公开办主任": "校务公开办公室",
    }
    assert set(Act.objects.filter(name="appoint").values_list("actor_office", flat=True)) == {
        "系统管理员"
    }


def test_pages_of_a_matter_answer_those_who_may_read_it_and_404_to_others(cast, both, client):
    allowed = {"supervisor", "principal", "office", "editor", "head", "auditor", "bureau"}
    others = {"supervisor2", "office2", "editor2", "editor_other", "deputy", "sysadmin"}
    for who in sorted(allowed | others):
        client.force_login(getattr(cast, who))
        found = [client.get(page).status_code for page in matter_pages(both[0])]
        assert found == [200 if who in allowed else 404] * 3, who


def test_pages_of_a_draft_are_closed_to_the_bureau(cast, both, client):
    client.force_login(cast.supervisor)
    assert [client.get(page).status_code for page in matter_pages(both[1])] == [200] * 3
    client.force_login(cast.bureau)
    assert [client.get(page).status_code for page in matter_pages(both[1])] == [404] * 3


def test_list_and_exports_show_each_reader_only_what_they_may_read(cast, both, client):
    for who, seen, unseen in (
        ("supervisor", "一小收费", "二小校历"),
        ("supervisor2", "二小校历", "一小收费"),
        ("sysadmin", "一小", "一小收费"),
        ("bureau", "二小校历", "二小草稿"),
    ):
        client.force_login(getattr(cast, who))
        for name in (LIST, CSV):
            answer = client.get(reverse(name))
            text = answer.getvalue().decode() if answer.streaming else answer.content.decode()
            assert (seen in text, unseen in text) == (True, False), (who, name)


def test_people_without_an_office_do_not_come_in(cast, both, client):
    for who in (None, cast.teacher, cast.parent):
        if who:
            client.force_login(who)
        for page in record_pages(both[0]):
            assert client.get(page).status_code in (302, 404)
    assert not Act.objects.filter(name="export").exists()


def test_readings_page_is_closed_to_editors_and_the_system_administrator(cast, both, client):
    page = reverse(READINGS)
    found = {}
    for who in ("supervisor", "principal", "office", "editor", "head", "sysadmin"):
        client.force_login(getattr(cast, who))
        found[who] = client.get(page).status_code
    assert found == {
        "supervisor": 200,
        "principal": 200,
        "office": 200,
        "editor": 404,
        "head": 404,
        "sysadmin": 404,
    }


def test_the_keys_of_the_log_meet_the_keys_of_the_rows(cast, stage):
    """A uuid reads alike in the log's text and in the database's own column."""
    edition = stage.draft()
    assert Disclosure.objects.editable_by(cast.editor).get() == edition.disclosure
    assert Act.objects.get(noun="disclosures.edition").subject_id == str(edition.disclosure_id)
    assert told(cast.editor) == [("draft", edition.title)]
