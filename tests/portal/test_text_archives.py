"""What is asked of a container before anything in it is opened."""

import io
import struct

import pytest

from portal.text import archives
from portal.text.files import UnfitFile, examine
from tests.portal import sample_files as sample

TOO_MUCH = "文件展开后过大或内部条目过多，不能上传。请压缩图片、精简内容或拆分后重新上传。"
DECLARES = "文件内部含有不允许的 XML 声明。请用办公软件打开，另存一份后重新上传。"
MISNAMED = "文件内容不是 docx 格式，与扩展名不符。请用原来的软件打开，另存为 docx 格式后重新上传。"


def refusal(name, content):
    with pytest.raises(UnfitFile) as refused:
        examine(name, io.BytesIO(content))
    return refused.value.sentence


@pytest.mark.parametrize("size", [archives._MAX_DIRECTORY + 1, 2**32 - 1])
def test_a_table_of_contents_too_long_is_never_loaded(monkeypatch, size):
    content = bytearray(sample.office())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", size)
    monkeypatch.setattr(archives, "ZipFile", lambda stream: pytest.fail("The table was loaded."))
    assert refusal("a.docx", bytes(content)) == TOO_MUCH


def test_the_table_of_a_large_container_counts_too(monkeypatch):
    """Past four gigabytes the true size stands in a second record before the first."""
    content = bytearray(sample.office())
    at = content.rfind(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 10**9, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    monkeypatch.setattr(archives, "ZipFile", lambda stream: pytest.fail("The table was loaded."))
    assert refusal("a.docx", bytes(content[:at]) + record + locator + content[at:]) == TOO_MUCH


def test_a_document_says_in_its_table_of_types_what_it_is():
    main, _kind = sample.MAIN_PARTS["docx"]
    kind = sample.MAIN_PARTS["xlsx"][1]
    types = sample.types((main, sample.CONTENT_TYPE + kind))
    assert refusal("a.docx", sample.office(extra={"[Content_Types].xml": types})) == MISNAMED
    assert examine("a.docx", io.BytesIO(sample.office())).extension == "docx"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels"])
def test_a_table_that_is_parsed_may_declare_nothing(monkeypatch, part):
    """The second wall: the parser itself refuses, were the first look at each part left out."""
    content = sample.office(extra={part: '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'})
    monkeypatch.setattr(archives, "_check_content", lambda archive, entry: None)
    assert refusal("a.docx", content) == DECLARES
