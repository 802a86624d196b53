import pytest
from django.urls import reverse

from disclosures.models import Adoption, CatalogueEntry
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from tests.cast import entry_of

LIST = "/admin/disclosures/catalogueentry/"
VALUES = {
    "sector": "",
    "code": "X-01",
    "category_code": "K12-A",
    "title": "校园开放日安排",
    "title_en": "Open day",
    "kind": "text",
    "position": "0",
    "first_releases": ["staff"],
    "then_releases": ["public"],
    "cadence": ["yearly", "adhoc"],
    "limit": "活动前10日公开",
    "limit_days": "10",
    "limit_unit": "d",
    "limit_anchor": "before_event",
    "publicity_basis": "none",
    "end_action": "keep",
    "personal_data": "none",
    "department_name": "办公室",
    "offices": ["office", "department_head"],
    "legal_basis": "",
    "confidence_title": "K",
    "confidence_timing": "L",
}


def change(entry, page="change"):
    return reverse(f"admin:disclosures_catalogueentry_{page}", args=[entry.pk])


def issue(client, user, school, **values):
    client.force_login(user)
    return client.post(f"{LIST}add/", VALUES | {"owner": school.pk} | values)


def problems(response):
    return {
        name: list(errors) for name, errors in response.context["adminform"].form.errors.items()
    }


@pytest.fixture
def used(cast, stage):
    stage.draft(entry=cast.short_entry)
    return cast.short_entry


def test_a_school_issues_an_entry_of_its_own(client, cast):
    assert issue(client, cast.office, cast.school).status_code == 302
    entry = CatalogueEntry.objects.get(code="X-01")
    assert (entry.owner, entry.category, entry.category_en) == (
        cast.school,
        "学校概况",
        "About the school",
    )
    assert (entry.releases, entry.offices, entry.cadence) == (
        "staff>public",
        "department_head>office",
        "yearly+adhoc",
    )
    act = Act.objects.latest("id")
    assert (act.name, act.actor_name, act.school, act.entry) == (
        "issue_entry",
        "公开办主任",
        "first",
        "X-01",
    )
    assert entry in CatalogueEntry.objects.adopted_by(cast.school)
    assert entry not in CatalogueEntry.objects.adopted_by(cast.school2)


def test_the_bureaus_office_issues_for_every_school_beneath(client, cast):
    assert issue(client, cast.bureau, cast.bureau_school).status_code == 302
    entry = CatalogueEntry.objects.get(code="X-01")
    assert entry in CatalogueEntry.objects.adopted_by(cast.school2)


def test_nobody_issues_for_a_school_they_do_not_keep(client, cast):
    before = CatalogueEntry.objects.count()
    for school in (cast.school2, cast.bureau_school):
        response = issue(client, cast.office, school)
        assert "owner" in problems(response)
    for who in ("principal", "editor", "supervisor", "sysadmin"):
        assert issue(client, getattr(cast, who), cast.school).status_code == 403
    assert CatalogueEntry.objects.count() == before


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"is_sensitive": "on"},
            "offices",
            "这一事项涉及个人信息或资金，审核步骤要有专项审核。",
        ),
        ({"then_releases": ["staff"]}, "then_releases", "随后扩大到的对象不要与先公开的对象重复。"),
        ({"limit_unit": ""}, "limit_unit", "天数和单位要么都填，要么都不填。"),
        ({"confidence_timing": "S"}, "legal_basis", "时限把握选“有依据”的，请写明依据的文件。"),
        ({"window": "3-5"}, "window", "请按“03-05”的样子填写起止月份。"),
        ({"code": "甲 1"}, "code", "编码请只用字母、数字、点和连字符。"),
    ],
)
def test_a_form_that_cannot_stand_is_told_in_a_sentence(client, cast, values, field, sentence):
    response = issue(client, cast.office, cast.school, **values)
    assert problems(response)[field] == [sentence]
    assert not CatalogueEntry.objects.filter(code="X-01").exists()


def test_nothing_chosen_and_a_taken_code_are_told(client, cast):
    response = issue(client, cast.office, cast.school, first_releases=[], offices=[])
    assert {"first_releases", "offices"} <= set(problems(response))
    entry_of(cast.school, "X-01", title="已有事项", offices="office")
    response = issue(client, cast.office, cast.school)
    assert problems(response)["code"] == ["这个编码已有事项使用，请换一个编码。"]


def test_an_unused_entry_is_changed_in_an_act(client, cast):
    issue(client, cast.office, cast.school)
    entry = CatalogueEntry.objects.get(code="X-01")
    assert 'value="department_head"' in client.get(change(entry)).content.decode()
    response = client.post(change(entry), VALUES | {"title": "开放日安排"})
    assert response.status_code == 302, problems(response)
    entry.refresh_from_db()
    assert (entry.title, entry.releases, Act.objects.latest("id").name) == (
        "开放日安排",
        "staff>public",
        "change",
    )


