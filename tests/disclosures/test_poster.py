"""The sheet for the wall: what stands on it, how much of it, and who may take it, as page and PDF.

Where WeasyPrint is not installed its part is played by a printer that hands back the text.
"""

import re
from datetime import timedelta

import pypdfium2
import pytest

from disclosures import paper
from disclosures.models import Reading
from disclosures.posters import board_of
from portal.ledger.models import Checkpoint, LedgerEntry
from portal.ledger.moments import as_of, now, today
from portal.ledger.signing import Signer
from portal.text.masking import MARK
from tests.disclosures.tables import SMALL_BUDGET, budget, fees, posted

NOTHING = {"income_total": "0", "spending_total": "0"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def printer(monkeypatch):
    """The texts that were made into a PDF, in place of setting them."""
    texts = []
    monkeypatch.setattr(paper, "missing", lambda: "")
    monkeypatch.setattr(paper, "pdf_of", lambda html: texts.append(html) or b"%PDF-")
    return texts


@pytest.fixture
def signed_head(tmp_path):
    """Sign the log as it stands."""
    signer = Signer(tmp_path / "signer", "示范区存证")
    signer.make_key()
    return signer.sign


def poster_of(edition, form="poster/"):
    return f"{edition.disclosure.get_absolute_url()}{form}"


def read(client, edition):
    answer = client.get(poster_of(edition))
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_poster_says_who_what_when_and_where_to_ask(client, cast, stage):
    cast.school.phone, cast.school.supervision_phone = "0599-8000200", "0599-8000100"
    cast.school.save()
    until = today() + timedelta(days=7)
    edition = stage.published(document_number="示一小〔2026〕5号", closes_on=until)
    text = text_of(read(client, edition))
    told = [
        "示范区第一小学",
        "示一小〔2026〕5号",
        "2026年秋季学期收费公示",
        edition.disclosure.index_number,
        "总务处",
        f"至{until.isoformat()}",
        "0599-8000200",
        "0599-8000100",
        "本学期收费项目如下。",
        f"制作日期 {today().isoformat()}",
    ]
    assert [each for each in told if each not in text] == []


def test_the_code_leads_to_the_live_page_in_no_language_and_no_mode(client, stage, settings):
    edition = stage.published()
    live = settings.SITE_URL + edition.disclosure.address
    for prefix in ("", "/en", "/care"):
        page = client.get(f"{prefix}{poster_of(edition)}")
        assert page.context["address"] == live
        assert '<svg class="code"' in page.content.decode()


def test_the_ledger_s_fingerprint_stands_on_it_once_there_is_one(client, stage, signed_head):
    edition = stage.published()
    entry = LedgerEntry.objects.get(item=str(edition.disclosure_id))
    assert f"第{entry.seq}号" in text_of(read(client, edition))
    head = signed_head()
    text = text_of(read(client, edition))
    assert f"账头 {head.short}" in text
    assert Checkpoint.objects.last() == head


def test_a_new_head_or_another_day_makes_another_version(client, stage, signed_head):
    edition = stage.published()
    first = client.get(poster_of(edition))["ETag"]
    assert client.get(poster_of(edition), headers={"if-none-match": first}).status_code == 304
    signed_head()
    second = client.get(poster_of(edition))["ETag"]
    with as_of(now() + timedelta(days=1)):
        third = client.get(poster_of(edition))["ETag"]
    assert len({first, second, third}) == 3


def test_fees_hang_in_their_usual_grid(client, stage):
    table = fees(("作业本费", "12.5"), ("校服费", "180"), complaint_phone="0599-12315")
    table.rows[0].values |= {
        "nature": "service",
        "approving_body": "区发展改革局",
        "document": "发改〔2025〕3号",
        "voluntary": True,
    }
    html = read(client, posted(stage, table))
    grid = html.partition('<table class="fee-board">')[2].partition("</table>")[0]
    heads = re.findall(r'<th scope="col">(.*?)</th>', grid)
    basis = "收费依据（批准机关、文号）"
    assert heads == ["收费项目", "收费标准", "计费单位", basis, "收费范围", "备注"]
    assert re.findall(r'colspan="6">(.*?)</th>', grid) == ["服务性收费", "代收费"]
    assert "区发展改革局<br>发改〔2025〕3号" in grid
    assert "是否自愿：是" in grid
    assert "0599-12315" in html and '<body class="wide">' in html


def test_a_removed_cell_of_the_fee_board_is_its_mark(client, stage):
    table = fees(("校服费", "180"))
    table.rows[0].values = dict.fromkeys(table.rows[0].values, MARK)
    ((nature, (fee,)),) = board_of(posted(stage, fees(("甲", "1"))).sheet.as_kind, table.rows)
    assert (nature, fee["item"], fee["amount"], fee["scope"]) == (MARK, MARK, MARK, MARK)


def test_another_table_hangs_with_its_totals(client, stage):
    html = read(client, posted(stage, budget(*SMALL_BUDGET)))
    assert "年度预算 2026年 单位：万元" in text_of(html)
    assert "支出合计" in html.partition("<tfoot>")[2]


def test_a_long_table_and_a_long_body_point_to_the_page(client, stage):
    lines = [("income", str(n), f"项目{n}", "0") for n in range(100, 161)]
    long = posted(stage, budget(*lines, **NOTHING))
    text = text_of(read(client, long))
    assert "项目159" in text and "项目160" not in text
    assert "共61行，这里只列前一部分" in text and "全文见网页" in text
    body = f"<h2>标题</h2><p>{'字' * 990}</p>" + "<ul><li>条目</li></ul>" * 900
    wordy = stage.published(body=body)
    html = read(client, wordy)
    assert "全文见网页" in html
    assert html.count("<ul>") == html.count("</ul>") < 900
    assert len(html) < 20_000
    assert "全文见网页" not in read(client, stage.published())


def test_what_was_typed_is_text(client, stage):
    edition = posted(stage, fees(("<script>1</script>", "1")), title="<b>甲</b>")
    html = read(client, edition)
    assert "<script>" not in html and "<b>甲</b>" not in html
    assert "&lt;script&gt;1&lt;/script&gt;" in html


def test_a_public_poster_may_be_kept_but_not_searched(client, stage, printer):
    edition = stage.published()
    for form in ("poster/", "poster.pdf"):
        answer = client.get(poster_of(edition, form))
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["X-Robots-Tag"] == "noindex"
        assert "Vary" not in answer


@pytest.mark.parametrize("form", ["poster/", "poster.pdf"])
def test_an_inner_poster_is_for_its_audience_kept_by_nobody_and_recorded(
    client, signed_in, cast, stage, printer, form
):
    edition = stage.published(audiences=["staff"], inner_reason="只涉及教职工")
    assert client.get(poster_of(edition, form)).status_code == 404
    assert signed_in(cast.teacher2).get(poster_of(edition, form)).status_code == 404
    assert printer == [] and Reading.objects.count() == 0
    answer = signed_in(cast.teacher).get(poster_of(edition, form))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer
    assert [reading.reader for reading in Reading.objects.all()] == [cast.teacher]


@pytest.mark.parametrize("form", ["poster/", "poster.pdf"])
def test_what_is_off_the_board_has_no_poster(client, stage, printer, form):
    assert client.get(poster_of(stage.withdrawn(), form)).status_code == 410
    later = stage.published(opens_at=now() + timedelta(days=1))
    assert client.get(poster_of(later, form)).status_code == 404
    assert client.get(f"/schools/first/2026-99999/{form}").status_code == 404
    assert printer == []


def test_the_text_of_the_pdf_reaches_for_nothing(client, stage, printer):
    edition = posted(stage, fees(("校服费", "180")), source="https://elsewhere.example/")
    answer = client.get(poster_of(edition, "poster.pdf"))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-", "application/pdf")
    name = edition.disclosure.index_number.replace("/", "-")
    assert answer["Content-Disposition"] == f'inline; filename="{name}.pdf"'
    (html,) = printer
    assert re.findall(r"<(?:link|img|script|iframe|object|style)\b[^>]*", html) == []
    assert re.findall(r'(?:src|href|style)="([^"]*)"', html) == []
    assert re.findall(r"url\(|@import", html) == []


def test_a_held_pdf_is_not_made_again(client, stage, printer):
    edition = stage.published()
    first = client.get(poster_of(edition, "poster.pdf"))
    held = client.get(poster_of(edition, "poster.pdf"), headers={"if-none-match": first["ETag"]})
    assert held.status_code == 304
    assert len(printer) == 1


@pytest.mark.parametrize("line", [paper.PACKAGE, paper.PANGO, paper.FONTS])
def test_without_its_parts_the_pdf_says_what_installs_them(client, stage, monkeypatch, line):
    monkeypatch.setattr(paper, "missing", lambda: line)
    edition = stage.published()
    answer = client.get(poster_of(edition, "poster.pdf"))
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    html = answer.content.decode()
    assert line in html and poster_of(edition) in html


def test_the_notice_leads_to_its_poster_and_a_preview_to_none(client, signed_in, cast, stage):
    edition = stage.published()
    page = client.get(edition.disclosure.get_absolute_url()).content.decode()
    assert f'href="{poster_of(edition)}"' in page
    assert f'href="{poster_of(edition, "poster.pdf")}"' in page
    draft = stage.draft()
    preview = signed_in(cast.editor).get(f"/admin/disclosures/edition/{draft.pk}/preview/")
    assert "poster" not in preview.content.decode()


def test_posters_take_as_many_queries_for_many_rows_as_for_few(
    client, stage, django_assert_max_num_queries
):
    for count in (1, 30, 1200):
        edition = posted(stage, fees(*((f"项目{n}", "1") for n in range(count))))
        with django_assert_max_num_queries(12):
            read(client, edition)


@pytest.fixture
def real():
    pytest.importorskip("weasyprint")
    if paper.missing():
        pytest.skip(paper.missing())


def pages_of(content):
    """The size in millimetres and the words of each page of a PDF."""
    document = pypdfium2.PdfDocument(content)
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    return sizes, [page.get_textpage().get_text_bounded() for page in document]


def test_a_real_pdf_is_an_a4_sheet_with_the_words_of_the_notice(client, stage, real):
    answer = client.get(poster_of(stage.published(), "poster.pdf"))
    assert answer.status_code == 200
    sizes, texts = pages_of(answer.content)
    assert sizes == [(210, 297)]
    assert "2026年秋季学期收费公示" in texts[0] and "本学期收费项目如下" in texts[0]


def test_a_real_fee_board_lies_on_its_side_and_ends_after_a_few_sheets(client, stage, real):
    edition = posted(stage, fees(*((f"项目{n}", "1") for n in range(200))))
    sizes, texts = pages_of(client.get(poster_of(edition, "poster.pdf")).content)
    assert set(sizes) == {(297, 210)}
    assert 2 <= len(sizes) <= 4
    assert "全文见网页" in "".join(texts)


def test_a_pdf_fetches_nothing_from_anywhere(real, monkeypatch, tmp_path):
    def refuse(*_args, **_more):
        raise AssertionError("reached out")

    monkeypatch.setattr("socket.socket.connect", refuse)
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">secret</text></svg>')
    html = (
        f'<img src="{secret.as_uri()}"><img src="http://127.0.0.1/x.png">'
        '<link rel="stylesheet" href="http://127.0.0.1/x.css"><p>words</p>'
    )
    _sizes, texts = pages_of(paper.pdf_of(html))
    assert "words" in texts[0] and "secret" not in texts[0]
