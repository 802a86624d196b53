"""The text inside attachments: all kinds, and whatever is wrong with them."""

import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from portal.text import extract as module
from portal.text import markup
from portal.text.extract import extract
from portal.text.pdf_pages import pages_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
STRANGE = "文件已损坏或者格式特殊，没有检索其中的文字。"
DAMAGED = "文件已损坏或不完整，无法读取。请用原来的软件打开，重新保存后上传。"


def packed(path, parts, how=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def told(tmp_path):
    """`told(name, content)`: what is extracted of a file with these bytes, in plain text."""

    def read(name, content):
        path = tmp_path / "kept"
        path.write_bytes(content)
        found = extract(name, path)
        return found.text, str(found.reason)

    return read


def pdf(words, *, stream=b"", how=b""):
    """A PDF of one page that says `words` (Latin) in Helvetica, or draws the packed `stream`."""
    stream = stream or f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (how, len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n" % table
        + (b"startxref\n%d\n%%%%EOF" % len(body))
    )


def test_a_pdf(told):
    assert told("a.pdf", pdf("School fees 2026")) == ("School fees 2026", "")
    assert told("a.pdf", pdf("")) == ("", "文件里没有可以检索的文字，可能是扫描件。")


def test_word(tmp_path):
    document = f"<w:document {W}><w:body><w:p><w:r><w:t>食堂</w:t></w:r><w:r><w:t>收费</w:t></w:r>"
    document += "</w:p><w:p><w:r><w:t>第二段</w:t></w:r></w:p></w:body></w:document>"
    path = packed(tmp_path / "a", {"word/document.xml": document})
    assert extract("a.docx", path) == ("食堂收费\n第二段", "")


def test_powerpoint_in_the_order_of_its_slides(tmp_path):
    parts = {
        f"ppt/slides/slide{n}.xml": f"<sld {A}><a:p><a:r><a:t>第{n}张</a:t></a:r></a:p></sld>"
        for n in (10, 2, 1)
    }
    path = packed(tmp_path / "a", parts)
    assert extract("a.pptx", path) == ("第1张\n第2张\n第10张", "")


def test_ofd(tmp_path):
    page = f"<ofd:Page {OFD}><ofd:TextObject><ofd:TextCode>公示</ofd:TextCode></ofd:TextObject>"
    path = packed(tmp_path / "a", {"Doc_0/Pages/Page_0/Content.xml": page + "</ofd:Page>"})
    assert extract("a.ofd", path) == ("公示", "")


def test_excel(tmp_path):
    book = Workbook()
    book.active.title = "收费表"
    book.active.append(["项目", "元"])
    book.active.append(["伙食费", 360])
    book.save(tmp_path / "a")
    text, reason = extract("a.xlsx", tmp_path / "a")
    assert (text.split(), reason) == (["收费表", "项目", "元", "伙食费", "360"], "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_and_tables(told, encoding):
    assert told("a.txt", "收费ＡＢ\u200b公示".encode(encoding)) == ("收费AB公示", "")
    assert told("a.csv", '项目,"金\n额"'.encode(encoding)) == ("项目\t金\n额", "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.png", "这种类型的文件没有可以检索的文字。"),
        ("a", "这种类型的文件没有可以检索的文字。"),
        ("a.pdf", "文件已损坏或者格式特殊，没有检索其中的文字。"),
        ("a.docx", DAMAGED),
        ("a.xlsx", DAMAGED),
        ("a.pptx", DAMAGED),
        ("a.ofd", DAMAGED),
    ],
)
def test_what_cannot_be_read_says_why(told, name, reason):
    assert told(name, b"\x00\xff nonsense") == ("", reason)
    assert told(name, b"") == ("", reason)


def test_a_missing_file_says_so():
    assert extract("a.txt", Path("/nowhere")) == ("", "文件无法打开，没有检索其中的文字。")


@pytest.mark.parametrize("content", ["<w", "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", "\x00"])
def test_broken_xml_raises_nothing(tmp_path, content):
    path = packed(tmp_path / "a", {"word/document.xml": content})
    text, reason = extract("a.docx", path)
    assert (text, bool(reason)) == ("", True)


def test_a_bomb_is_not_unpacked(tmp_path):
    path = packed(tmp_path / "a", {"word/document.xml": "<w>" + " " * 90_000_000 + "</w>"})
    begun = time.monotonic()
    text, reason = extract("a.docx", path)
    assert (text, bool(reason)) == ("", True)
    assert time.monotonic() - begun < 30


def bomb(unit, megabytes):
    """A PDF whose one page unpacks to so many megabytes of `unit`."""
    packer = zlib.compressobj(9)
    block = (unit * (1 << 20))[: 1 << 20]
    packed = b"".join(packer.compress(block) for _n in range(megabytes)) + packer.flush()
    return pdf("", stream=packed, how=b"/Filter/FlateDecode")


def test_a_pdf_that_unpacks_beyond_the_memory_it_is_given_is_let_go(told):
    content = bomb(b" ", 600)
    assert pages_of(content, characters=1000, seconds=60) == ([], False)
    assert told("a.pdf", content) == ("", STRANGE)


def test_a_pdf_that_takes_too_long_is_let_go():
    begun = time.monotonic()
    content = bomb(b"0 0 m 9 9 l S\n", 300)
    assert pages_of(content, characters=1000, seconds=1) == ([], False)
    assert time.monotonic() - begun < 30


def test_a_pdf_is_read_as_far_as_it_may_be():
    content = pdf("School fees 2026")
    assert pages_of(content, characters=1000, seconds=9) == ([("School fees 2026", 0)], True)
    assert pages_of(content, characters=6, seconds=9) == ([("School ", 0)], True)


def test_a_part_without_words_is_read_without_keeping_it_and_ends_in_time(tmp_path, monkeypatch):
    content = f"<w:document {W}>{'<w:b/>' * 300_000}</w:document>".encode()
    path = packed(tmp_path / "a", {"word/document.xml": content}, zipfile.ZIP_STORED)
    tracemalloc.start()
    with path.open("rb") as stream:
        assert "".join(module._docx(stream)) == ""
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
    monkeypatch.setattr(module, "MOST_SECONDS", 0)
    assert extract("a.docx", path) == ("", STRANGE)


def test_what_stands_before_the_limit_of_a_part_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "MOST_BYTES", 100_000)
    words = "<w:p><w:r><w:t>开头</w:t></w:r></w:p>" + "<w:b/>" * 100_000
    content = f"<w:document {W}>{words}</w:document>"
    path = packed(tmp_path / "a", {"word/document.xml": content}, zipfile.ZIP_STORED)
    assert extract("a.docx", path) == ("开头", "文件很长，只检索了前面的部分。")


def test_empty_cells_use_up_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_CHARACTERS", 20)
    rows = "<c s='1'/>" * 50 + "<c><v>360</v></c><c t='s'><v>7</v></c>"
    path = packed(tmp_path / "a", {"xl/worksheets/sheet1.xml": f"<sheetData>{rows}</sheetData>"})
    assert extract("a.xlsx", path) == ("360", "")


def test_a_long_text_is_cut_and_says_so(told, monkeypatch):
    monkeypatch.setattr(module, "MOST_CHARACTERS", 10)
    rows = "\n".join(["一二三四五六七八九"] * 3).encode()
    assert told("a.csv", rows) == ("一二三四五六七八九", "文件很长，只检索了前面的部分。")
    assert told("a.txt", rows) == ("一二三四五六七八九", "文件很长，只检索了前面的部分。")
