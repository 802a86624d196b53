"""The month's account of changes, drafted as a notice that names nobody."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from committees.models import Question
from committees.report import places_of
from disclosures.models import Adoption, Edition
from portal.ledger.acts import Refused
from portal.ledger.moments import SHANGHAI, as_of
from portal.organisation.models import User
from tests.cast import entry_of
from tests.committees.changing import act_of, corrected

REPORT = reverse("admin:committees_question_report")
OCTOBER = datetime(2026, 10, 9, 9, tzinfo=SHANGHAI)
MONTH = OCTOBER.date().replace(day=1)


@pytest.fixture
def entry(cast):
    return entry_of(
        cast.bureau_school,
        "K12-O07",
        offices="department_head>deputy_head",
        title="公开事项变更、撤下记录",
        releases="staff",
        category="K12-O",
    )


@pytest.fixture
def october(cast, stage, entry):
    """A correction, a withdrawal, a personal one and an inner one; a question with its answer."""
    with as_of(OCTOBER):
        first, third = stage.published(title="甲收费"), stage.published(title="丙名单张三")
        second = stage.published(title="乙食堂")
        inner = stage.published(title="丁内部", audiences=["staff"], inner_reason="限校内")
    with as_of(OCTOBER + timedelta(hours=1)):
        corrected(stage, first)
        third.take_down(by=cast.office, ground="personal", reason="含姓名")
        for edition in (second, inner):
            edition.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
            edition.withdraw(by=cast.office)
        withdrawal = act_of("withdraw", second)
        question = Question.objects.ask(withdrawal, "为什么？", by=cast.supervisor)
        question.reply("有误。", by=cast.office)
        Question.objects.ask(withdrawal, "还有呢？", by=cast.supervisor)
    with as_of(OCTOBER + timedelta(days=30)):
        stage.withdrawn(title="十一月的事")
    return second


@pytest.fixture
def november(october):
    with as_of(OCTOBER + timedelta(days=33)):
        yield


def draft(user, month=MONTH):
    return places_of(user)[0].draft(month, by=user)


def departments(user):
    return [place.department for place in places_of(user)]


def test_it_counts_lists_and_tells_of_questions(cast, november, october):
    edition = draft(cast.office)
    body = edition.body
    assert edition.title == "2026年10月公开事项更动月报"
    assert "<td>更正后公开</td><td>1</td>" in body
    assert "<td>撤回</td><td>2</td>" in body
    assert "<td>紧急撤下</td><td>1</td>" in body
    number = october.disclosure.index_number
    assert f"<td>2026-10-09</td><td>撤回</td><td>{number}</td><td>乙食堂</td>" in body
    assert "甲收费" in body
    assert "另有1项更动不面向社会公开，只计次数。" in body
    assert "本月就更动提出询问2次，已答复1次。" in body


def test_it_names_no_person_and_nothing_kept_back(cast, november):
    body = draft(cast.office).body
    assert "（为保护个人信息，不列标题）" in body
    kept_back = ["丙名单", "丁内部", "十一月的事", *User.objects.values_list("name", flat=True)]
    assert [word for word in kept_back if word in body.replace("校长信箱", "")] == []


def test_it_is_a_draft_like_any_other(cast, november, entry):
    edition = draft(cast.office)
    assert (edition.state, edition.drafted_by) == ("draft", cast.office)
    assert (edition.audiences, edition.genre) == (["staff"], "report")
    assert edition.inner_reason == "按公开目录的公开对象，仅在校内公开。"
    assert not edition.is_cleared
    assert edition.disclosure.entry == entry


def test_a_month_is_accounted_for_once_until_discarded(cast, november):
    edition = draft(cast.office)
    with pytest.raises(Refused, match="这个月的月报已经起草过"):
        draft(cast.editor)
    edition.discard(by=cast.office)
    assert draft(cast.office).title == edition.title


def test_the_office_and_the_department_that_answers_draft_it(cast, entry):
    assert departments(cast.office) == [cast.department, cast.other_department]
    assert departments(cast.editor) == [cast.department]
    assert departments(cast.editor_other) == [cast.other_department]
    Adoption.objects.of(cast.school, entry).adopt(by=cast.office, department=cast.department)
    assert departments(cast.office) == departments(cast.editor) == [cast.department]
    assert departments(cast.editor_other) == []


@pytest.mark.parametrize("who", ["supervisor", "principal", "head", "sysadmin", "teacher"])
def test_nobody_else_drafts_it(cast, entry, who):
    assert places_of(getattr(cast, who)) == []


def test_a_school_that_left_the_entry_out_has_no_account(cast, entry):
    Adoption.objects.of(cast.school, entry).switch_off(by=cast.office, reason="不适用")
    assert places_of(cast.office) == []
    assert departments(cast.office2) == [cast.department2]


def test_the_page_drafts_it_and_goes_there(client, cast, november):
    client.force_login(cast.office)
    form = client.get(REPORT).context["form"]
    assert form["month"].value() == MONTH
    response = client.post(REPORT, {"month": "2026-10", "place": "0"})
    edition = Edition.objects.get(title="2026年10月公开事项更动月报")
    assert response.url == reverse("admin:disclosures_edition_change", args=[edition.pk])
    again = client.post(REPORT, {"month": "2026-10", "place": "0"}).content.decode()
    assert "这个月的月报已经起草过" in again


@pytest.mark.parametrize("month", ["2026-11", "2027-01", "很久", ""])
def test_a_month_that_is_not_over_is_refused(client, cast, november, month):
    client.force_login(cast.office)
    assert client.post(REPORT, {"month": month, "place": "0"}).context["form"].errors
    assert not Edition.objects.filter(title__endswith="更动月报").exists()


def test_the_supervisor_is_told_who_can(client, cast, november):
    client.force_login(cast.supervisor)
    assert "您不能起草月报：请校务公开办公室" in client.get(REPORT).content.decode()
    client.post(REPORT, {"month": "2026-10", "place": "0"})
    assert not Edition.objects.filter(title__endswith="更动月报").exists()


@pytest.mark.parametrize(("who", "status"), [("teacher", 302), ("parent", 302)])
def test_people_without_an_office_do_not_come_in(client, cast, entry, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(REPORT).status_code == status
