"""The catalogue as files to take away."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from disclosures.models import Adoption
from portal.ledger.moments import local_day, now


def test_csv_opens_in_a_spreadsheet_with_the_table_of_the_page(client, cast, stage, settings):
    notice = stage.published(title="秋季学期收费公示")
    response = client.get("/schools/first/catalogue.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="first-catalogue.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    row = next(row for row in rows if row["编码"] == "K12-E01")
    assert row == {
        "序号": "2",
        "类别": "收费",
        "编码": "K12-E01",
        "公开事项": "收费项目、标准、依据",
        "公开内容形式": "文本",
        "依据": "",
        "公开时限": "",
        "时限说明": "公开时限：本地惯例，待核",
        "责任部门": "",
        "公开渠道": "本网站",
        "公开对象": "社会公众",
        "公开方式": "主动公开",
        "采用情况": "采用",
        "停用理由": "",
        "最新公开日期": local_day(now()).isoformat(),
        "最新公开标题": "秋季学期收费公示",
        "网址": settings.SITE_URL + notice.disclosure.get_absolute_url(),
    }


def test_xlsx_holds_the_same_cells_as_text(client, cast):
    Adoption(school=cast.school, entry=cast.entry).switch_off(
        by=cast.office, reason="=HYPERLINK(1)"
    )
    plain = client.get("/schools/first/catalogue.csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get("/schools/first/catalogue.xlsx").content))
    cells = [[cell.value or "" for cell in row] for row in book.active.iter_rows()]
    assert cells == list(csv.reader(io.StringIO(plain)))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert [row[13] for row in cells if row[2] == "K12-E01"] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("suffix", ["pdf", "xls", "CSV", "csv.exe"])
def test_there_are_no_other_files(client, cast, suffix):
    address = reverse("catalogue_file", args=["first", suffix])
    assert client.get(address).status_code == 404
