"""Registers: columns a school defines, by its own office, told apart and kept from version on."""

import pytest
from django.urls import reverse

from disclosures.kinds import KINDS, kind_named, kind_of, kinds_for
from disclosures.kinds.presets import PRESETS, preset
from disclosures.kinds.registers import column_of
from disclosures.models import Edition, Register
from portal.ledger.acts import Refused, Stale
from portal.ledger.models import Act
from tests.cast import entry_of
from tests.disclosures.kinds.sound import read

pytestmark = pytest.mark.django_db
LIST = reverse("admin:disclosures_register_changelist")
ADD = reverse("admin:disclosures_register_add")
MENU = preset("menu")


def page(register, name="change"):
    return reverse(f"admin:disclosures_register_{name}", args=[register.pk])


def register_of(school, by, *, slug="menu", name="每周食谱", columns=MENU.columns, **more):
    row = Register(school=school, slug=slug, name=name, columns=list(columns), **more)
    row.define(by=by)
    return row


@pytest.fixture
def menu(cast):
    return register_of(cast.school, cast.office, period="month")


def typed(columns, *, name="每周食谱", version=1, **more):
    """What a browser sends for these columns."""
    sent = {
        "name": name,
        "period": "month",
        "version": version,
        "columns-TOTAL_FORMS": len(columns) + 4,
        "columns-INITIAL_FORMS": len(columns),
    }
    for at, column in enumerate(columns):
        told = {key: column.get(key, "") for key in ("name", "label", "type")}
        told["choices"] = "、".join(column.get("choices", ()))
        told |= {key: "on" for key in ("is_required", "is_key") if column.get(key)}
        told |= {"ORDER": at + 1}
        sent |= {f"columns-{at}-{key}": value for key, value in told.items()}
    for at in range(len(columns), len(columns) + 4):
        sent |= {f"columns-{at}-label": "", f"columns-{at}-type": "text"}
    return sent | more


def meals(kind, *prices):
    rows = [
        {"day": f"2026-09-0{at}", "meal": "午餐", "dishes": "米饭、青菜", "price": price}
        for at, price in enumerate(prices, start=1)
    ]
    table, faults = read(kind, {"period": "2026年9月"}, rows)
    assert faults == []
    return table


@pytest.mark.parametrize("each", PRESETS, ids=lambda each: each.slug)
def test_every_preset_is_a_sound_register(cast, each):
    row = register_of(
        cast.school, cast.office, slug=each.slug, name=each.name, columns=each.columns
    )
    kind = row.as_kind()
    cells = {column.name: column.example or "示例" for column in kind.columns}
    _table, faults = read(kind, {}, [cells])
    assert faults == []
    assert kind.lists_people == (each.slug == "attendance")


def test_a_register_is_offered_to_its_school_and_to_no_other(cast, menu):
    (own,) = [kind for kind in kinds_for("K12-A04", cast.school) if kind.key not in KINDS]
    assert (own.key, own.label, own.version) == (f"register:{menu.pk}", "每周食谱", 1)
    assert kind_named(menu.key, cast.school).columns == own.columns
    assert kind_named(menu.key, cast.school2) is None
    assert menu.key not in [kind.key for kind in kinds_for("K12-A04", cast.school2)]
    assert menu.key not in [kind.key for kind in kinds_for("K12-A04")]


def test_a_register_for_an_entry_comes_first_there_and_nowhere_else(cast, menu):
    entry_of(cast.bureau_school, "K12-J02", title="每周食谱及价格", offices="office")
    menu.change(by=cast.office, version=1, entries=["K12-J02"])
    assert kinds_for("K12-J02", cast.school)[0].key == menu.key
    assert menu.key not in [kind.key for kind in kinds_for("K12-E01", cast.school)]


def test_offering_costs_one_query_whatever_the_number(cast, menu, django_assert_num_queries):
    with django_assert_num_queries(1):
        kinds_for("K12-A04", cast.school)
    for number in range(30):
        register_of(cast.school, cast.office, slug=f"menu-{number}", name=f"表{number}")
    with django_assert_num_queries(1):
        kinds_for("K12-A04", cast.school)


