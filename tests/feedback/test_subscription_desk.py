"""The school's office sees how many follow and since when, never to whom; it ends one if asked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disclosures.scope import scope_of
from feedback.digest import tell_followers
from feedback.models import Subscription
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now
from tests.disclosures.conftest import people
from tests.feedback.followers import LATER, MORNING, START, ask, following

LIST = reverse("admin:feedback_subscription_changelist")
FIRST = "示范区第一小学 · 收费"


@pytest.fixture
def row(client, cast):
    following(client)
    return Subscription.objects.get()


def page_of(row, name="change"):
    return reverse(f"admin:feedback_subscription_{name}", args=[row.pk])


def listed(signed_in, user, asked=""):
    return [row.label for row in signed_in(user).get(f"{LIST}{asked}").context["cl"].result_list]


def test_the_list_shows_what_is_followed_and_masks_by_whom(client, stage, signed_in):
    with as_of(START):
        following(client)
    with as_of(LATER):
        stage.published()
    with as_of(MORNING + timedelta(minutes=5)):
        tell_followers()
        ask(client, "/follow/?q=食堂&school=first", email="x@y.example")
    text = signed_in(stage.cast.office).get(LIST).content.decode()
    for shown in (FIRST, "示范区第一小学 · 搜索“食堂”", "p…@home.example", "x…@y.example"):
        assert shown in text
    for hidden in ("parent@home.example", "x@y.example"):
        assert hidden not in text
    page = signed_in(stage.cast.office).get(LIST)
    assert [each["count"] for each in page.context["counts"]] == [1, 1, 0]
    assert "已确认 <b>1</b> · 等待确认 <b>1</b> · 已退订 <b>0</b>" in text
    assert "2030年5月9日 07:05" in text


def test_each_office_sees_its_own_school_and_the_bureau_what_is_of_no_school(
    client, cast, signed_in
):
    for asked in ("?school=first", "?school=second", "", "?q=收费"):
        ask(client, f"/follow/{asked}")
    assert listed(signed_in, cast.office) == ["示范区第一小学"]
    assert listed(signed_in, cast.office2) == ["示范区第二小学"]
    assert listed(signed_in, cast.bureau) == ["阳光校务 · 搜索“收费”", "阳光校务 · 全部公开"]


@pytest.mark.parametrize(
    "who", ["principal", "supervisor", "editor", "sysadmin", "teacher", "office2", "bureau"]
)
def test_nobody_else_sees_or_stops_one(cast, row, signed_in, who):
    client = signed_in(getattr(cast, who))
    assert client.get(page_of(row)).status_code in (302, 403)
    answer = client.post(page_of(row, "ending"))
    assert answer.status_code in (302, 403, 404)
    assert FIRST not in client.get(LIST, follow=True).content.decode()
    assert Subscription.objects.get() == row
    assert Subscription.objects.get().is_running


def test_of_the_whole_cast_the_office_alone_may_stop_one(cast, row):
    for name, person in people(cast).items():
        if name != "office":
            with pytest.raises(Refused) as refusal:
                row.stop(by=person)
            assert refusal.value.sentence == "只有校务公开办公室可以应本人要求停止订阅。"
    assert Subscription.objects.get().is_running
    assert not Act.objects.filter(name="close").exists()


def test_stopping_is_an_act_that_names_nobody(cast, row, signed_in):
    client = signed_in(cast.office)
    assert "应本人要求停止" in client.get(page_of(row)).content.decode()
    assert client.get(page_of(row, "ending")).status_code == 200
    assert Subscription.objects.get().is_running
    answer = client.post(page_of(row, "ending"), follow=True)
    assert f"已停止：{FIRST}。" in answer.content.decode()
    assert Subscription.objects.get().ended_at is not None
    act = Act.objects.get(noun="feedback.subscription")
    told = (act.name, act.title, act.school, act.actor_name, act.reason)
    assert told == ("close", FIRST, "first", "公开办主任", "")
    assert act.object_id == act.subject_id == str(row.pk)
    assert "应本人要求停止</a>" not in client.get(page_of(row)).content.decode()


def test_what_has_ended_is_not_stopped_again(cast, row):
    row.end()
    with pytest.raises(Refused) as refusal:
        row.stop(by=cast.office)
    assert refusal.value.sentence == "这项订阅已经退订。"
    assert not Act.objects.filter(noun="feedback.subscription").exists()
    with as_of(now() + timedelta(days=4)):
        tell_followers()
    assert not Subscription.objects.exists()


def test_an_owner_s_row_is_found_by_the_whole_address_and_by_nothing_less(cast, row, signed_in):
    assert listed(signed_in, cast.office, "?q=Parent@home.example") == [FIRST]
    assert listed(signed_in, cast.office, "?q=parent@home") == []
    for oracle in ("email__startswith=p", "words__startswith=a", "token_digest__startswith=a"):
        assert signed_in(cast.office).get(f"{LIST}?{oracle}").status_code == 400


@pytest.mark.parametrize(("state", "found"), [("running", 1), ("unconfirmed", 0), ("ended", 0)])
def test_the_list_is_narrowed_by_state(cast, row, signed_in, state, found):
    assert len(listed(signed_in, cast.office, f"?state={state}")) == found


def test_the_office_neither_writes_nor_deletes_one(cast, row, signed_in):
    client = signed_in(cast.office)
    assert client.get(reverse("admin:feedback_subscription_add")).status_code == 403
    client.post(page_of(row), {"label": "别的", "email": "a@b.example"})
    assert client.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
    kept = Subscription.objects.get()
    assert (kept.label, kept.email) == (FIRST, "parent@home.example")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_any_number(
    client, cast, signed_in, count, django_assert_max_num_queries
):
    for n in range(count):
        Subscription.objects.ask(
            email=f"p{n}@home.example",
            scope=scope_of(school="first"),
            rhythm="daily",
            language="zh-hans",
        )
    office = signed_in(cast.office)
    with django_assert_max_num_queries(16):
        assert len(office.get(LIST).context["cl"].result_list) == count
