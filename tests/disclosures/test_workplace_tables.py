"""Filling the typed table of a draft in the workplace's grid."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosures.admin.tables.grid import lines_per_page
from disclosures.kinds.fees import FEES
from disclosures.models import Edition, Sheet
from portal.history.changes import changes_of
from portal.ledger.models import Act
from tests.disclosures.typed_tables import fees, grid_of, header, items, line
from tests.disclosures.workplace import address, said, stored

NEW = {"kind": "fees"}
TWO = (("作业本费", "12.5"), ("校服费", "180"))


@pytest.fixture
def draft(cast, stage, client):
    client.force_login(cast.editor)
    return stage.draft()


@pytest.fixture
def tabled(cast, draft):
    draft.tabulate(by=cast.editor, table=fees(*TWO))
    return draft


def opened(client, draft, **asked):
    answer = client.get(address("table", draft), asked)
    assert answer.status_code == 200
    return grid_of(answer)


def sent(client, draft, typed):
    return client.post(address("table", draft), typed)


def marked(answer):
    """Where the page marks a cell: (name of its input, what is said there)."""
    grid = answer.context["grid"]
    cells = [*grid.header, *(cell for each in grid.lines for cell in each.cells)]
    return [(cell.name, fault) for cell in cells for fault in cell.faults]


def test_the_draft_offers_the_kinds_that_fit_its_matter_and_the_others(draft, client):
    page = said(client.get(address("change", draft)))
    fitting, others = page.split("其他种类")
    assert f"{address('table', draft)}?kind=fees" in fitting
    assert "?kind=budget" in others and "?kind=budget" not in fitting


def test_whoever_begins_to_write_learns_of_the_tables_first(cast, client):
    client.force_login(cast.editor)
    began = reverse("admin:disclosures_edition_add")
    told = {"department": cast.department.pk, "entry": cast.entry.pk}
    page = said(client.get(began, told))
    assert "收费公示" in page.partition("现成的数据表：")[2].partition("。")[0]
    told["entry"] = cast.short_entry.pk
    assert "现成的数据表" not in said(client.get(began, told))


def test_a_table_is_typed_and_shown_on_the_draft(draft, client):
    typed = opened(client, draft, **NEW) | header() | line(0, "作业本费", "１２.５")
    answer = sent(client, draft, typed | line(3, "校服费", "180"))
    assert answer.url == address("change", draft) + "#table"
    now = stored(draft)
    assert items(now) == [("作业本费", "12.5"), ("校服费", "180")]
    assert now.sheet.header["period"] == "2026-autumn"
    page = said(client.get(answer.url))
    assert "收费公示 2026—2027学年第一学期" in page and "校服费" in page
    assert Act.objects.filter(name="edit").count() == 1


def test_the_header_says_what_to_write_there(draft, client):
    page = said(client.get(address("table", draft), NEW))
    assert "写期间，如“2026—2027学年第一学期”。" in page and "如：0599-8000002、12315" in page


def test_every_cell_that_is_not_fit_is_marked_at_once_and_nothing_is_lost(draft, client):
    typed = opened(client, draft, **NEW) | header(period="秋天", complaint_phone="")
    typed |= line(0, "作业本费", "约十二元") | line(2, "", "5", unit="", valid_from="昨天")
    answer = sent(client, draft, typed)
    assert answer.status_code == 200
    assert [name for name, _told in marked(answer)] == [
        "head-period",
        "head-complaint_phone",
        "row-0-amount",
        "row-2-item",
        "row-2-unit",
        "row-2-valid_from",
    ]
    page = said(answer)
    assert '<a href="#row-0-amount">第1行 收费标准：要写数字' in page
    assert 'aria-describedby="row-2-item-fault"' in page and 'id="row-2-item-fault"' in page
    assert 'aria-label="第3行 收费项目"' in page
    again = grid_of(answer)
    assert {name: again[name] for name in typed} == typed | {"version": again["version"]}
    assert stored(draft).sheet is None


def test_what_does_not_hold_between_rows_is_marked_in_its_row(draft, client):
    typed = opened(client, draft, **NEW) | header()
    typed |= line(0, "校服费", "180") | line(2, "校服费", "200")
    typed |= line(3, "考试费", "10", nature="administrative", approving_body="市发改委")
    answer = sent(client, draft, typed)
    assert marked(answer) == [
        ("row-2-item", "与第1行重复，请删去其中一行。"),
        ("row-3-document", "“性质”是“行政事业性收费”时，这一格必须填写。"),
    ]
    assert stored(draft).sheet is None


def test_a_table_without_rows_is_refused(draft, client):
    answer = sent(client, draft, opened(client, draft, **NEW) | header())
    assert answer.context["grid"].faults == [("表里没有数据，请至少填写一行。", "")]
    assert stored(draft).sheet is None


def test_five_lines_more_save_nothing_and_keep_what_was_typed(draft, client):
    typed = opened(client, draft, **NEW) | header(grades="") | line(4, "校服费", "不知道")
    answer = sent(client, draft, typed | {"more": "1"})
    again = grid_of(answer)
    assert len(again["id"]) == len(typed["id"]) + 5 == 10
    assert {name: again[name] for name in typed if name != "id"} == {
        name: value for name, value in typed.items() if name != "id"
    }
    assert marked(answer) == [] and stored(draft).sheet is None
    assert said(answer).count("autofocus") == 1


def test_a_row_is_changed_in_its_place_and_another_dropped(tabled, client):
    before = {row["item"]: row.id for row in tabled.sheet.rows()}
    typed = opened(client, tabled) | {"row-0-item": "练习册费", "drop": ["1"]}
    sent(client, tabled, typed | line(3, "保险费", "60"))
    now = stored(tabled)
    assert items(now) == [("练习册费", "12.5"), ("保险费", "60")]
    assert next(iter(now.sheet.rows())).id == before["作业本费"]


def test_names_that_change_places_keep_each_row_its_own_id(tabled, client):
    """A row that takes the name of another, new or old, does not take its id from it."""
    typed = opened(client, tabled) | {"row-0-item": "书费", "row-1-item": "作业本费"}
    before = [row.id for row in tabled.sheet.rows()]
    sent(client, tabled, typed | line(2, "校服费", "5"))
    now = [row.id for row in stored(tabled).sheet.rows()]
    assert now[:2] == before and len(set(now)) == 3


def test_a_row_renamed_to_one_that_was_dropped_stays_the_row_it_was(tabled, client):
    first, _second = (row.id for row in tabled.sheet.rows())
    sent(client, tabled, opened(client, tabled) | {"row-0-item": "校服费", "drop": ["1"]})
    assert [row.id for row in stored(tabled).sheet.rows()] == [first]


def test_an_id_from_elsewhere_or_taken_twice_is_not_taken(tabled, client):
    own = [row.id for row in tabled.sheet.rows()]
    typed = opened(client, tabled)
    typed |= {"id": [*own, own[1], "<b>"], "shows": f"<b> {' '.join(own)}"}
    sent(client, tabled, typed | line(2, "保险费", "60") | line(3, "餐费", "9"))
    now = [row.id for row in stored(tabled).sheet.rows()]
    assert now[:2] == own and len(set(now)) == 4 and "<b>" not in now


def test_what_was_not_changed_is_not_saved_again(tabled, client):
    answer = sent(client, tabled, opened(client, tabled))
    assert answer.status_code == 302
    assert "没有重复保存" in said(client.get(answer.url))
    assert Sheet.objects.count() == 1


def test_a_double_click_saves_one_table(draft, tabled, client):
    typed = opened(client, tabled) | line(2, "保险费", "60")
    first, second = sent(client, tabled, typed), sent(client, tabled, typed)
    assert first.url == second.url
    assert Sheet.objects.count() == 2 and Act.objects.filter(name="edit").count() == 2
    assert len(items(stored(tabled))) == 3


def test_a_double_click_finds_the_table_that_the_first_click_saved(tabled, client, monkeypatch):
    typed = opened(client, tabled) | line(0, "作业本费", "13")
    save = Edition.tabulate

    def overtaken(edition, **told):
        monkeypatch.setattr(Edition, "tabulate", save)
        save(Edition.objects.get(pk=edition.pk), **told)
        return save(edition, **told)

    monkeypatch.setattr(Edition, "tabulate", overtaken)
    answer = sent(client, tabled, typed)
    assert (answer.status_code, items(stored(tabled))[0]) == (302, ("作业本费", "13"))
    assert Sheet.objects.count() == 2


def test_a_first_table_sent_twice_is_kept_once(draft, client):
    typed = opened(client, draft, **NEW) | header() | line(0, "校服费", "180")
    for _click in range(2):
        assert sent(client, draft, typed).status_code == 302
    assert Sheet.objects.count() == 1


def test_a_text_saved_in_between_is_no_conflict(cast, tabled, client):
    typed = opened(client, tabled) | {"row-0-amount": "13"}
    tabled.edit(by=cast.editor_same, version=tabled.version, title="乙的标题")
    assert sent(client, tabled, typed).status_code == 302
    now = stored(tabled)
    assert (now.title, items(now)[0]) == ("乙的标题", ("作业本费", "13"))


def test_the_second_saver_sees_what_the_first_changed_and_loses_nothing(cast, tabled, client):
    mine = opened(client, tabled) | {"row-0-amount": "13"} | line(2, "保险费", "60")
    client.force_login(cast.editor_same)
    theirs = opened(client, tabled) | {"row-0-amount": "14", "row-1-amount": "200"}
    sent(client, tabled, theirs | line(2, "餐费", "9") | {"head-grades": "一年级"})
    client.force_login(cast.editor)
    answer = sent(client, tabled, mine)
    assert answer.status_code == 409
    assert items(stored(tabled)) == [("作业本费", "14"), ("校服费", "200"), ("餐费", "9")]
    found = answer.context["conflict"]["found"]
    assert found.counts == {"added": 1, "changed": 2, "removed": 0}
    assert "<del>12.50</del>" in said(answer) and "<ins>14</ins>" in said(answer)
    again = grid_of(answer)
    assert (again["row-0-amount"], again["row-1-amount"]) == ("13", "200")
    assert (again["row-2-item"], again["head-grades"]) == ("保险费", "一年级")
    assert sent(client, tabled, again).status_code == 302
    assert sorted(items(stored(tabled))) == sorted(
        [("作业本费", "13"), ("校服费", "200"), ("保险费", "60"), ("餐费", "9")]
    )


def test_a_row_the_colleague_removed_does_not_come_back_by_itself(cast, tabled, client):
    mine = opened(client, tabled) | {"row-0-amount": "13"}
    client.force_login(cast.editor_same)
    sent(client, tabled, opened(client, tabled) | {"drop": ["1"]})
    client.force_login(cast.editor)
    answer = sent(client, tabled, mine)
    again = grid_of(answer)
    again["drop"] = [n for n, each in enumerate(answer.context["grid"].lines) if each.is_dropped]
    assert (answer.status_code, again["drop"]) == (409, [1])
    sent(client, tabled, again)
    assert items(stored(tabled)) == [("作业本费", "13")]


def test_a_table_in_review_is_not_saved_and_what_was_typed_is_shown(cast, tabled, client):
    typed = opened(client, tabled) | line(2, "晚到的一行", "60")
    tabled.submit(by=cast.editor_same)
    answer = sent(client, tabled, typed)
    assert answer.status_code == 409
    assert "晚到的一行" in said(answer) and "这份文稿现在是“审核中”" in said(answer)
    assert items(stored(tabled)) == [*TWO]
    assert client.get(address("table", tabled)).status_code == 403


@pytest.mark.parametrize("page", ["table", "table_removal"])
def test_who_may_not_write_gets_no_grid(page, cast, tabled, client):
    typed = opened(client, tabled) | {"row-0-amount": "13"}
    everybody = (
        *((name, 404) for name in ("editor2", "office2", "editor_other", "sysadmin", "bureau")),
        *((name, 403) for name in ("principal", "supervisor")),
    )
    for name, status in everybody:
        client.force_login(getattr(cast, name))
        assert client.get(address(page, tabled)).status_code == status, name
        assert client.post(address(page, tabled), typed).status_code == status, name
    client.logout()
    assert client.get(address(page, tabled)).status_code == 302
    assert items(stored(tabled)) == [*TWO]


def test_a_kind_nobody_knows_is_not_found_and_none_leads_to_the_draft(draft, client):
    assert client.get(address("table", draft), {"kind": "nothing"}).status_code == 404
    assert client.get(address("table", draft)).url == address("change", draft) + "#table"


def test_a_table_of_another_kind_replaces_the_first_and_says_so_before(tabled, client):
    answer = client.get(address("table", tabled), {"kind": "budget"})
    assert "草稿现在用的是“收费公示”" in said(answer)
    typed = grid_of(answer) | {
        "head-period": "2026",
        "head-unit": "wan",
        "head-approved_on": "2026-02-01",
        "head-approved_by": "教育局",
        "head-income_total": "1",
        "head-spending_total": "1",
    }
    for place, side in enumerate(("income", "spending")):
        cells = {"side": side, "code": "1", "item": "财政拨款", "amount": "1"}
        typed |= {f"row-{place}-{name}": value for name, value in cells.items()}
    assert sent(client, tabled, typed).status_code == 302
    assert (stored(tabled).sheet.kind, stored(tabled).sheet.row_count) == ("budget", 2)


def test_a_table_is_removed_after_asking_once(tabled, client):
    page = client.get(address("table_removal", tabled))
    assert "它的2行" in said(page)
    asked = {"base": tabled.sheet_id}
    for _click in range(2):
        answer = client.post(address("table_removal", tabled), asked)
        assert answer.url == address("change", tabled) + "#table"
    assert stored(tabled).sheet is None
    assert Act.objects.filter(name="edit").count() == 2
    assert "没有数据表" in said(client.get(answer.url))


def test_a_table_saved_in_between_is_not_removed_unseen(cast, tabled, client):
    asked = {"base": tabled.sheet_id}
    tabled.tabulate(by=cast.editor_same, table=fees(("餐费", "9")))
    answer = client.post(address("table_removal", tabled), asked)
    assert answer.status_code == 409 and "没有去掉" in said(answer)
    assert items(stored(tabled)) == [("餐费", "9")]


def test_a_long_table_is_filled_page_by_page_and_the_other_pages_stay(cast, draft, client):
    size = lines_per_page(FEES)
    assert 100 < size <= 200
    lines = [(f"项目{n}", "1") for n in range(1, 2 * size + 11)]
    draft.tabulate(by=cast.editor, table=fees(*lines))
    page = client.get(address("table", draft), {"page": "2"})
    assert f"共{len(lines)}行，分3页填写" in said(page)
    typed = grid_of(page)
    assert (typed["row-0-item"], len(typed["id"])) == (f"项目{size + 1}", size)
    assert len(typed) + len(typed["id"]) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    typed |= {"row-0-amount": "2", "drop": ["1"], "next": "1"}
    answer = sent(client, draft, typed)
    assert answer.url == address("table", draft) + "?page=3"
    lines[size : size + 2] = [(f"项目{size + 1}", "2")]
    assert items(stored(draft)) == lines


def test_a_fault_far_down_is_marked_on_the_page_where_it_was_typed(cast, draft, client):
    size = lines_per_page(FEES)
    draft.tabulate(by=cast.editor, table=fees(*((f"项目{n}", "1") for n in range(size + 9))))
    typed = grid_of(client.get(address("table", draft), {"page": "2"}))
    answer = sent(client, draft, typed | {"row-3-item": "项目0"})
    assert marked(answer) == [("row-3-item", "与第1行重复，请删去其中一行。")]
    assert f"第{size + 4}行" in answer.context["grid"].faults[0][0]


def test_the_pages_of_a_table_ask_as_much_for_one_row_as_for_thirty(cast, draft, client):
    counts = {}
    for count in (1, 30):
        draft.tabulate(by=cast.editor, table=fees(*((f"项目{n}", "1") for n in range(count))))
        for name in ("table", "change", "table_removal"):
            client.get(address(name, draft))
            with CaptureQueriesContext(connection) as asked:
                client.get(address(name, draft))
            counts.setdefault(name, []).append(len(asked))
    assert all(first == second for first, second in counts.values()), counts


def test_reviewers_read_the_whole_table_in_pages(cast, stage, client):
    draft = stage.draft()
    draft.tabulate(by=cast.editor, table=fees(*((f"项目{n:03d}", "1234.5") for n in range(501))))
    draft.submit(by=cast.editor)
    client.force_login(cast.head)
    first, second = (
        said(client.get(address("approve", draft), {"rows": page})) for page in ("1", "2")
    )
    assert "1,234.50" in first and "项目000" in first and "项目500" not in first
    assert "项目500" in second and "项目000" not in second
    assert '<a href="?rows=2#table" aria-label="第2页">' in first
    client.force_login(cast.principal)
    assert "项目000" in said(client.get(address("change", draft)))


def test_the_record_tells_a_table_row_by_row(cast, tabled, client):
    tabled.tabulate(by=cast.editor, table=fees(("作业本费", "13"), ("保险费", "60")))
    act = Act.objects.filter(name="edit").latest("id")
    [row] = changes_of(act.uuid)
    [field] = row.fields
    assert (field.label, field.table.counts) == (
        "数据表",
        {"added": 1, "changed": 1, "removed": 1},
    )
    client.force_login(cast.supervisor)
    page = said(client.get(reverse("admin:ledger_act_change", args=[act.uuid])))
    assert "<del>12.50</del> → <ins>13</ins>" in page and "增加第2行“保险费 · 全体学生”" in page
    assert str(tabled.sheet_id) not in page


def test_two_states_of_a_text_are_compared_row_by_row_too(cast, tabled, client):
    tabled.tabulate(by=cast.editor, table=fees(("作业本费", "13")))
    client.force_login(cast.supervisor)
    address_ = reverse("admin:ledger_act_comparison", args=[tabled.disclosure_id])
    page = said(client.get(address_))
    assert "增加第1行“作业本费 · 全体学生”" in page


def test_a_correction_shows_which_row_it_changes(cast, stage, tabled, client):
    stage.carry_out(tabled)
    second = tabled.correct(by=cast.editor)
    second.tabulate(by=cast.editor, table=fees(("作业本费", "13"), ("校服费", "180")))
    page = said(client.get(address("difference", second)))
    assert "修改第1行“作业本费 · 全体学生”" in page and "<ins>13</ins>" in page
    assert "校服费" not in page and "文字没有改动" not in page


def test_an_earlier_table_is_shown_and_taken_back(cast, tabled, client):
    first = tabled.sheet_id
    state = Edition.history.filter(id=tabled.pk).latest("history_id").history_id
    tabled.tabulate(by=cast.editor, table=fees(("作业本费", "13")))
    earlier = address("earlier_state", tabled, state=state)
    page = client.get(earlier)
    assert "增加第2行“校服费 · 全体学生”" in said(page)
    hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
    assert client.post(earlier, hidden | {"reason": "改错了"}).status_code == 302
    assert stored(tabled).sheet_id == first
