"""Object permissions are real: take the row's grant away and everything disappears."""

import pytest
from django.contrib.auth.models import Permission
from guardian.shortcuts import assign_perm, get_groups_with_perms, get_perms, remove_perm
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from disclosures.models import (
    Disclosure,
    DisclosureGroupObjectPermission,
    DisclosureUserObjectPermission,
    Edition,
)
from portal.ledger.models import Act
from portal.organisation.models import User
from tests.cast import appoint
from tests.disclosures.conftest import not_yours


def holders(edition, permission):
    """The user names in the groups that hold the permission on the edition's disclosure."""
    groups = get_groups_with_perms(edition.disclosure, attach_perms=True)
    return {
        user.username
        for group, names in groups.items()
        if permission in names
        for user in group.user_set.all()
    }


def history_of(edition):
    rows = DisclosureGroupObjectPermission.history.filter(content_object=edition.disclosure)
    return list(
        rows.order_by("history_id").values_list(
            "permission__codename", "history_type", "act_id", "history_user__username"
        )
    )


@pytest.mark.django_db
def test_grants_live_in_the_direct_tables_of_the_disclosure():
    assert get_group_obj_perms_model(Disclosure) is DisclosureGroupObjectPermission
    assert get_user_obj_perms_model(Disclosure) is DisclosureUserObjectPermission


def test_the_editors_of_the_department_get_their_grant_with_the_draft(stage):
    edition = stage.draft()
    assert holders(edition, "edit_disclosure") == {"editor", "editor_same"}
    assert holders(edition, "review_disclosure") == set()


def test_the_grant_to_review_moves_with_each_decision_and_ends(cast, stage):
    edition = stage.in_review()
    for reviewer in ("head", "auditor", "principal"):
        assert holders(edition, "review_disclosure") == {reviewer}
        edition.approve(by=getattr(cast, reviewer), seen=edition.content_digest())
    assert holders(edition, "review_disclosure") == set()
    assert holders(edition, "edit_disclosure") == {"editor", "editor_same"}


@pytest.mark.parametrize(
    "end",
    [
        lambda edition, cast: edition.recall(by=cast.editor),
        lambda edition, cast: edition.send_back(by=cast.auditor, opinion="改"),
        lambda edition, cast: edition.emergency_publish(by=cast.principal, reason="急"),
    ],
    ids=["recall", "send_back", "emergency_publish"],
)
def test_no_grant_to_review_outlives_the_review(cast, stage, end):
    edition = stage.in_review()
    edition.approve(by=cast.head, seen=edition.content_digest())
    assert holders(edition, "review_disclosure") == {"auditor"}
    end(edition, cast)
    assert holders(edition, "review_disclosure") == set()


def test_grants_and_revocations_stand_in_the_history_under_their_act(cast, stage):
    edition = stage.in_review(entry=cast.short_entry)
    edition.approve(by=cast.office, seen=edition.content_digest())
    act = dict(Act.objects.about(edition.disclosure_id).values_list("name", "uuid"))
    assert history_of(edition) == [
        ("edit_disclosure", "+", act["draft"], "editor"),
        ("review_disclosure", "+", act["submit"], "editor"),
        ("review_disclosure", "-", act["approve"], "office"),
    ]


def test_without_the_row_s_grant_list_button_count_and_act_are_gone(cast, stage, refused):
    edition = stage.in_review()
    assert list(Edition.objects.awaiting_review_by(cast.head)) == [edition]
    assert {"approve", "send_back"} <= edition.acts_open_to(cast.head)
    remove_perm("review_disclosure", edition.open_review().group, edition.disclosure)
    assert not Edition.objects.awaiting_review_by(cast.head).exists()
    assert not {"approve", "send_back"} & edition.acts_open_to(cast.head)
    with refused(not_yours("审核通过")):
        edition.approve(by=cast.head, seen=edition.content_digest())
    with refused(not_yours("退回")):
        edition.send_back(by=cast.head, opinion="改")


def test_without_the_row_s_grant_an_editor_edits_nothing(cast, stage, refused):
    edition = stage.draft()
    (group,) = get_groups_with_perms(edition.disclosure)
    remove_perm("edit_disclosure", group, edition.disclosure)
    assert edition.acts_open_to(cast.editor) == set()
    assert not Edition.objects.readable_by(cast.editor).exists()
    with refused(not_yours("修改")):
        edition.edit(by=cast.editor, version=edition.version, title="新")


def test_a_permission_held_globally_or_as_superuser_gives_nothing(cast, stage, refused):
    edition = stage.in_review()
    rights = Permission.objects.filter(content_type__app_label="disclosures")
    for person in (cast.teacher, cast.sysadmin):
        person.user_permissions.set(rights)
        person = User.objects.get(pk=person.pk)
        assert person.has_perm("disclosures.review_disclosure")
        assert not Edition.objects.awaiting_review_by(person).exists()
        assert not Edition.objects.readable_by(person).exists()
        assert edition.acts_open_to(person) == set()
        with refused(not_yours("审核通过")):
            edition.approve(by=person, seen=edition.content_digest())


def test_a_former_holder_loses_and_the_successor_gains_it(cast, stage, refused):
    edition = stage.in_review()
    appoint(
        cast.editor_other,
        cast.school,
        "department_head",
        by=cast.office,
        department=cast.department,
    )
    cast.head.posts.get().end(by=cast.office)
    assert not Edition.objects.awaiting_review_by(cast.head).exists()
    with refused(not_yours("审核通过")):
        edition.approve(by=cast.head, seen=edition.content_digest())
    edition.approve(by=cast.editor_other, seen=edition.content_digest())
    assert edition.reviews.get(step=1).reviewer == cast.editor_other


def test_a_grant_on_one_row_opens_no_other(cast, stage):
    one, other = stage.in_review(), stage.in_review()
    remove_perm("review_disclosure", other.open_review().group, other.disclosure)
    assert list(Edition.objects.awaiting_review_by(cast.head)) == [one]
    assert get_perms(cast.head, one.disclosure) == ["review_disclosure"]


def test_a_grant_to_review_does_not_let_the_author_decide(cast, stage, refused):
    edition = stage.in_review()
    assign_perm("review_disclosure", cast.editor, edition.disclosure)
    assert not Edition.objects.awaiting_review_by(cast.editor).exists()


def test_reviewers_read_a_text_from_the_moment_it_reaches_them(cast, stage):
    edition = stage.in_review()
    assert edition in Edition.objects.readable_by(cast.head)
    assert edition not in Edition.objects.readable_by(cast.auditor)
    edition.approve(by=cast.head, seen=edition.content_digest())
    for reviewer in (cast.head, cast.auditor):
        assert edition in Edition.objects.readable_by(reviewer)


def test_drafts_are_read_by_their_own_and_by_nobody_else(cast, stage):
    edition = stage.draft()
    readers = {
        name
        for name, person in vars(cast).items()
        if isinstance(person, User) and edition in Edition.objects.readable_by(person)
    }
    assert readers == {"editor", "editor_same", "office", "principal", "supervisor"}
