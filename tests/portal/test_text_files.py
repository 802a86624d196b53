import hashlib
import io
import random

import pytest

from portal.text.files import ALLOWED, MAX_BYTES, Examined, UnfitFile, examine
from tests.portal.sample_files import (
    CLEAN,
    DTD,
    OFD_ROOT,
    OLE,
    encrypted_pdf,
    external,
    jpeg,
    locked_zip,
    nul_in_entry,
    office,
    pdf,
    png,
    relationships,
    repeated_entry,
    scripted_pdf,
    symlink,
    types,
    workbook,
    zipped,
)

HOSTILE = {
    "program": ("a.exe", b"MZ" + b"\0" * 60, "不能上传 exe 类型"),
    "double extension": ("a.pdf.exe", pdf(), "不能上传 exe 类型"),
    "turned extension": ("通知\u202efdp.exe", pdf(), "不能上传 exe 类型"),
    "NUL before the extension": ("a.pdf\0.exe", pdf(), "不能上传 exe 类型"),
    "web page": ("a.html", b"<p>", "不能上传 html 类型"),
    "drawing with script": ("a.svg", b"<svg/>", "不能上传 svg 类型"),
    "macro extension": ("a.docm", office(), "不能上传 docm 类型"),
    "no extension": ("通知", pdf(), "没有扩展名"),
    "only an extension": (".pdf", pdf(), "没有扩展名"),
    "nothing in it": ("a.txt", b"", "文件是空的"),
    "too large": ("a.txt", b"a" * (MAX_BYTES + 1), "超过 20 MB"),
    "program named pdf": ("a.pdf", b"MZ" + b"\0" * 60, "不是 pdf 格式"),
    "page before the pdf": ("a.pdf", b"<script>1</script>" + pdf(), "不是 pdf 格式"),
    "broken pdf": ("a.pdf", b"%PDF-1.7\nnothing", "已损坏"),
    "locked pdf": ("a.pdf", encrypted_pdf(), "设有密码"),
    "pdf with script": ("a.pdf", scripted_pdf(), "含有脚本"),
    "page named docx": ("a.docx", b"<html><body>1</body></html>", "不是 docx 格式"),
    "pdf named docx": ("a.docx", pdf(), "不是 docx 格式"),
    "workbook named docx": ("a.docx", workbook(), "不是 docx 格式"),
    "document named xlsx": ("a.xlsx", office("docx"), "不是 xlsx 格式"),
    "any zip named docx": ("a.docx", zipped({"a.txt": "a"}), "不是 docx 格式"),
    "macro document named docx": (
        "a.docx",
        office(
            extra={
                "[Content_Types].xml": types(
                    ("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
                )
            }
        ),
        "含有宏",
    ),
    "no content types": ("a.docx", office(without=["[Content_Types].xml"]), "不是 docx 格式"),
    "locked or old office file": ("a.docx", OLE + b"\0" * 600, "打开密码，或者是旧版"),
    "cut short": ("a.docx", office()[:-40], "已损坏"),
    "damaged inside": ("a.docx", office().replace(b"PK\x01\x02", b"PK\x01\x03"), "已损坏"),
    "macro": ("a.docx", office(extra={"word/vbaProject.bin": b"a"}), "含有宏"),
    "Excel 4 macro": ("a.xlsx", office("xlsx", {"xl/macrosheets/s.xml": "<a/>"}), "含有宏"),
    "ActiveX": ("a.docx", office(extra={"word/activeX/activeX1.xml": "<a/>"}), "ActiveX"),
    "OLE object": ("a.docx", office(extra={"word/embeddings/oleObject1.bin": b"a"}), "嵌入了"),
    "package object": ("a.docx", office(extra={"word/embeddings/x.bin": b"a"}), "嵌入了"),
    "OLE under another name": ("a.docx", office(extra={"word/media/a.png": OLE}), "嵌入了"),
    "program inside": ("a.docx", office(extra={"word/media/a.png": b"MZ\x90"}), "嵌入了"),
    "foreign file embedded": ("a.docx", office(extra={"word/embeddings/a.pdf": b"a"}), "嵌入了"),
    "macro in the embedded": (
        "a.pptx",
        office("pptx", {"ppt/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": b"a"})}),
        "含有宏",
    ),
    "embedded in the embedded": (
        "a.pptx",
        office(
            "pptx",
            {"ppt/embeddings/a.docx": office(extra={"word/embeddings/b.docx": office()})},
        ),
        "嵌入了",
    ),
    "OLE by its relationship": (
        "a.docx",
        office(
            extra={
                "word/_rels/document.xml.rels": relationships(("oleObject", "media/a.dat", "")),
            }
        ),
        "嵌入了",
    ),
    "remote template": ("a.docx", external("attachedTemplate"), "外部内容"),
    "remote picture": ("a.docx", external("image"), "外部内容"),
    "remote OLE": ("a.docx", external("oleObject"), "嵌入了"),
    "remote frame": ("a.docx", external("frame"), "外部内容"),
    "DTD in the document": ("a.docx", office(extra={"word/a.xml": f"{DTD}<a/>"}), "XML 声明"),
    "DTD in relationships": (
        "a.docx",
        office(extra={"word/_rels/a.xml.rels": f"{DTD}<a/>"}),
        "XML 声明",
    ),
    "DTD in UTF-16": (
        "a.docx",
        office(extra={"word/a.xml": f"{DTD}<a/>".encode("utf-16")}),
        "XML 声明",
    ),
    "broken XML": ("a.docx", office(extra={"word/a.xml": "a"}), "已损坏"),
    "empty XML": ("a.docx", office(extra={"word/a.xml": ""}), "已损坏"),
    "parent folder": ("a.docx", office(extra={"word/../../a.xml": "<a/>"}), "安全问题"),
    "absolute path": ("a.docx", office(extra={"/etc/cron.d/a": "a"}), "安全问题"),
    "Windows path": ("a.docx", office(extra={"word\\..\\a": "a"}), "安全问题"),
    "drive": ("a.docx", office(extra={"c:/a": "a"}), "安全问题"),
    "symlink": ("a.docx", symlink(), "安全问题"),
    "NUL in an entry": ("a.docx", nul_in_entry(), "安全问题"),
    "two parts of one name": ("a.docx", repeated_entry(), "安全问题"),
    "zip password": ("a.docx", locked_zip(), "设有密码"),
    "high ratio": ("a.docx", office(extra={"word/a": b"\0" * 5_000_000}), "展开后过大"),
    "too many entries": (
        "a.docx",
        office(extra={f"word/{i}": "a" for i in range(2001)}),
        "展开后过大",
    ),
    "enormous table of contents": (
        "a.docx",
        office(extra={f"word/{i:0200}": "a" for i in range(6000)}),
        "展开后过大",
    ),
    "enormous relationships": (
        "a.docx",
        office(extra={f"word/_rels/{i}.rels": bytes(range(32, 127)) * 6000 for i in range(16)}),
        "展开后过大",
    ),
    "late root element": (
        "a.docx",
        office(
            extra={
                "word/a.xml": f"<!--{'a' * 70_000}--><a/>",
                "word/media/a.png": random.Random(1).randbytes(4000),
            }
        ),
        "已损坏",
    ),
    "zip named ofd": ("a.ofd", zipped({"a.xml": "<a/>"}), "不是 ofd 格式"),
    "other root in the ofd": ("a.ofd", zipped({"OFD.xml": "<a/>"}), "不是 ofd 格式"),
    "DTD in the ofd": ("a.ofd", zipped({"OFD.xml": DTD + OFD_ROOT}), "XML 声明"),
    "page named png": ("a.png", b"<script>1</script>", "不是 png 格式"),
    "jpeg named png": ("a.png", jpeg(), "不是 png 格式"),
    "pixel flood": ("a.png", png(50_000, 50_000), "5000 万像素"),
    "png without size": ("a.png", png(0, 1), "已损坏"),
    "png cut short": ("a.png", png()[:40], "已损坏"),
    "gif named jpg": ("a.jpg", b"GIF89a" + b"\0" * 40, "不是 jpg 格式"),
    "jpeg flood": ("a.jpg", jpeg(60_000, 60_000), "5000 万像素"),
    "jpeg without frame": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x04aa\xff\xd9", "已损坏"),
    "page named txt": ("a.txt", b" \n<!DOCTYPE html><p>1", "网页代码"),
    "script in a table": ("a.csv", b"name,<script>alert(1)</script>", "网页代码"),
    "program named txt": ("a.txt", b"MZ\x90\x00\x03", "不是 txt 格式"),
    "pdf named txt": ("a.txt", b"%PDF-1.7\n1 0 obj", "不是 txt 格式"),
    "text in utf-16": ("a.txt", "通知".encode("utf-16"), "无法识别"),
    "text in no encoding": ("a.csv", b"a,\xff\xff\xff", "无法识别"),
}


