"""What each kind of file becomes."""

from types import SimpleNamespace

import pytest

from disclosures.importing import docx as word
from tests.disclosures.intake import made
from tests.disclosures.papers import DRAWING, docx, grid, hyperlink, p, text_pdf, xlsx

GB, BIG5 = "gb18030", "big5"


def test_a_word_document_keeps_headings_lists_and_tables_and_names_its_pictures():
    document = made(
        "通知.docx",
        docx(
            p("秋季收费公示", style="a3"),
            p("一、项目", style="2"),
            p("学费", listed=True),
            p("校服", listed=True),
            grid(["项目", "元"], ["校服", "120"]),
            p("见附图", more=DRAWING),
        ),
    )
    assert document.title == "秋季收费公示"
    assert document.body == (
        "<h2>一、项目</h2><ul><li>学费</li><li>校服</li></ul>"
        "<table><tbody><tr><td><p>项目</p></td><td><p>元</p></td></tr>"
        "<tr><td><p>校服</p></td><td><p>120</p></td></tr></tbody></table><p>见附图</p>"
    )
    assert document.notes == ["有1张图片没有导入，需要的话请作为附件上传。"]


def test_markdown_keeps_its_structure_and_shows_html_as_written():
    document = made(
        "a.md",
        "# 食堂公示\n\n本周**带量**食谱，见[说明](https://example.edu.cn/a)。\n\n"
        "1. 周一\n   - 米饭\n2. 周二\n\n| 菜 | 元 |\n|---|---|\n| 青菜 | 2 |\n\n"
        "> 请家长监督\n\n![图](a.png)\n\n<script>x</script>\n",
    )
    assert document.title == "食堂公示"
    assert document.body == (
        "<p>本周<strong>带量</strong>食谱，见"
        '<a href="https://example.edu.cn/a" rel="noopener noreferrer nofollow">说明</a>。</p>'
        "<ol><li>周一<ul><li>米饭</li></ul></li><li>周二</li></ol>"
        '<table><thead><tr><th scope="col">菜</th><th scope="col">元</th></tr></thead>'
        "<tbody><tr><td>青菜</td><td>2</td></tr></tbody></table>"
        "<blockquote><p>请家长监督</p></blockquote><p>图</p>"
        "<p>&lt;script&gt;x&lt;/script&gt;</p>"
    )
    assert document.notes == ["有1张图片没有导入，需要的话请作为附件上传。"]


def test_a_web_page_gives_its_text_without_what_stands_around_it():
    page = (
        '<html><head><meta charset="gb2312"><title>某网站</title></head><body>'
        "<nav>首页</nav><h1>招生简章</h1><div>报名<b>时间</b></div><script>x()</script>"
        "<img src=a.png></body></html>"
    )
    document = made("a.html", page.encode(GB))
    assert (document.title, document.body) == ("招生简章", "<p>报名<strong>时间</strong></p>")
    assert document.notes == ["有1张图片没有导入，需要的话请作为附件上传。"]


def test_a_workbook_becomes_tables_as_a_person_reads_them():
    document = made(
        "收费.xlsx",
        xlsx(
            ["2026年秋季收费"],
            ["项目", "金额", "比例"],
            ["学费", 1200.5, 0.05],
            formats={"B3": "0.00", "C3": "0%"},
            hidden=["名册"],
        ),
    )
    assert document.title == "2026年秋季收费"
    assert document.body == (
        '<table><thead><tr><th scope="col">项目</th><th scope="col">金额</th>'
        '<th scope="col">比例</th></tr></thead>'
        "<tbody><tr><td>学费</td><td>1200.50</td><td>5%</td></tr></tbody></table>"
    )
    assert document.notes == ["隐藏的工作表没有导入：名册。要公开的话，请取消隐藏后重新导入。"]


def test_rows_and_columns_put_away_stay_away_and_are_told():
    document = made(
        "名单.xlsx",
        xlsx(
            ["姓名", "身份证号", "等次"],
            ["王", "350200201501011234", "一等"],
            ["李", "350200201501015678", "未评上"],
            without=["B", 3],
        ),
    )
    assert document.body == (
        '<table><thead><tr><th scope="col">姓名</th><th scope="col">等次</th></tr></thead>'
        "<tbody><tr><td>王</td><td>一等</td></tr></tbody></table>"
    )
    assert document.notes == [
        "工作表“Sheet”隐藏的1行、1列没有导入。要公开的话，请取消隐藏后重新导入。"
    ]


def test_html_in_a_word_document_is_shown_as_written_and_runs_nothing():
    content = docx(
        p("通知"),
        p("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"),
        p("点", more=hyperlink("javascript:alert(1)", "这里")),
        '<w:altChunk r:id="r9" xmlns:r="x"/>',
    )
    assert made("a.docx", content).body == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</p>"
        "<p>点这里</p>"
    )


def test_html_that_a_library_lets_through_is_cleaned(monkeypatch):
    html = '<p onclick="x()">乙<img src=x onerror=x()><script>x()</script></p>'
    converted = SimpleNamespace(value=html)
    monkeypatch.setattr(word.mammoth, "convert_to_html", lambda *_a, **_k: converted)
    assert made("a.docx", docx(p("甲"))).body == "<p>乙</p>"


def test_a_formula_never_reckoned_is_named():
    document = made("a.xlsx", xlsx(["项目", "元"], ["合计", "=SUM(B3:B9)"]))
    assert document.notes == ["工作表“Sheet”有1个公式没有算出的结果，这些格子空着。"]


def test_a_pdf_gives_its_lines_joined_to_paragraphs():
    document = made(
        "a.pdf", text_pdf("Fees 2026", "The uniform costs 120 yuan and", "the meals 8.")
    )
    assert (document.title, document.language) == ("Fees 2026", "en")
    assert document.body == "<p>The uniform costs 120 yuan and the meals 8.</p>"


def test_a_file_of_one_line_says_it_twice():
    document = made("a.txt", "国庆节放假三天")
    assert (document.title, document.body) == ("国庆节放假三天", "<p>国庆节放假三天</p>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", GB])
def test_a_simplified_text_is_read_in_any_encoding(encoding):
    text = "收费公示\n\n一、项目\n本学期收费项目和标准如下，请家长监督。\n"
    document = made("a.txt", text.encode(encoding))
    assert (document.title, document.language) == ("收费公示", "zh-Hans")
    assert document.body == "<h2>一、项目</h2><p>本学期收费项目和标准如下，请家长监督。</p>"


@pytest.mark.parametrize("encoding", ["utf-8", GB, BIG5])
def test_a_traditional_text_is_read_in_any_encoding(encoding):
    text = "校務公開工作總結\n\n本學期學校認真貫徹上級精神，開展校務公開工作，取得了成績。\n"
    document = made("a.txt", text.encode(encoding))
    assert (document.title, document.language) == ("校務公開工作總結", "zh-Hant")


def test_invisible_characters_go_unasked_and_are_counted():
    document = made("a.txt", "关于\u200b放假的通知\n国庆\ue48d放假e\u0301。\n")
    assert (document.title, document.body) == ("关于放假的通知", "<p>国庆放假é。</p>")
    assert document.cleaned_count == 2


def test_lists_and_tables_of_a_plain_text_are_seen():
    document = made("a.txt", "通知\n· 带校服\n· 带水杯\n项目\t元\n校服\t120\n")
    assert document.body == (
        "<ul><li>带校服</li><li>带水杯</li></ul>"
        '<table><thead><tr><th scope="col">项目</th><th scope="col">元</th></tr></thead>'
        "<tbody><tr><td>校服</td><td>120</td></tr></tbody></table>"
    )
