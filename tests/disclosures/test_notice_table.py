"""The typed table of a notice on its page: facts, rows, totals, pages, and what it costs."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from disclosures.kinds import KINDS
from disclosures.kinds.finance.budgets import BUDGET
from disclosures.models import Sheet, SheetPage
from disclosures.sheets import showing
from disclosures.sheets.charts import Chart, Course
from disclosures.sheets.columns import Amount, Choice, Person, Phone, Prose, Text
from disclosures.sheets.kind import Kind
from disclosures.sheets.table import Row
from portal.text.masking import MARK
from tests.disclosures.tables import SMALL_BUDGET, budget, fees, posted

pytestmark = pytest.mark.django_db


def read(client, edition, query=""):
    page = client.get(f"{edition.disclosure.get_absolute_url()}{query}")
    assert page.status_code == 200
    return page.content.decode()


def rows_of(text):
    """The cells of each row of the table's body, as text."""
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_rows_stand_beneath_their_headings_and_name_themselves(client, stage):
    text = read(client, posted(stage, fees(("作业本费", "12.5"), ("校服费", "1180"))))
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', text)
    assert heads == ["收费项目", "性质", "收费标准", "计费单位", "收费范围", "是否自愿"]
    assert rows_of(text) == [
        ["作业本费", "代收费", "12.50", "元/生·学期", "全体学生", "是"],
        ["校服费", "代收费", "1,180.00", "元/生·学期", "全体学生", "是"],
    ]
    assert '<th scope="row" class="">作业本费</th>' in text
    assert '<td class="n" data-label="收费标准">12.50</td>' in text


def test_the_caption_says_what_period_and_unit_the_table_is_about(client, stage):
    text = read(client, posted(stage, budget(*SMALL_BUDGET)))
    caption = text.partition("<caption>")[2].partition("</caption>")[0]
    assert re.sub(r"<[^>]+>", "", caption).strip() == "年度预算 2026年 单位：万元"


def test_the_header_s_facts_are_a_list_and_its_totals_the_table_s_foot(client, stage):
    text = read(client, posted(stage, budget(*SMALL_BUDGET)))
    assert "<dt>批复单位</dt>" in text and "区财政局" in text
    foot = text.partition("<tfoot>")[2].partition("</tfoot>")[0]
    told = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", foot)
    assert [cell for cell in told if cell] == ["收入合计", "300", "支出合计", "300"]
    assert '<th scope="row" colspan="3">收入合计</th>' in foot
    assert "<dt>收入合计</dt>" not in text


def test_lines_of_a_tree_are_set_in_by_their_depth(client, stage):
    text = read(client, posted(stage, budget(*SMALL_BUDGET)))
    assert '<th scope="row" class="d1">基本工资</th>' in text
    assert '<th scope="row" class="">工资福利支出</th>' in text


def test_what_is_typed_into_a_cell_is_text(client, stage):
    edition = posted(stage, fees(("<script>alert(1)</script>", "1"), grades="<b>七</b>"))
    text = read(client, edition)
    assert "<script>alert" not in text and "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;七&lt;/b&gt;" in text


def test_what_was_lawfully_removed_is_a_mark_in_every_kind_of_cell():
    columns = list(BUDGET.columns)
    row = Row({column.name: MARK for column in columns})
    line = showing.lines_of(BUDGET, columns, [row], {MARK})[0]
    assert {cell.text for cell in line.cells} == {MARK}
    assert all("gone" in cell.css for cell in line.cells)


def test_a_long_table_is_shown_in_numbered_pages(client, stage):
    edition = posted(stage, fees(*((f"项目{n}", "1") for n in range(1, 452))))
    for query, first, last, count in (
        ("", "项目1", "项目200", 200),
        ("?rows=2", "项目201", "项目400", 200),
        ("?rows=3", "项目401", "项目451", 51),
        ("?rows=4", "项目1", "项目200", 200),
        ("?rows=-1", "项目1", "项目200", 200),
        ("?rows=²", "项目1", "项目200", 200),
    ):
        text = read(client, edition, query)
        rows = rows_of(text)
        assert (rows[0][0], rows[-1][0], len(rows)) == (first, last, count), query
        assert '<a href="?rows=' in text
    assert "第401—451行，共451行" in read(client, edition, "?rows=3")
    assert "纸面是第1—200行，其余见网上原文" in read(client, edition)
    care = client.get(f"/care{edition.disclosure.get_absolute_url()}?rows=3").content.decode()
    assert rows_of(care)[0][0] == "项目401"


def test_a_short_table_has_no_pages(client, stage):
    assert "?rows=" not in read(client, posted(stage, fees(("校服费", "1"))))


def test_rows_over_the_edge_of_two_kept_pages_are_read_in_order(cast, stage):
    edition = stage.draft()
    edition.tabulate(by=cast.editor, table=fees(*((f"项目{n}", "1") for n in range(1, 1102))))
    rows = edition.sheet.rows_between(401, 600)
    assert [row["item"] for row in (rows[0], rows[99], rows[100], rows[-1])] == [
        "项目401",
        "项目500",
        "项目501",
        "项目600",
    ]
    assert len(rows) == 200


