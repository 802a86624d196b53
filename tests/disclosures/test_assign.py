"""Naming who takes a review step on: it guides the step's holders and locks nobody out."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from disclosures import desk
from disclosures.models import Edition, Review
from disclosures.reminding import remind_of_due_reviews
from portal.ledger.acts import Refused
from portal.ledger.moments import as_of, now, today
from portal.organisation.models import Message, Office
from tests.cast import appoint
from tests.disclosures.conftest import told
from tests.disclosures.workplace import address, said, stored

NOT_YOURS = "您没有对这份文稿办理“指定承办人”的权限。"
CLOSED = "这一步已经办完或者还没轮到，不能指定承办人。请刷新后再看。"


@pytest.fixture
def two_heads(cast):
    """A second head of the department, so that there is somebody to choose."""
    post = appoint(
        cast.teacher,
        cast.school,
        Office.DEPARTMENT_HEAD,
        by=cast.office,
        department=cast.department,
    )
    return cast.head, post.user


def assign(edition, by, to=None, due_on=None):
    review = edition.open_review()
    review.assign(by=by, to=to or review.candidates().order_by("username").first(), due_on=due_on)
    return review


def test_a_holder_of_the_step_is_asked_by_name_until_a_day(cast, stage, two_heads):
    edition, day = stage.in_review(), today() + timedelta(days=3)
    review = assign(edition, cast.head, to=cast.teacher, due_on=day)
    now_stored = Review.objects.get(pk=review.pk)
    assert (now_stored.assignee, now_stored.due_on) == (cast.teacher, day)


def test_it_records_one_act_tells_the_one_asked_and_moves_nothing(
    cast, stage, two_heads, recording
):
    edition = stage.in_review()
    with recording() as record:
        assign(edition, cast.office, to=cast.teacher, due_on=today())
    assert told(record.act) == ("assign", "公开办主任", "first", "K12-E", "K12-E01", "")
    assert record.history == {"Review": 1}
    assert record.messages == {("teacher", "请您承办：2026年秋季学期收费公示")}
    assert stored(edition).version == edition.version
    edition.approve(by=cast.head, seen=edition.content_digest())
    assert edition.open_review().office == "special_audit"


def test_whoever_takes_it_on_themselves_needs_no_message(cast, stage, recording):
    edition = stage.in_review()
    with recording() as record:
        assign(edition, cast.head, to=cast.head)
    assert record.messages == set()


def test_holders_of_the_step_and_the_office_may_and_nobody_else(stage, only):
    only(stage.in_review(), assign, may={"head", "office"}, sentence=NOT_YOURS)


def test_an_office_that_drafted_chooses_nobody_for_its_own_text(cast, stage, only):
    only(stage.in_review(by=cast.office), assign, may={"head"}, sentence=NOT_YOURS)


def test_only_who_could_decide_is_asked_and_only_for_days_to_come(cast, stage, refused):
    edition = stage.in_review()
    for other in (cast.editor, cast.principal, cast.head2):
        with refused("承办人要从这一步可以审核的人里选。"):
            assign(edition, cast.head, to=other)
    with refused("办理期限不能早于今天。"):
        assign(edition, cast.head, due_on=today() - timedelta(days=1))
    assign(edition, cast.head)
    with refused("已经这样指定了，不用再办一次。"):
        assign(edition, cast.office)


def test_a_step_that_is_not_open_takes_no_name(cast, stage, refused):
    edition = stage.in_review()
    first = edition.open_review()
    later = edition.reviews.get(step=2)
    with refused(CLOSED):
        later.assign(by=cast.office, to=cast.auditor)
    edition.approve(by=cast.head, seen=edition.content_digest())
    with refused(CLOSED):
        first.assign(by=cast.office, to=cast.head)
    edition.recall(by=cast.editor)
    with refused(CLOSED):
        later.assign(by=cast.office, to=cast.auditor)


@translation.override("zh-hans")
def test_the_desk_puts_what_is_asked_of_me_first_and_says_how_late_it_is(
    cast, stage, two_heads, client
):
    with as_of(now() - timedelta(days=5)):
        oldest = stage.in_review(title="最早的")
        late = stage.in_review(title="超期的")
        assign(late, cast.office, to=cast.head, due_on=today() + timedelta(days=3))
    assign(stage.in_review(title="明天的"), cast.office, to=cast.head, due_on=today())
    assign(stage.in_review(title="别人的"), cast.office, to=cast.teacher)
    rows = list(desk.awaiting_review(cast.head))
    assert [row.title for row in rows] == ["超期的", "明天的", oldest.title, "别人的"]
    assert [desk.assignment(row) for row in rows] == [
        "总务主任承办，已超期2天",
        "总务主任承办，今天到期",
        "",
        "教师承办",
    ]
    client.force_login(cast.head)
    assert "总务主任承办，已超期2天" in said(client.get("/admin/"))
    listed = said(client.get(address("changelist")))
    assert "承办人" in listed and "教师承办" in listed
    assert "总务主任承办 · 已超期2天" in said(client.get(address("change", late)))


@pytest.mark.parametrize(
    ("days", "words"), [(0, "今天到期"), (2, "还有2天到期"), (-1, "已超期1天")]
)
@translation.override("zh-hans")
def test_a_day_in_words(days, words):
    with as_of(now().replace(year=2026, month=3, day=10, hour=4)):
        assert desk.due_in_words(date(2026, 3, 10) + timedelta(days=days)) == words


def reminders():
    told = Message.objects.filter(subject__startswith="审核到期")
    return sorted(told.values_list("recipient__username", flat=True))


def test_on_the_day_the_one_asked_is_reminded_once(cast, stage, two_heads):
    edition = stage.in_review()
    assign(edition, cast.office, to=cast.teacher, due_on=today() + timedelta(days=1))
    stage.in_review(title="没有期限的")
    assert remind_of_due_reviews() == 0
    with as_of(now() + timedelta(days=1)):
        assert (remind_of_due_reviews(), remind_of_due_reviews()) == (1, 0)
        assign(edition, cast.office, to=cast.teacher, due_on=today() + timedelta(days=2))
    with as_of(now() + timedelta(days=9)):
        assert (remind_of_due_reviews(), remind_of_due_reviews()) == (1, 0)
    assert reminders() == ["teacher", "teacher"]


def test_nobody_is_reminded_of_what_is_decided_or_no_longer_theirs(cast, stage, two_heads):
    decided, left = stage.in_review(), stage.in_review()
    assign(decided, cast.office, to=cast.head, due_on=today())
    assign(left, cast.office, to=cast.teacher, due_on=today())
    decided.approve(by=cast.head, seen=decided.content_digest())
    cast.teacher.posts.get().end(by=cast.office)
    assert remind_of_due_reviews() == 0


def test_the_page_offers_who_may_decide_and_takes_the_choice(cast, stage, two_heads, client):
    edition = stage.in_review()
    client.force_login(cast.office)
    assert address("assign", edition) in said(client.get(address("change", edition)))
    page = client.get(address("assign", edition))
    people = set(page.context["form"].fields["to"].queryset)
    assert people == {cast.head, cast.teacher}
    typed = {"to": cast.teacher.pk, "due_on": today()}
    answer = client.post(address("assign", edition), typed)
    assert answer.url == address("change", edition)
    assert edition.open_review().assignee == cast.teacher
    again = client.post(address("assign", edition), typed)
    assert again.status_code == 200 and "不用再办一次" in said(again)
    refused_day = client.post(address("assign", edition), typed | {"due_on": "2020-01-01"})
    assert "办理期限不能早于今天" in said(refused_day)
    stranger = client.post(address("assign", edition), {"to": cast.head2.pk})
    assert stranger.status_code == 200 and edition.open_review().assignee == cast.teacher


def test_the_page_is_nothing_to_strangers_and_a_sentence_to_readers(cast, stage, client):
    edition = stage.in_review()
    for stranger in (cast.editor2, cast.office2, cast.auditor, cast.bureau, cast.sysadmin):
        client.force_login(stranger)
        assert client.get(address("assign", edition)).status_code == 404
    for reader in (cast.editor, cast.principal, cast.supervisor):
        client.force_login(reader)
        answer = client.get(address("assign", edition))
        assert answer.status_code == 403 and "现在没有您可以指定承办人的审核步骤" in said(answer)
    with pytest.raises(Refused):
        assign(Edition.objects.get(pk=edition.pk), cast.supervisor)
