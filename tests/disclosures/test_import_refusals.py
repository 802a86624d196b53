"""Which files are refused, in which words, while the rest of their batch goes on."""

import html

import pytest

from disclosures.importing import batch
from disclosures.models import Disclosure, Edition
from portal import sweep
from portal.organisation.models import Job
from portal.text.files import MAX_BYTES
from tests.disclosures.intake import asked, posted, refusal, upload
from tests.disclosures.intake import told as command
from tests.disclosures.papers import docx, heavy, p, xlsx
from tests.disclosures.workplace import said
from tests.portal.test_text_extract import bomb
from tests.portal.test_text_files import OLE, encrypted_pdf, office, pdf, zipped

NOT_TEXT = "文件内容不是文字，与扩展名不符。请用原来的软件打开，另存后重新导入。"
EMPTY = "文件是空的。请检查原文件后重新导入。"
BOMB = "文件展开后过大或内部条目过多，不能上传。请压缩图片、精简内容或拆分后重新上传。"
TOO_WIDE = "表格太大，放不进正文（最多2000行、60列）。请作为附件上传。"
NOT_WORD = "文件内容不是 docx 格式，与扩展名不符。请用原来的软件打开，另存为 docx 格式后重新上传。"
UNFORESEEN = "这份文件没有导入：出了意外的错误，已记入系统日志。请联系系统管理员。"
TOO_MUCH = "工作簿内容太多，无法读取。请删去不用的行列和格式，或拆分成几个文件。"
FLAT = zipped({"word/document.xml": b"0" * 30_000_000})
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
        NOT_WORD,
    ),
    "web page as text": (
        "a.txt",
        b"<!DOCTYPE html><html></html>",
        "文件里是网页代码。请把扩展名改为 .html 后重新导入。",
    ),
    "locked Word": (
        "a.docx",
        OLE + b"\0" * 600,
        "文件设有打开密码，或者是旧版格式。请取消密码，另存为 docx 格式后重新上传。",
    ),
    "PDF as docx": ("a.docx", pdf(), NOT_WORD),
    "PDF without end": (
        "a.pdf",
        bomb(b" ", 600),
        "PDF 的内容太复杂，没有读完。请作为附件上传，或用原文件（如 .docx）导入。",
    ),
    "zip bomb": ("a.docx", FLAT, BOMB),
    "zip bomb in a document": ("a.docx", office(extra={"word/embeddings/a.docx": FLAT}), BOMB),
    "Word as PDF": (
        "a.pdf",
        office(),
        "文件内容不是 pdf 格式，与扩展名不符。请用原来的软件打开，另存为 pdf 格式后重新上传。",
    ),
    "workbook of styles": ("a.xlsx", heavy("xl/styles.xml", "<x/>", 1_200_000), TOO_MUCH),
    "row without end": ("a.xlsx", heavy("xl/worksheets/sheet1.xml", "<c/>", 500_001), TOO_MUCH),
    "workbook as document": (
        "a.docx",
        office("xlsx"),
        NOT_WORD,
    ),
    "PDF as text": ("a.txt", pdf(), NOT_TEXT),
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


def batch_of():
    """Every bad file under a name of its own between two good ones; what is told of the bad."""
    files, reasons = {"甲.txt": "开学通知\n九月一日".encode()}, {}
    for place, (name, content, sentence) in enumerate(BAD.values()):
        files[f"{place}{name}"] = content if isinstance(content, bytes) else content.encode()
        reasons[f"{place}{name}"] = sentence
    return {**files, "乙.docx": docx(p("校历"), p("甲"))}, reasons


def titles():
    return sorted(Edition.objects.values_list("title", flat=True))


def test_all_bad_files_at_once_in_the_workplace_keep_out_no_good_one(cast, client):
    files, reasons = batch_of()
    client.force_login(cast.editor)
    answer = posted(client, cast, *(upload(name, content) for name, content in files.items()))
    sweep.run_jobs()
    job = Job.objects.get(kind="import_documents")
    told = {row["file"]: row["reason"] for row in job.result["refused"]}
    large = {name for name, content in files.items() if len(content) > MAX_BYTES}
    assert (job.state, titles(), set(told)) == ("done", ["开学通知", "校历"], set(reasons))
    assert {n: s for n, s in told.items() if n not in large} == {
        name: sentence for name, sentence in reasons.items() if name not in large
    }
    assert {told[name] for name in large} == {"文件超过 20 MB。请压缩或拆分后重新导入。"}
    page = html.unescape(said(client.get(answer.url)))
    assert [row for row in told.items() if not all(part in page for part in row)] == []


def test_all_bad_files_at_once_by_the_command_keep_out_no_good_one(cast, tmp_path):
    files, reasons = batch_of()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general", "--by", "editor")
    paths = [str(tmp_path / name) for name in files]
    _out, err = command(*paths, str(tmp_path / "none.txt"), *asked)
    expected = [f"{tmp_path / name}: {sentence}" for name, sentence in reasons.items()]
    assert err.split("\n")[: len(expected)] == expected
    assert err.endswith(f"有{len(reasons) + 1}个文件没有导入。")
    assert titles() == ["开学通知", "校历"]
    told = {row["file"]: row["reason"] for row in Job.objects.get().result["refused"]}
    assert told == {**reasons, "none.txt": "No such file or directory"}


def test_one_that_fails_in_an_unforeseen_way_stops_no_other_and_leaves_nothing(cast, monkeypatch):
    draft = batch._draft

    def failing(job, document, **place):
        edition = draft(job, document, **place)
        if document.title == "坏":
            raise RuntimeError
        return edition

    monkeypatch.setattr(batch, "_draft", failing)
    job = asked(cast, upload("坏.txt", "坏\n一"), upload("好.txt", "好\n二"))
    sweep.run_jobs()
    job.refresh_from_db()
    assert (job.state, titles(), Disclosure.objects.count()) == ("done", ["好"], 1)
    assert job.result["refused"] == [{"file": "坏.txt", "reason": UNFORESEEN}]
