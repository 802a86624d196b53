"""The text inside an attachment, for search: as much as can be had, never an error."""

import csv
import io
import logging
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

import pypdfium2
from defusedxml import ElementTree
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.text.archives import opened
from portal.text.clean import clean_text
from portal.text.filenames import extension_of
from portal.text.formats import MAX_BYTES, UnfitFile
from portal.text.plainfiles import PDFIUM

MOST_CHARACTERS = 200_000
MOST_SECONDS = 8
_MOST_PART = 32 * 1024 * 1024

log = logging.getLogger("portal.text")
_number = re.compile(r"\d+")


class Extracted(NamedTuple):
    """The text found, and why there is none or not all of it ('' when it is whole)."""

    text: str
    reason: str | Promise


class _Part(io.RawIOBase):
    """The first megabytes of a part of an archive, so that nothing unpacks without end."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.left = stream, _MOST_PART

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        found = self.stream.read(size)
        self.left -= len(found)
        return found


def extract(name: str, path: Path) -> Extracted:
    """Return the text of the file at `path`, whose extension is that of `name`.

    NFKC without invisible characters, at most 200,000 characters and 8 seconds of work; a line
    per paragraph, row or text box. Pictures, scans, files that cannot be read and what was left
    out are told as a reason. Nothing raises.
    """
    read = _READERS.get(extension_of(name))
    if read is None:
        return Extracted("", _("这种类型的文件没有可以检索的文字。"))
    try:
        if path.stat().st_size > MAX_BYTES:
            return Extracted("", _("文件太大，没有检索其中的文字。"))
        with path.open("rb") as stream:
            return _gathered(read(stream))
    except UnfitFile as unfit:
        return Extracted("", unfit.sentence)
    except OSError:
        return Extracted("", _("文件无法打开，没有检索其中的文字。"))
    except Exception:
        log.warning("The text of %s could not be read.", name, exc_info=True)
        return Extracted("", _("文件已损坏或者格式特殊，没有检索其中的文字。"))


def _gathered(pieces: Iterator[str]) -> Extracted:
    until, told, left, reason = time.monotonic() + MOST_SECONDS, [], MOST_CHARACTERS, ""
    for piece in pieces:
        told.append(piece[:left])
        left -= len(piece)
        if left < 0 or time.monotonic() > until:
            reason = _("文件很长，只检索了前面的部分。")
            break
    text = clean_text(unicodedata.normalize("NFKC", clean_text("".join(told))))
    if not text:
        return Extracted("", _("文件里没有可以检索的文字，可能是扫描件。"))
    return Extracted(text[:MOST_CHARACTERS], reason)


def _pdf(stream: BinaryIO) -> Iterator[str]:
    """Pages one at a time: others may enter PDFium in between."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(stream)
    try:
        for number in range(len(document)):
            with PDFIUM:
                page = document[number]
                text = page.get_textpage()
                found = text.get_text_bounded()
                text.close()
                page.close()
            yield found + "\n"
    finally:
        with PDFIUM:
            document.close()


def _docx(stream: BinaryIO) -> Iterator[str]:
    with opened(stream) as archive:
        for name in _named(archive, r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml"):
            yield from _texts(archive, name, take={"t"}, ends={"p", "tab", "br"})


def _pptx(stream: BinaryIO) -> Iterator[str]:
    with opened(stream) as archive:
        for name in _named(archive, r"ppt/slides/slide\d+\.xml"):
            yield from _texts(archive, name, take={"t"}, ends={"p", "br"})


def _ofd(stream: BinaryIO) -> Iterator[str]:
    with opened(stream) as archive:
        for name in _named(archive, r"Doc_\d+/(Pages|Tpls)/[^/]+/Content\.xml"):
            yield from _texts(archive, name, take={"TextCode"}, ends={"TextObject"})


def _xlsx(stream: BinaryIO) -> Iterator[str]:
    """The shared texts of the cells, then numbers and texts written in the cells themselves."""
    with opened(stream) as archive:
        for name in _named(archive, r"xl/workbook\.xml"):
            for _event, element in _elements(archive, name):
                if _local(element) == "sheet":
                    yield element.get("name", "") + "\n"
        for name in _named(archive, r"xl/sharedStrings\.xml"):
            yield from _texts(archive, name, take={"t"}, ends={"si"})
        for name in _named(archive, r"xl/worksheets/sheet\d+\.xml"):
            yield from _cells(archive, name)


def _cells(archive: ZipFile, name: str) -> Iterator[str]:
    for _event, element in _elements(archive, name):
        if _local(element) != "c":
            continue
        if element.get("t") != "s":
            yield "".join(each.text or "" for each in element.iter() if _local(each) in "vt") + "\n"
        element.clear()


def _plain(stream: BinaryIO) -> Iterator[str]:
    content = stream.read()
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("gb18030", errors="replace")


def _csv(stream: BinaryIO) -> Iterator[str]:
    for row in csv.reader(io.StringIO("".join(_plain(stream)))):
        yield "\t".join(row) + "\n"


def _named(archive: ZipFile, pattern: str) -> list[str]:
    """The parts of that name in the order of their numbers."""
    found = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
    return sorted(found, key=lambda name: ([int(n) for n in _number.findall(name)], name))


def _texts(archive: ZipFile, name: str, *, take: set[str], ends: set[str]) -> Iterator[str]:
    for _event, element in _elements(archive, name):
        local = _local(element)
        if local in take:
            yield element.text or ""
        elif local in ends:
            yield "\n"
        element.clear()


def _elements(archive: ZipFile, name: str) -> Iterator[tuple]:
    with archive.open(name) as content:
        yield from ElementTree.iterparse(_Part(content), forbid_dtd=True)


def _local(element) -> str:
    return element.tag.rpartition("}")[2]


_READERS = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "ofd": _ofd,
    "txt": _plain,
    "csv": _csv,
}
