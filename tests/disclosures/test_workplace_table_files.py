"""Taking the table of a draft from a file, in the workplace."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from disclosures.importing import tables as importing
from disclosures.kinds.fees import FEES
from disclosures.models import Sheet
from disclosures.sheets.writing import write_xlsx
from portal.ledger.models import Act
from portal.organisation.jobs import run_waiting_job
from portal.organisation.models import Job
from tests.disclosures.typed_tables import fees, items
from tests.disclosures.workplace import address, said, stored

TWO = (("作业本费", "12.5"), ("校服费", "180"))


@pytest.fixture
def draft(cast, stage, client):
    client.force_login(cast.editor)
    return stage.draft()


def workbook(*lines, name="收费.xlsx"):
    table, stream = fees(*lines), BytesIO()
    write_xlsx(FEES, table.header, table.rows, stream)
    return SimpleUploadedFile(name, stream.getvalue())


def sent(client, draft, upload, **more):
    """Upload a file as the page's form does; the address of what was read."""
    asked = {"kind": "fees", "file": upload} | more
    return client.post(address("table_import", draft), asked)


def confirmed(client, draft, page):
    job = page.context["job"]
    url = address("table_confirm", draft, job=job.pk)
    return client.post(url, {"base": page.context["base"]})


def test_what_was_read_is_shown_and_saved_only_when_confirmed(cast, draft, client):
    draft.tabulate(by=cast.editor, table=fees(("作业本费", "12"), ("餐费", "9")))
    page = client.get(sent(client, draft, workbook(*TWO)).url)
    assert "读到2行，没有发现错误" in said(page) and "全校" in said(page)
    assert page.context["found"].counts == {"added": 1, "changed": 1, "removed": 1}
    assert "<del>12</del> → <ins>12.50</ins>" in said(page)
    assert items(stored(draft)) == [("作业本费", "12"), ("餐费", "9")]
    answer = confirmed(client, draft, page)
    assert answer.url == address("change", draft) + "#table"
    assert items(stored(draft)) == [*TWO]


def test_every_fault_is_listed_with_its_sheet_row_and_column(draft, client):
    content = "收费项目,性质,收费标准,计费单位\n作业本费,代收费,约十元,元\n,乱收,5,元\n"
    upload = SimpleUploadedFile("收费.csv", content.encode())
    page = client.get(sent(client, draft, upload).url)
    told = {(fault.row, fault.column) for fault in page.context["faults"]}
    assert {(2, "收费标准"), (3, "收费项目"), (3, "性质")} <= told
    assert "要写数字" in said(page) and "确认导入" not in said(page)
    job = page.context["job"]
    assert client.post(address("table_confirm", draft, job=job.pk)).status_code == 302
    assert stored(draft).sheet is None


def test_no_file_and_an_unknown_kind_are_refused_at_their_fields(draft, client):
    answer = client.post(address("table_import", draft), {"kind": "nothing"})
    assert answer.status_code == 200 and set(answer.context["form"].errors) == {"kind", "file"}
    assert not Job.objects.exists()


def test_a_file_that_is_no_table_is_told_on_the_same_page(draft, client):
    page = client.get(sent(client, draft, SimpleUploadedFile("收费.pdf", b"%PDF-1.7")).url)
    assert "请上传 .xlsx 或 .csv 文件" in said(page)


def test_a_double_click_imports_once(draft, client):
    page = client.get(sent(client, draft, workbook(*TWO)).url)
    confirmed(client, draft, page)
    answer = confirmed(client, draft, page)
    assert "没有重复办理" in said(client.get(answer.url.partition("#")[0]))
    assert Sheet.objects.count() == Act.objects.filter(name="edit").count() == 1


def test_a_table_saved_in_between_is_compared_anew_before_it_is_replaced(cast, draft, client):
    page = client.get(sent(client, draft, workbook(*TWO)).url)
    draft.tabulate(by=cast.editor_same, table=fees(("校服费", "170"), ("餐费", "9")))
    answer = confirmed(client, draft, page)
    assert answer.status_code == 409 and "刚刚被别人改动过" in said(answer)
    assert answer.context["found"].counts == {"added": 1, "changed": 1, "removed": 1}
    assert items(stored(draft)) == [("校服费", "170"), ("餐费", "9")]
    assert confirmed(client, draft, answer).status_code == 302
    assert items(stored(draft)) == [*TWO]


def test_a_long_file_is_read_by_the_sweep_and_can_be_given_up(draft, client):
    lines = [(f"项目{n}", "1") for n in range(importing.SMALL + 10)]
    where = sent(client, draft, workbook(*lines)).url
    waiting = said(client.get(where))
    assert "<progress" in waiting and "停止，不导入" in waiting
    run_waiting_job({"import_table": importing.check})
    page = client.get(where)
    assert f"读到{len(lines)}行" in said(page)
    client.post(address("table_stop", draft, job=page.context["job"].pk))
    assert "已经导入或清除" in said(client.get(where))
    assert stored(draft).sheet is None


def test_the_template_and_the_draft_s_own_table_are_taken_away_to_fill_in(cast, draft, client):
    sent_ = client.get(address("table_template", draft), {"kind": "fees"})
    assert sent_.headers["Content-Disposition"].startswith("attachment")
    assert "收费项目" in str([*load_workbook(read(sent_)).worksheets[0].values])
    assert client.get(address("table_workbook", draft)).status_code == 404
    draft.tabulate(by=cast.editor, table=fees(*TWO))
    own = read(client.get(address("table_workbook", draft)))
    page = client.get(sent(client, draft, SimpleUploadedFile("表.xlsx", own.getvalue())).url)
    assert "数据表没有改动" in said(page)


def read(answer):
    return BytesIO(b"".join(answer.streaming_content))


def test_who_may_not_write_imports_nothing(cast, draft, client):
    page = client.get(sent(client, draft, workbook(*TWO)).url)
    job = {"job": page.context["job"].pk}
    for name, status in (("editor2", 404), ("sysadmin", 404), ("principal", 403)):
        client.force_login(getattr(cast, name))
        assert sent(client, draft, workbook(*TWO)).status_code == status
        for where in ("table_import", "table_template"):
            assert client.get(address(where, draft), {"kind": "fees"}).status_code == status
        assert client.get(address("table_job", draft, **job)).status_code == status
        for act in ("table_confirm", "table_stop"):
            assert client.post(address(act, draft, **job)).status_code == status
    client.force_login(cast.editor_same)
    assert client.get(address("table_job", draft, **job)).status_code == 404
    assert client.post(address("table_confirm", draft, **job)).status_code == 404
    assert stored(draft).sheet is None and Job.objects.count() == 1


def test_a_reading_belongs_to_its_draft(cast, stage, draft, client):
    page = client.get(sent(client, draft, workbook(*TWO)).url)
    other = stage.draft(title="另一份")
    where = address("table_confirm", other, job=page.context["job"].pk)
    assert client.post(where, {"base": ""}).status_code == 404
    assert stored(other).sheet is None