def test_old_tables_keep_the_columns_they_were_made_by(cast, stage, menu):
    edition = stage.draft()
    edition.tabulate(by=cast.editor, table=meals(menu.as_kind(), "12", "13.5"))
    told = [each for each in menu.columns if each["name"] != "supplier"]
    told[3] = told[3] | {"label": "餐标", "type": "text"}
    menu.change(by=cast.office, version=1, columns=told)
    kept = Edition.objects.get(pk=edition.pk).sheet
    assert [column.label for column in kept.as_kind.columns] == [
        "日期",
        "餐次",
        "菜品",
        "价格（元/份）",
        "过敏原提示",
        "主要食材供应单位",
    ]
    price = kept.as_kind.column("price")
    assert [price.shown(row["price"]) for row in kept.rows()] == ["12", "13.50"]
    assert kind_named(menu.key, cast.school).column("price").label == "餐标"
    assert kept.table().digest() == kept.digest


def test_a_remembered_register_keeps_its_rules(cast, menu):
    table = meals(menu.as_kind(), "12", "13")
    table.rows[1].values["day"] = table.rows[0].values["day"]
    (fault,) = kind_of(table.schema).faults(table)
    assert (fault.row, fault.column, fault.sentence) == (
        2,
        "日期",
        "与第1行重复，请删去其中一行。",
    )
    _row, faults = kind_of(table.schema).read_row({"day": "2026-09-01"}, 1)
    assert [fault.column for fault in faults] == ["餐次", "菜品", "价格（元/份）"]


def test_a_register_that_names_people_is_watched_like_every_list_of_people(cast):
    told = preset("attendance").columns
    row = register_of(cast.school, cast.office, columns=told)
    cells = {"name": "陈明远", "department": "教务处", "present": "21", "note": "13812345678"}
    _table, faults = read(row.as_kind(), {}, [cells])
    assert [(fault.row, fault.column) for fault in faults] == [(1, "备注")]
    assert "像是手机号码" in faults[0].sentence


def test_a_table_of_another_schools_register_is_refused(cast, stage):
    foreign = register_of(cast.school2, cast.office2)
    edition = stage.draft()
    with pytest.raises(Refused, match="这张登记表不是本校的。"):
        edition.tabulate(by=cast.editor, table=meals(foreign.as_kind(), "12"))
    assert Edition.objects.get(pk=edition.pk).sheet is None


def test_each_act_is_recorded(cast, menu):
    menu.change(by=cast.office, version=1, name="每周带量食谱")
    menu.close(by=cast.office, reason="改由供餐单位公开")
    acts = Act.objects.filter(noun="disclosures.register").order_by("id")
    assert list(acts.values_list("name", "title", "actor_name", "school", "reason")) == [
        ("register", "每周食谱", "公开办主任", "first", ""),
        ("change", "每周带量食谱", "公开办主任", "first", ""),
        ("close", "每周带量食谱", "公开办主任", "first", "改由供餐单位公开"),
    ]
    written = menu.history.order_by("history_id").values_list("act_id", flat=True)
    assert list(written) == list(acts.values_list("uuid", flat=True))


def test_a_closed_register_makes_no_new_tables_and_keeps_the_old(cast, stage, menu):
    edition = stage.draft()
    edition.tabulate(by=cast.editor, table=meals(menu.as_kind(), "12"))
    menu.close(by=cast.office, reason="不再使用")
    assert kind_named(menu.key, cast.school) is None
    assert edition.sheet.as_kind.label == "每周食谱"
    with pytest.raises(Refused, match="已经停用"):
        menu.close(by=cast.office, reason="再停一次")


def test_saying_the_same_again_is_no_act(cast, menu):
    menu.change(by=cast.office, version=1, columns=menu.columns)
    assert Act.objects.filter(noun="disclosures.register").count() == 1
    assert Register.objects.get().version == 1


def test_a_change_to_what_somebody_else_changed_is_stale(cast, menu):
    menu.change(by=cast.office, version=1, name="每周带量食谱")
    with pytest.raises(Stale):
        menu.change(by=cast.office, version=1, name="食谱")
    assert Register.objects.get().name == "每周带量食谱"