@pytest.mark.parametrize(("name", "content"), CLEAN.values(), ids=CLEAN)
def test_an_ordinary_file_is_fit(name, content):
    stream = io.BytesIO(content)
    extension = name.rpartition(".")[2].lower()
    assert examine(name, stream) == Examined(
        extension,
        ALLOWED[extension].media_type,
        hashlib.sha256(content).hexdigest(),
        len(content),
    )
    assert stream.tell() == 0


@pytest.mark.parametrize(("name", "content", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_dangerous_file_is_refused_with_what_to_do(name, content, sentence):
    stream = io.BytesIO(content)
    with pytest.raises(UnfitFile, match=sentence) as refusal:
        examine(name, stream)
    assert refusal.value.sentence.endswith("。")
    assert "请" in refusal.value.sentence


def test_the_sentence_for_a_wrong_type_names_the_right_ones():
    with pytest.raises(UnfitFile) as refusal:
        examine("a.rar", io.BytesIO(b"Rar!"))
    assert refusal.value.sentence == (
        "不能上传 rar 类型的文件。请转换成以下类型之一后重新上传："
        "pdf、docx、xlsx、pptx、ofd、png、jpg、jpeg、txt、csv。"
    )


def test_reading_stops_when_the_file_is_too_large():
    class Endless(io.RawIOBase):
        taken = 0

        def seek(self, offset, whence=0):
            return 0

        def read(self, size=-1):
            self.taken += size
            return b"a" * size

    endless = Endless()
    with pytest.raises(UnfitFile, match="超过 20 MB"):
        examine("a.txt", endless)
    assert endless.taken <= MAX_BYTES + 64 * 1024


@pytest.mark.parametrize("name", [name for name in CLEAN if "by" not in name])
def test_no_cut_breaks_the_examination(name):
    filename, content = CLEAN[name]
    for end in range(1, len(content), max(1, len(content) // 40)):
        try:
            examine(filename, io.BytesIO(content[:end]))
        except UnfitFile as refusal:
            assert refusal.sentence


def test_every_allowed_type_has_a_chinese_label():
    assert {extension: str(kind.label) for extension, kind in ALLOWED.items()} == {
        "pdf": "PDF 文档",
        "docx": "Word 文档",
        "xlsx": "Excel 表格",
        "pptx": "PPT 演示文稿",
        "ofd": "OFD 版式文件",
        "png": "PNG 图片",
        "jpg": "JPEG 图片",
        "jpeg": "JPEG 图片",
        "txt": "文本文件",
        "csv": "CSV 数据表",
    }