def test_a_used_entry_is_shown_but_not_changed(client, cast, used):
    client.force_login(cast.bureau)
    text = client.get(change(used)).content.decode()
    assert "使用中，只能更替" in text
    assert change(used, "supersede") in text
    assert client.post(change(used), VALUES).status_code == 403
    used.refresh_from_db()
    assert used.title == "校历与作息时间"
    used.title = "改名"
    with pytest.raises(Refused, match="请用“更替”发布新事项"):
        used.amend(by=cast.bureau)


def test_superseding_puts_a_new_entry_in_place_and_passes_on_what_schools_said(client, cast, used):
    Adoption(school=cast.school, entry=used).adopt(
        by=cast.office, department=cast.department, offices="office"
    )
    client.force_login(cast.bureau)
    assert 'value="校历与作息时间"' in client.get(change(used, "supersede")).content.decode()
    values = VALUES | {
        "is_sensitive": "on",
        "offices": ["special_audit"],
        "reason": "上级调整",
    }
    response = client.post(change(used, "supersede"), values)
    assert response.status_code == 302
    used.refresh_from_db()
    new = used.superseded_by
    assert (new.code, new.owner, new.title) == ("K12-A04", cast.bureau_school, "校园开放日安排")
    assert used.disclosures.count() == 1
    said = Adoption.objects.of(cast.school, new)
    assert (said.department, said.offices) == (cast.department, "")
    act = Act.objects.latest("id")
    assert (act.name, act.reason, act.actor_name) == ("supersede_entry", "上级调整", "局办公室")
    with pytest.raises(Refused, match="这一目录事项已经更替。"):
        used.supersede(CatalogueEntry(), by=cast.bureau, reason="再次")
    assert client.post(change(used, "supersede"), values).status_code == 200
    assert CatalogueEntry.objects.filter(code="K12-A04").count() == 2


def test_superseding_needs_a_reason_and_keeps_what_was_typed(client, cast, used):
    client.force_login(cast.bureau)
    response = client.post(change(used, "supersede"), VALUES)
    assert set(response.context["form"].errors) == {"reason"}
    assert 'value="校园开放日安排"' in response.content.decode()
    used.refresh_from_db()
    assert used.superseded_on is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 403), ("principal", 403), ("editor2", 403), ("sysadmin", 404), ("teacher", 302)],
)
def test_only_the_owners_office_supersedes(client, cast, used, who, status):
    client.force_login(getattr(cast, who))
    response = client.post(change(used, "supersede"), VALUES | {"reason": "擅自"})
    assert response.status_code == status
    used.refresh_from_db()
    assert used.superseded_on is None


@pytest.mark.parametrize("who", ["office", "editor", "head", "supervisor", "leader"])
def test_everybody_with_an_office_reads_what_is_offered_and_no_more(client, cast, who):
    foreign = entry_of(cast.school2, "X-09", title="二小自增事项", offices="office")
    own = entry_of(cast.school, "X-08", title="一小自增事项", offices="office")
    client.force_login(getattr(cast, who))
    text = client.get(LIST).content.decode()
    assert "校历与作息时间" in text
    assert own.title in text
    assert foreign.title not in text
    told = client.get(change(cast.entry)).content.decode()
    assert "部门负责人 → 专项审核 → 校长" in told
    assert client.get(change(foreign)).status_code == 302


def test_people_without_an_office_and_the_system_administrator_do_not_come_in(client, cast):
    for who in ("teacher", "parent", "sysadmin"):
        client.force_login(getattr(cast, who))
        assert client.get(LIST).status_code in (302, 403)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_entries_takes_few_queries(client, cast, django_assert_max_num_queries, count):
    for number in range(count):
        entry_of(cast.bureau_school, f"K12-Z{number}", title=f"事项{number}", offices="office")
    client.force_login(cast.office)
    with django_assert_max_num_queries(15):
        client.get(LIST)


def test_a_new_entry_claims_no_ground_of_its_own_accord(client, cast):
    client.force_login(cast.office)
    form = client.get(f"{LIST}add/").context["adminform"].form
    asked = ("publicity_basis", "confidence_title", "confidence_timing", "limit_anchor")
    assert [form[name].value() for name in asked] == ["none", "K", "L", "created"]


def test_the_list_tells_present_from_superseded_entries(client, cast, used):
    successor = CatalogueEntry(
        category_code="K12-A",
        category="学校概况",
        title="新校历",
        releases="public",
        offices="office",
    )
    used.supersede(successor, by=cast.bureau, reason="名称调整")
    client.force_login(cast.bureau)
    for standing, found in (("in_force", successor), ("superseded", used)):
        shown = client.get(LIST, {"standing": standing}).context["cl"].result_list
        assert [row for row in shown if row.code == "K12-A04"] == [found]