def asked_for(client, edition, query=""):
    with CaptureQueriesContext(connection) as queries:
        read(client, edition, query)
    return len(queries)


def test_two_thousand_rows_take_as_many_queries_as_thirty(client, stage):
    few = posted(stage, fees(*((f"项目{n}", "1") for n in range(30))))
    many = posted(stage, fees(*((f"项目{n}", "1") for n in range(2000))))
    assert SheetPage.objects.filter(sheet=many.sheet).count() == 4
    read(client, few)
    counts = {asked_for(client, few), asked_for(client, many), asked_for(client, many, "?rows=3")}
    assert len(counts) == 1
    assert counts.pop() <= 15


def test_a_table_as_an_older_program_kept_it_is_still_shown(client, stage):
    edition = posted(stage, fees(("校服费", "180")))
    old = edition.sheet.schema | {"kind": "fees-of-1999", "label": "旧收费表"}
    QuerySet(Sheet).filter(pk=edition.sheet_id).update(schema=old, kind="fees-of-1999")
    text = read(client, edition)
    assert "旧收费表" in text
    assert rows_of(text)[0][0] == "校服费"


def test_a_notice_without_a_table_loads_no_styles_for_one(client, stage):
    plain, typed = read(client, stage.published()), read(client, posted(stage, fees(("甲", "1"))))
    assert "css/table.css" not in plain and 'class="typed"' not in plain
    assert "css/table.css" in typed


def test_a_draft_s_preview_shows_its_table(signed_in, cast, stage):
    edition = stage.draft(body="")
    edition.tabulate(by=cast.editor, table=fees(("校服费", "180")))
    page = signed_in(cast.editor).get(f"/admin/disclosures/edition/{edition.pk}/preview/")
    assert rows_of(page.content.decode())[0][0] == "校服费"


def kind_of(*columns, header=(), **more):
    return Kind("made-up", "编的表", header=header, columns=columns, **more)


NAME = Person("name", "姓名", is_required=True)


def test_people_are_a_list_and_a_guide_is_sections_and_all_else_a_table():
    people = kind_of(Text("number", "考号"), NAME, lists_people=True)
    wide = kind_of(NAME, *(Text(f"c{n}", "列") for n in range(3)), lists_people=True)
    guide = kind_of(Choice("section", "部分"), Text("item", "事项"), Prose("content", "内容"))
    streets = kind_of(Text("district", "片区"), Prose("streets", "范围"))
    shapes = [showing.shape_of(each) for each in (people, wide, guide, streets)]
    assert shapes == ["list", "table", "sections", "table"]


def test_a_row_goes_by_whom_or_what_it_is_about():
    code, item = Text("code", "编码", is_required=True), Text("item", "项目")
    assert showing.name_of(kind_of(Text("number", "考号"), NAME, lists_people=True)) == NAME
    assert showing.name_of(kind_of(code, item)) == item
    bidder = Text("bidder", "投标人", is_required=True)
    assert showing.name_of(kind_of(Text("lot", "标段"), bidder)) == bidder
    group = Choice("category", "类别", is_required=True)
    assert showing.name_of(kind_of(group, Text("note", "备注"))) == group


def test_a_total_stands_beneath_the_column_it_is_the_sum_of():
    item, own = Text("item", "项目"), Amount("budget", "预算数")
    amount, note = Amount("amount", "决算数"), Text("note", "备注")
    header = (Amount("budget_total", "预算合计"), Amount("income_total", "收入合计"))
    kind = kind_of(item, own, amount, note, header=header)
    lines = showing.total_lines(kind, {"budget_total": "5", "income_total": "7"}, kind.columns)
    told = [(head.text, across, [cell.text for cell in cells]) for head, across, cells in lines]
    assert told == [("预算合计", 1, ["5", "", ""]), ("收入合计", 1, ["", "7", ""])]


def test_a_total_that_could_be_of_several_columns_is_a_fact():
    total = Amount("assets_total", "资产合计")
    kind = kind_of(Text("item", "项目"), Amount("a", "期初"), Amount("b", "期末"), header=(total,))
    assert showing.total_lines(kind, {"assets_total": "5"}, kind.columns) == []
    assert [(f.label, f.text) for f in showing.facts_of(kind, {"assets_total": "5"})] == [
        ("资产合计", "5")
    ]


def shown_as(monkeypatch, client, stage, kind, *rows):
    """The page of a notice with a table of a kind the program knows for this test alone."""
    monkeypatch.setitem(KINDS, kind.key, kind)
    edition = posted(stage, kind.table({}, [Row(values) for values in rows]))
    return read(client, edition), client.get(
        f"{edition.disclosure.get_absolute_url()}poster/"
    ).content.decode()