def test_a_new_column_never_takes_the_key_of_one_that_is_gone(cast):
    row = register_of(
        cast.school,
        cast.office,
        columns=[{"name": "", "label": label, "type": "text", "choices": []} for label in "甲乙"],
    )
    assert [each["name"] for each in row.columns] == ["c1", "c2"]
    row.change(by=cast.office, version=1, columns=row.columns[:1])
    added = [*row.columns, {"name": "", "label": "丙", "type": "text", "choices": []}]
    row.change(by=cast.office, version=2, columns=added)
    assert [each["name"] for each in row.columns] == ["c1", "c3"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"label": "日期"}, "列名与第1列重复，请改名。"),
        ({"label": "餐次", "choices": ["午餐"]}, "固定选项至少写两个，不能重复，用顿号隔开。"),
        ({"label": "值班教师姓名", "type": "text"}, "写人员姓名的列，内容请选“人员姓名”。"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused(cast, changed, told):
    columns = [dict(each) for each in MENU.columns]
    columns[1] |= changed
    with pytest.raises(Refused) as refusal:
        register_of(cast.school, cast.office, columns=columns)
    assert refusal.value.sentence == told
    assert not Register.objects.exists()


@pytest.mark.parametrize("label", ["身份证号", "手机号码", "家庭住址", "出生年月", "期末成绩"])
def test_a_register_of_people_has_no_column_for_what_is_theirs(cast, label):
    columns = [*preset("attendance").columns, {"name": "x", "label": label, "type": "text"}]
    with pytest.raises(Refused, match="列有人员姓名的表不能有"):
        register_of(cast.school, cast.office, columns=columns)


def test_a_university_may_publish_marks(cast):
    cast.school.stage = "university"
    cast.school.save()
    told = [{"name": "x", "label": "复试成绩", "type": "amount", "choices": []}]
    register_of(cast.school, cast.office, columns=[*preset("attendance").columns, *told])
    assert Register.objects.get().as_kind().lists_people


def test_an_entry_outside_the_schools_catalogue_is_refused(cast):
    with pytest.raises(Refused, match="只能选本校公开目录中的事项。"):
        register_of(cast.school, cast.office, entries=["X-99"])


def test_the_office_starts_from_a_preset_and_changes_it(client, cast):
    client.force_login(cast.office)
    start = client.get(ADD).content.decode()
    assert all(str(each.title) in start for each in PRESETS)
    shown = client.get(f"{ADD}?preset=menu").content.decode()
    assert 'value="过敏原提示"' in shown
    columns = [*MENU.columns, {"name": "", "label": "留样", "type": "yes_no"}]
    struck = {"columns-4-DELETE": "on", "columns-5-DELETE": "on", "columns-INITIAL_FORMS": 6}
    response = client.post(f"{ADD}?preset=menu", typed(columns, slug="menu") | struck)
    row = Register.objects.get()
    assert response["Location"] == page(row)
    assert [each["label"] for each in row.columns] == [
        "日期",
        "餐次",
        "菜品",
        "价格（元/份）",
        "留样",
    ]
    assert (row.school, row.slug, row.period, row.columns[4]["name"]) == (
        cast.school,
        "menu",
        "month",
        "c1",
    )


def test_columns_are_reordered_and_struck_out(client, cast, menu):
    client.force_login(cast.office)
    sent = typed(menu.columns) | {"columns-0-ORDER": 9, "columns-5-DELETE": "on"}
    assert client.post(page(menu), sent).status_code == 302
    row = Register.objects.get()
    assert [each["name"] for each in row.columns] == ["meal", "dishes", "price", "allergens", "day"]
    assert row.version == 2


def test_what_is_wrong_is_said_in_its_row_and_nothing_typed_is_lost(client, cast, menu):
    client.force_login(cast.office)
    columns = [dict(each) for each in menu.columns]
    columns[5] |= {"label": "供应单位（改）"}
    columns[3] |= {"label": ""}
    empty = client.post(page(menu), typed(columns)).content.decode()
    assert "请填写列名；不要这一列，就勾选“删去”。" in empty
    columns[3] |= {"label": "菜品"}
    response = client.post(page(menu), typed(columns))
    assert response.status_code == 200
    assert response.context["rows"].forms[3].non_field_errors() == ["列名与第3列重复，请改名。"]
    assert 'value="供应单位（改）"' in response.content.decode()
    assert Register.objects.get().version == 1


def test_a_stale_form_keeps_what_was_typed(client, cast, menu):
    menu.change(by=cast.office, version=1, name="每周带量食谱")
    client.force_login(cast.office)
    response = client.post(page(menu), typed(menu.columns, name="我的食谱", version=1))
    text = response.content.decode()
    assert "这张登记表刚刚被别人改动过，请刷新后再改。" in text
    assert 'value="我的食谱"' in text
    assert Register.objects.get().name == "每周带量食谱"


def test_more_rows_are_given_without_judging(client, cast, menu):
    client.force_login(cast.office)
    sent = typed(menu.columns, name="", more="再加几行")
    response = client.post(page(menu), sent)
    assert len(response.context["rows"].forms) == len(menu.columns) + 8
    assert "请改正" not in response.content.decode()
    assert Register.objects.get().version == 1


@pytest.mark.parametrize("count", ["999999999", "-1", "x", ""])
def test_a_forged_number_of_rows_breaks_nothing(client, cast, menu, count):
    client.force_login(cast.office)
    for more in ({}, {"more": "再加几行"}):
        sent = typed(menu.columns, **more) | {"columns-TOTAL_FORMS": count}
        assert client.post(page(menu), sent).status_code == 200
    assert Register.objects.get().version == 1


@pytest.mark.parametrize(
    ("who", "status", "reads"),
    [
        ("principal", 403, 200),
        ("supervisor", 403, 200),
        ("editor", 404, 404),
        ("head", 404, 404),
        ("office2", 404, 404),
        ("principal2", 404, 404),
        ("bureau", 404, 404),
        ("sysadmin", 404, 404),
        ("teacher", 302, 302),
        ("parent", 302, 302),
    ],
)
def test_nobody_but_the_schools_office_defines(client, cast, menu, who, status, reads):
    client.force_login(getattr(cast, who))
    assert client.get(page(menu)).status_code == reads
    assert client.post(page(menu), typed(menu.columns, name="改名")).status_code == status
    closing = client.post(page(menu, "closing"), {"reason": "停"})
    assert closing.status_code == status
    assert Register.objects.get().name == "每周食谱" and Register.objects.get().is_open


@pytest.mark.parametrize("who", ["principal", "supervisor", "editor", "head", "sysadmin"])
def test_nobody_but_an_office_begins_one(client, cast, who):
    client.force_login(getattr(cast, who))
    sent = typed(MENU.columns, slug="menu")
    assert client.get(ADD).status_code == client.post(f"{ADD}?preset=menu", sent).status_code == 403
    assert not Register.objects.exists()


def test_an_office_defines_for_its_own_school_whatever_is_asked(client, cast):
    client.force_login(cast.office)
    client.post(f"{ADD}?preset=menu&school=second", typed(MENU.columns, slug="menu"))
    assert Register.objects.get().school == cast.school


def test_the_list_shows_own_registers_in_as_many_queries_as_one(client, cast, menu):
    register_of(cast.school2, cast.office2, name="二小的表")
    client.force_login(cast.office)
    text = client.get(LIST).content.decode()
    assert "每周食谱" in text and "日期、餐次、菜品" in text
    assert "二小的表" not in text


def test_a_list_costs_the_same_with_thirty_more(client, cast, menu, django_assert_max_num_queries):
    client.force_login(cast.office)
    client.get(LIST)
    for number in range(30):
        register_of(cast.school, cast.office, slug=f"menu-{number}", name=f"表{number}")
    with django_assert_max_num_queries(15):
        assert len(client.get(LIST).context["cl"].result_list) == 31


def test_what_a_column_does_not_say_of_itself_is_said_for_it(client, cast):
    row = register_of(cast.school, cast.office, columns=[{"label": "日期", "type": "day"}])
    unsaid = {"is_required": False, "is_key": False, "choices": []}
    assert row.columns == [{"name": "c1", "label": "日期", "type": "day"} | unsaid]
    client.force_login(cast.office)
    assert client.get(page(row)).status_code == 200


def test_every_type_makes_a_column():
    made = [column_of({"name": "x", "label": "列", "type": "choice", "choices": ["甲", "乙"]})]
    assert made[0].read("乙") == "乙"
