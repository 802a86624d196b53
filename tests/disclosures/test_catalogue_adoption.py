import pytest
from django.urls import reverse

from disclosures.models import Adoption, CatalogueEntry
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.models import Department
from tests.cast import entry_of

LIST = "/admin/disclosures/adoption/"


def address(act, entry, school="first"):
    return reverse(f"admin:disclosures_adoption_{act}", args=[school, entry.pk])


def signed_in(client, user):
    client.force_login(user)
    return client


def test_adopting_names_department_channels_and_own_steps(client, cast):
    values = {
        "department": cast.department.pk,
        "channels": "公开栏",
        "offices": ["principal", "special_audit"],
    }
    response = signed_in(client, cast.office).post(address("adopt", cast.entry), values)
    assert response["Location"] == f"{LIST}?school=first#K12-E01"
    said = Adoption.objects.get()
    assert (said.is_on, said.department, said.channels, said.offices) == (
        True,
        cast.department,
        "公开栏",
        "special_audit>principal",
    )


def test_switching_off_says_why_and_takes_the_entry_out_of_drafting(client, cast):
    assert cast.entry in CatalogueEntry.objects.adopted_by(cast.school)
    signed_in(client, cast.office).post(address("switch_off", cast.entry), {"reason": "本校不收费"})
    assert cast.entry not in CatalogueEntry.objects.adopted_by(cast.school)
    assert cast.entry in CatalogueEntry.objects.adopted_by(cast.school2)
    client.post(address("adopt", cast.entry), {})
    said = Adoption.objects.get()
    assert (said.is_on, said.reason) == (True, "")
    assert cast.entry in CatalogueEntry.objects.adopted_by(cast.school)


def test_both_are_recorded_with_actor_reason_and_history(cast):
    said = Adoption(school=cast.school, entry=cast.entry)
    said.adopt(by=cast.office, department=cast.department)
    said.switch_off(by=cast.office, reason="本校不收费")
    acts = Act.objects.filter(name__in=["adopt", "switch_off"]).order_by("id")
    assert list(acts.values_list("name", "actor_name", "reason", "school", "entry")) == [
        ("adopt", "公开办主任", "", "first", "K12-E01"),
        ("switch_off", "公开办主任", "本校不收费", "first", "K12-E01"),
    ]
    written = list(said.history.order_by("history_id").values_list("act_id", flat=True))
    assert written == list(acts.values_list("uuid", flat=True))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("principal", 403),
        ("editor", 403),
        ("head", 403),
        ("supervisor", 403),
        ("office2", 404),
        ("editor2", 404),
        ("bureau", 404),
        ("sysadmin", 404),
        ("teacher", 302),
        ("parent", 302),
    ],
)
def test_nobody_but_the_schools_office_may(client, cast, who, status):
    client.force_login(getattr(cast, who))
    for act in ("adopt", "switch_off"):
        response = client.post(address(act, cast.entry), {"reason": "本校不收费"})
        assert response.status_code == status
        if status == 302:
            assert "login" in response["Location"] or "sign-in" in response["Location"]
    assert not Adoption.objects.exists()


@pytest.mark.parametrize("who", ["office", "principal", "editor", "head", "supervisor", "leader"])
def test_everybody_with_an_office_reads_the_list(client, cast, who):
    text = signed_in(client, getattr(cast, who)).get(LIST).content.decode()
    assert "K12-E01 收费项目、标准、依据" in text
    assert ("停用事项" in text) == (who == "office")


def test_the_list_tells_every_state(client, cast):
    third = entry_of(cast.bureau_school, "K12-E03", title="代收费", offices="office")
    Adoption(school=cast.school, entry=cast.entry).adopt(by=cast.office, channels="校门公开栏")
    Adoption(school=cast.school, entry=third).switch_off(by=cast.office, reason="本校不代收")
    text = signed_in(client, cast.office).get(LIST).content.decode()
    for told in ("按目录采用", "已采用", "校门公开栏", "已停用：本校不代收", "重新采用"):
        assert told in text


def test_another_school_is_never_listed(client, cast):
    own = entry_of(cast.school2, "X-01", title="二小自增事项", offices="office")
    Adoption(school=cast.school2, entry=own).adopt(by=cast.office2)
    text = signed_in(client, cast.office).get(f"{LIST}?school=second").content.decode()
    assert "二小自增事项" not in text
    assert "示范区第一小学的公开目录" in text
    assert client.get(address("adopt", own)).status_code == 404
    assert "二小自增事项" in signed_in(client, cast.office2).get(LIST).content.decode()


def test_a_department_of_another_school_cannot_be_chosen(client, cast):
    response = signed_in(client, cast.office).post(
        address("adopt", cast.entry), {"department": cast.department2.pk}
    )
    assert response.status_code == 200
    assert not Adoption.objects.exists()
    shown = response.context["form"].fields["department"].queryset
    assert set(shown) == set(Department.objects.filter(school=cast.school))
    with pytest.raises(Refused, match="责任部门要从本校的部门中选择。"):
        Adoption(school=cast.school, entry=cast.entry).adopt(
            by=cast.office, department=cast.department2
        )


def test_own_steps_of_a_sensitive_entry_keep_the_special_audit(client, cast):
    entry = entry_of(
        cast.bureau_school,
        "K12-E05",
        title="资助名单",
        offices="department_head>special_audit",
        is_sensitive=True,
    )
    response = signed_in(client, cast.office).post(
        address("adopt", entry), {"offices": ["office"], "channels": "公开栏"}
    )
    text = response.content.decode()
    assert "这一事项涉及个人信息或资金，审核步骤要有专项审核。" in text
    assert 'value="公开栏"' in text
    assert not Adoption.objects.exists()


def test_switching_off_without_a_reason_is_refused_in_a_sentence(client, cast):
    response = signed_in(client, cast.office).post(
        address("switch_off", cast.entry), {"reason": "  "}
    )
    assert response.status_code == 200
    assert not Adoption.objects.exists()
    with pytest.raises(Refused, match="停用目录事项要写明理由。"):
        Adoption(school=cast.school, entry=cast.entry).switch_off(by=cast.office, reason=" ")


def test_an_entry_that_is_not_offered_cannot_be_adopted(cast):
    foreign = entry_of(cast.school2, "X-01", title="二小自增事项", offices="office")
    with pytest.raises(Refused, match="这一事项不在本校的公开目录中。"):
        Adoption(school=cast.school, entry=foreign).adopt(by=cast.office)


@pytest.mark.parametrize("count", [1, 128])
def test_the_list_takes_few_queries_at_any_length(
    client, cast, django_assert_max_num_queries, count
):
    for number in range(count):
        entry = entry_of(
            cast.bureau_school, f"K12-Z{number}", title=f"事项{number}", offices="office"
        )
        Adoption(school=cast.school, entry=entry).adopt(by=cast.office, department=cast.department)
    client.force_login(cast.office)
    with django_assert_max_num_queries(15):
        client.get(LIST)
