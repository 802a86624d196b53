"""Zip containers (docx, xlsx, pptx, ofd) examined without unpacking anything to disk.

Limits follow ASVS 5.0 V5.2: entries and unpacked size are checked from the table of contents
before anything is read, and what is read is bounded by what was declared.
"""

import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END, BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from portal.text.formats import UnfitFile

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
# Of the parts read whole: tables of types and relationships, the root of an OFD.
MAX_PARSED = 8 * 1024 * 1024

# A central directory of MAX_ENTRIES with long names; read before zipfile loads it whole.
_MAX_DIRECTORY = MAX_ENTRIES * 512
_END, _END_SIZE = b"PK\x05\x06", 22
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_END64_SIZE = 56
# The compound file of old Office formats, macros and encrypted documents.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
_XML = {".xml", ".rels", ".vml"}
_HEAD = 64 * 1024
# What zipfile and the XML parser raise over a damaged file. RuntimeError is zipfile's word for an
# encrypted entry, an unknown compression (NotImplementedError) or nesting without end.
_UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, ValueError, SyntaxError, RuntimeError)
_DRIVE = re.compile(r"^[a-zA-Z]:")


@contextmanager
def opened(stream: BinaryIO) -> Iterator[ZipFile]:
    """Open `stream` as a zip whose table of contents is sound; raise UnfitFile otherwise.

    Damage met while the caller reads becomes UnfitFile too.
    """
    try:
        _check_directory(stream)
        with ZipFile(stream) as archive:
            _check_entries(archive.infolist())
            for entry in archive.infolist():
                _check_content(archive, entry)
            yield archive
    except DefusedXmlException as refused:
        raise UnfitFile(
            _("文件内部含有不允许的 XML 声明。请用办公软件打开，另存一份后重新上传。")
        ) from refused
    except _UNREADABLE as broken:
        raise damaged() from broken


def damaged() -> UnfitFile:
    """Return the refusal of a file that cannot be read to its end."""
    return UnfitFile(_("文件已损坏或不完整，无法读取。请用原来的软件打开，重新保存后上传。"))


def embedded() -> UnfitFile:
    """Return the refusal of a file that carries another one inside."""
    return UnfitFile(
        _("文件里嵌入了其他文件或对象。请删除嵌入的对象，改用图片或单独的附件后重新上传。")
    )


def parsed(archive: ZipFile, name: str) -> ElementTree:
    """Return the root element of the part `name`. A DTD refuses the file."""
    return ElementTree.fromstring(archive.read(name), forbid_dtd=True)


def _check_directory(stream: BinaryIO) -> None:
    length = stream.seek(0, SEEK_END)
    stream.seek(max(0, length - 65536 - _END_SIZE - _LOCATOR_SIZE - _END64_SIZE))
    tail = stream.read()
    stream.seek(0)
    if not stream.read(4).startswith(b"PK\x03\x04"):
        raise BadZipFile
    at = tail.rfind(_END)
    if at < 0:
        raise BadZipFile
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = at - _LOCATOR_SIZE
    if locator >= _END64_SIZE and tail[locator:].startswith(_LOCATOR):
        size = int.from_bytes(tail[locator - _END64_SIZE + 40 : locator - 8], "little")
    if size > _MAX_DIRECTORY:
        raise _too_much()


def _check_entries(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    read = sum(entry.file_size for entry in entries if _is_parsed(entry.filename))
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or read > MAX_PARSED:
        raise _too_much()
    if unpacked > MAX_RATIO * packed:
        raise _too_much()
    names = {entry.filename.lower() for entry in entries}
    if len(names) != len(entries) or any(_is_unsafe(entry) for entry in entries):
        raise UnfitFile(_("文件的内部结构有安全问题。请用办公软件打开，另存一份后重新上传。"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnfitFile(_("文件设有密码，读者将无法打开。请取消密码后重新上传。"))


def _is_parsed(name: str) -> bool:
    return name in ("[Content_Types].xml", "OFD.xml") or name.lower().endswith(".rels")


def _is_unsafe(entry: ZipInfo) -> bool:
    # orig_filename still has what zipfile cuts off at a NUL.
    name = entry.orig_filename
    return (
        "\\" in name
        or "\0" in name
        or name.startswith("/")
        or ".." in name.split("/")
        or bool(_DRIVE.match(name))
        or stat.S_ISLNK(entry.external_attr >> 16)
        or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    )


def _check_content(archive: ZipFile, entry: ZipInfo) -> None:
    with archive.open(entry) as content:
        head = content.read(_HEAD)
    if head.startswith((OLE, *_PROGRAMS)):
        raise embedded()
    if PurePosixPath(entry.filename.lower()).suffix in _XML:
        # A DTD can only stand before the root element, which the head must reach.
        next(ElementTree.iterparse(BytesIO(head), events=("start",), forbid_dtd=True))


def _too_much() -> UnfitFile:
    return UnfitFile(
        _("文件展开后过大或内部条目过多，不能上传。请压缩图片、精简内容或拆分后重新上传。")
    )
