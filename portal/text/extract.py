"""The text inside an attachment, for search: as much as can be had, never an error."""

import csv
import io
import logging
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.text.archives import opened
from portal.text.clean import clean_text
from portal.text.filenames import extension_of
from portal.text.formats import MAX_BYTES, UnfitFile
from portal.text.markup import Cells, Cut, SheetNames, Told, spoken
from portal.text.pdf_pages import pages_of

MOST_CHARACTERS = 200_000
MOST_SECONDS = 5
STRANGE = _("文件已损坏或者格式特殊，没有检索其中的文字。")

log = logging.getLogger("portal.text")
_number = re.compile(r"\d+")


class Extracted(NamedTuple):
    """The text found, and why there is none or not all of it ('' when it is whole)."""

    text: str
    reason: str | Promise


def extract(name: str, path: Path) -> Extracted:
    """Return the text of the file at `path`, whose extension is that of `name`.

    NFKC without invisible characters, at most 200,000 characters and 5 seconds of work, in the
    memory of a few of its pages; a line per paragraph, cell or text box. Pictures, scans, files
    that cannot be read and what was left out are told as a reason. Nothing raises.
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
        return Extracted("", STRANGE)


def _gathered(pieces: Iterator[str]) -> Extracted:
    told, is_cut = [], False
    try:
        for piece in _in_time(pieces):
            told.append(piece)
    except Cut:
        is_cut = True
    text = clean_text(unicodedata.normalize("NFKC", clean_text("".join(told))))
    if not text:
        scan = _("文件里没有可以检索的文字，可能是扫描件。")
        return Extracted("", STRANGE if is_cut else scan)
    reason = _("文件很长，只检索了前面的部分。") if is_cut else ""
    return Extracted(text[:MOST_CHARACTERS], reason)


def _in_time(pieces: Iterator[str]) -> Iterator[str]:
    until, left = time.monotonic() + MOST_SECONDS, MOST_CHARACTERS
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left < 0 or time.monotonic() > until:
            raise Cut


def _pdf(stream: BinaryIO) -> Iterator[str]:
    pages, is_whole = pages_of(stream.read(), characters=MOST_CHARACTERS, seconds=MOST_SECONDS)
    for page in pages:
        yield page.text + "\n"
    if not is_whole:
        raise Cut


def _docx(stream: BinaryIO) -> Iterator[str]:
    with opened(stream) as archive:
        parts = r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml"
        yield from _texts(archive, parts, take={"t"}, ends={"p", "tab", "br"})


def _pptx(stream: BinaryIO) -> Iterator[str]:
    with opened(stream) as archive:
        yield from _texts(archive, r"ppt/slides/slide\d+\.xml", take={"t"}, ends={"p", "br"})


def _ofd(stream: BinaryIO) -> Iterator[str]:
    with opened(stream) as archive:
        parts = r"Doc_\d+/(Pages|Tpls)/[^/]+/Content\.xml"
        yield from _texts(archive, parts, take={"TextCode"}, ends={"TextObject"})


def _xlsx(stream: BinaryIO) -> Iterator[str]:
    """The shared texts of the cells, then numbers and texts written in the cells themselves."""
    with opened(stream) as archive:
        yield from _read(archive, r"xl/workbook\.xml", SheetNames)
        yield from _texts(archive, r"xl/sharedStrings\.xml", take={"t"}, ends={"si"})
        yield from _read(archive, r"xl/worksheets/sheet\d+\.xml", Cells)


def _plain(stream: BinaryIO) -> Iterator[str]:
    content = stream.read()
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("gb18030", errors="replace")


def _csv(stream: BinaryIO) -> Iterator[str]:
    for row in csv.reader(io.StringIO("".join(_plain(stream)))):
        yield "\t".join(row) + "\n"


def _texts(archive: ZipFile, parts: str, *, take: set[str], ends: set[str]) -> Iterator[str]:
    return _read(archive, parts, lambda: Told(take=take, ends=ends))


def _read(archive: ZipFile, parts: str, told: Callable[[], Told]) -> Iterator[str]:
    """What is told by the parts named so, in the order of their numbers."""
    for name in sorted(filter(re.compile(parts).fullmatch, archive.namelist()), key=_by_number):
        with archive.open(name) as part:
            yield from spoken(part, told())


def _by_number(name: str) -> tuple[list[int], str]:
    return [int(number) for number in _number.findall(name)], name


_READERS = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "ofd": _ofd,
    "txt": _plain,
    "csv": _csv,
}