def test_people_stand_in_a_list_by_name_with_the_rest_beside_it(monkeypatch, client, stage):
    kind = kind_of(Text("number", "考号"), NAME, lists_people=True)
    rows = ({"number": "26001", "name": "张三"}, {"number": None, "name": "李四"})
    for text in shown_as(monkeypatch, client, stage, kind, *rows):
        people = text.partition('<ol class="people"')[2].partition("</ol>")[0]
        told = re.sub(r"<[^>]+>|\s+", " ", people.partition(">")[2]).split()
        assert [word for word in told if word != "考号"] == ["张三", "26001", "李四"]


def test_a_guide_stands_in_sections_with_its_contacts(monkeypatch, client, stage):
    section = Choice("section", "部分", choices=(("steps", "办理步骤"), ("papers", "所需材料")))
    kind = kind_of(section, Text("item", "事项"), Prose("content", "内容"), Phone("phone", "电话"))
    rows = (
        {"section": "steps", "item": "申请", "content": "先\n后", "phone": "0599-8000005"},
        {"section": "steps", "item": "核办", "content": None, "phone": None},
        {"section": "papers", "item": "户口簿", "content": "<b>原件</b>", "phone": None},
    )
    for text in shown_as(monkeypatch, client, stage, kind, *rows):
        heads = re.findall(r"<h[34]>(.*?)</h[34]>", text)
        assert heads == ["办理步骤", "申请", "核办", "所需材料", "户口簿"]
        assert "先<br>后" in text and "0599-8000005" in text
        assert "&lt;b&gt;原件&lt;/b&gt;" in text and "<table" not in text


def drawn_budget(**more):
    chart = Chart("支出预算", "item", ("amount",), where=("side", "spending"), uppermost="code")
    course = Course("历年收支", ("spending_total",))
    return replace(BUDGET, charts=(chart,), courses=(course,), checks=(), **more)


def test_a_table_is_drawn_and_so_are_the_public_ones_before_it(monkeypatch, client, stage):
    monkeypatch.setitem(KINDS, "budget", drawn_budget())
    secret = {"audiences": ["staff"], "inner_reason": "校内"}
    for period, spent, more in (("2024", "100", {}), ("2025", "200", {}), ("2023", "7", secret)):
        line = ("spending", "301", "工资福利支出", spent)
        table = budget(SMALL_BUDGET[0], line, period=period, spending_total=spent)
        posted(stage, table, **more)
    edition = posted(stage, budget(*SMALL_BUDGET))
    text = read(client, edition)
    assert "css/chart.css" in text
    one, years = re.findall(r"<svg class=\"chart\".*?</svg>", text)
    assert "<figcaption>支出预算（万元）</figcaption>" in text
    assert re.findall(r'class="name"[^>]*>(.*?)<', one) == ["工资福利支出", "商品和服务支出"]
    assert re.findall(r'class="name"[^>]*>(.*?)<', years) == ["2024年", "2025年", "2026年"]
    assert re.findall(r'class="number"[^>]*>(.*?)<', years) == ["100", "200", "300"]


def test_periods_before_are_one_query_however_many(monkeypatch, client, stage):
    monkeypatch.setitem(KINDS, "budget", drawn_budget())
    edition = posted(stage, budget(*SMALL_BUDGET))
    read(client, edition)
    before = asked_for(client, edition)
    for year in range(2010, 2026):
        posted(stage, budget(*SMALL_BUDGET, period=str(year)))
    assert asked_for(client, edition) == before
    text = read(client, edition)
    years = re.findall(r"<svg class=\"chart\".*?</svg>", text)[-1]
    assert len(re.findall(r'class="number"', years)) == 8


def test_removed_rows_and_headers_are_not_drawn(monkeypatch, client, stage):
    chart = Chart("全部预算", "item", ("amount",))
    monkeypatch.setitem(KINDS, "budget", replace(drawn_budget(), charts=(chart,)))
    posted(stage, budget(*SMALL_BUDGET, period="2025"))
    edition = posted(stage, budget(*SMALL_BUDGET))
    pages = QuerySet(SheetPage).filter(sheet=edition.sheet)
    rows = pages.get().rows
    rows[1]["values"] = dict.fromkeys(rows[1]["values"], MARK)
    pages.update(rows=rows)
    header = edition.sheet.header | {"spending_total": MARK}
    QuerySet(Sheet).filter(pk=edition.sheet_id).update(header=header)
    text = read(client, edition)
    assert "工资福利支出" not in text and MARK in text
    assert len(re.findall(r"<svg class=\"chart\"", text)) == 1


def test_a_list_that_counts_its_people_does_not_say_their_number_twice():
    kind = KINDS["admission-list"]
    pupils = (("1", "王*明"), ("007", "李*芳"))
    rows = [
        Row({"number": number, "name": name, "track": "学区内"}, place=place)
        for place, (number, name) in enumerate(pupils, start=1)
    ]
    lines = showing.lines_of(kind, list(kind.columns), rows, set())
    assert [[cell.text for cell in line.rest] for line in lines] == [["学区内"], ["007", "学区内"]]
