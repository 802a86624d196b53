"""What each kind of file becomes, and which are refused in which words."""

import io
from pathlib import Path

import pytest

from disclosures.importing.reading import read
from disclosures.importing.repair import is_pinyin, proposals, repaired
from portal.text.files import UnfitFile
from tests.disclosures.papers import DRAWING, docx, grid, p, text_pdf, xlsx
from tests.portal.test_text_files import encrypted_pdf, office, pdf, zipped

SEEDS = Path(__file__).parent.parent / "fixtures" / "seeds"
GB, BIG5 = "gb18030", "big5"


def made(name, content):
    return read(name, io.BytesIO(content if isinstance(content, bytes) else content.encode()))


def refusal(name, content):
    with pytest.raises(UnfitFile) as unfit:
        made(name, content)
    return unfit.value.sentence


def seed(number):
    (path,) = SEEDS.glob(f"00{number}_*.txt")
    with path.open("rb") as stream:
        return read(path.name, stream)


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
    assert document.notes == ["隐藏的工作表没有导入。"]


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


NOT_TEXT = "文件内容不是文字，与扩展名不符。请用原来的软件打开，另存后重新导入。"
EMPTY = "文件是空的。请检查原文件后重新导入。"
BOMB = "文件展开后过大或内部条目过多，不能上传。请压缩图片、精简内容或拆分后重新上传。"
TOO_WIDE = "表格太大，放不进正文（最多2000行、60列）。请作为附件上传。"
BAD = {
    "encrypted PDF": (
        "a.pdf",
        encrypted_pdf(),
        "文件设有密码，读者将无法打开。请取消密码后重新上传。",
    ),
    "scan": (
        "a.pdf",
        pdf(),
        "这份 PDF 是扫描件，没有文字。请作为附件上传，或用原文件（如 .docx）导入。",
    ),
    "web page as docx": (
        "a.docx",
        b"<html><body>x</body></html>",
        "文件已损坏或不完整，无法读取。请用原来的软件打开，重新保存后上传。",
    ),
    "web page as text": (
        "a.txt",
        b"<!DOCTYPE html><html></html>",
        "文件里是网页代码。请把扩展名改为 .html 后重新导入。",
    ),
    "zip bomb": ("a.docx", zipped({"word/document.xml": b"0" * 30_000_000}), BOMB),
    "workbook as document": (
        "a.docx",
        office("xlsx"),
        "文件内容不是 docx 格式，与扩展名不符。请用原来的软件打开，另存为 docx 格式后重新上传。",
    ),
    "picture as text": ("a.txt", b"\x89PNG\r\n\x1a\n\x00", NOT_TEXT),
    "program as text": ("a.md", b"MZ\x00\x01\x02", NOT_TEXT),
    "document as text": ("a.txt", office(), NOT_TEXT),
    "empty": ("a.txt", b" \n", EMPTY),
    "only controls": (
        "a.txt",
        "\u200b\u200b".encode(),
        "文件里没有可以导入的文字。扫描件或图片请作为附件上传。",
    ),
    "wide sheet": ("a.xlsx", xlsx(["a"] * 61), TOO_WIDE),
    "long sheet": ("a.xlsx", xlsx(*[["a"]] * 2002), TOO_WIDE),
    "old Word": (
        "a.doc",
        b"\xd0\xcf\x11\xe0",
        "不能导入这种文件。可以导入的类型：.docx、.txt、.html、.htm、.md、.xlsx、.pdf。"
        "旧版 .doc、.xls 请先另存为新格式。",
    ),
    "50 MB": (
        "a.xlsx",
        b"PK\x03\x04" + b"0" * 52_428_800,
        "文件超过 20 MB。请压缩或拆分后重新上传。",
    ),
    "long text": ("a.txt", b"x " * 3_000_000, "文字超过 5 MB。请拆分成几份后重新导入。"),
    "beyond a body": (
        "a.txt",
        "字\n" * 90_000,
        "正文太长，放不进一份公开文稿。请拆分，或作为附件上传。",
    ),
}


@pytest.mark.parametrize(("name", "content", "sentence"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused_with_the_reason(name, content, sentence):
    assert refusal(name, content) == sentence


@pytest.mark.parametrize(
    ("number", "title", "language"),
    [
        (0, "校務公開工作總結", "zh-Hant"),
        (1, "第1篇 学校党务公开工作总结ppt2023", "zh-Hans"),
        (2, "校務工作者心得體會(5篇)", "zh-Hant"),
        (3, "教育局评议行风的工作总结", "zh-Hans"),
        (4, "中學校務公開民主管理工作實施方案(完整版)第一章實施背景與目標", "zh-Hant"),
    ],
)
def test_each_seed_gets_its_title_and_script(number, title, language):
    document = seed(number)
    assert (document.title, document.language) == (title, language)


def test_the_seeds_boilerplate_is_proposed_and_not_removed():
    document = seed(0)
    found = [repair.found for repair in proposals(document.title, document.body)]
    assert found[0] == "2022-11-09 08:15:01 字數 1560 閱讀 2860"
    assert found[1].startswith("〔校務公開工作總結〕隨文贈言")
    assert len(found) == 7
    assert "字數 1560" in document.body and "隨文贈言" in document.body


def test_the_seeds_pinyin_is_proposed_and_taken_out_when_accepted():
    document = seed(2)
    assert document.cleaned_count == 2
    found = proposals(document.title, document.body)
    sounds = {r.found: (r.becomes, r.count) for r in found if r.kind == "pinyin"}
    assert sounds["監(jiān)"] == ("監", 30)
    assert len(sounds) == 22
    title, body = repaired(document.title, document.body, found)
    assert "監督" in body and "(jiān)" in document.body
    assert proposals(title, body) == []
    assert "管理者范文網" not in body and "推薦度" not in body


def test_pinyin_written_as_words_is_found_and_english_is_not():
    found = proposals("", "<p>推进校务xiào wù公开，用OFFICE打开（a）项，党建dang工作</p>")
    assert [(r.found, r.becomes) for r in found] == [("务xiào wù", "务")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("jiān", True), ("fā", True), ("zhi", True), ("lǜ", True), ("a", False), ("ab", False)],
)
def test_a_syllable_is_told_from_a_letter(text, answer):
    assert is_pinyin(text) is answer


def test_a_tail_goes_from_the_end_and_spares_the_same_words_above():
    body = "<h2>工作计划</h2>" + "<p>正文</p>" * 8 + "<p>最新文档</p><ul><li>工作计划</li></ul>"
    found = proposals("", body)
    assert [(r.kind, r.found) for r in found] == [("tail", "最新文档"), ("tail", "工作计划")]
    assert repaired("通知", body, found) == ("通知", "<h2>工作计划</h2>" + "<p>正文</p>" * 8)
