"""PDF documents, pictures and text files: the content must be what the extension says."""

import re
from threading import Lock
from typing import BinaryIO

import pypdfium2
from django.utils.translation import gettext as _
from pypdfium2 import raw

from portal.text.archives import damaged
from portal.text.formats import UnfitFile
from portal.text.office import misnamed

MAX_PIXELS = 50_000_000

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_SIZED_JPEG = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_JPEG = {0x01, *range(0xD0, 0xD9)}
_markup = re.compile(r"\s*<[!?/a-z]|.{0,4096}?<(?:html|script|svg|iframe|body)\b", re.I | re.S)
_binary = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
# PDFium may be entered by one thread at a time.
PDFIUM = Lock()


def check_pdf(stream: BinaryIO) -> None:
    """Raise UnfitFile unless `stream` is a PDF that opens without a password and runs nothing."""
    head = _content(stream)[:1024]
    before, mark, _after = head.partition(b"%PDF-")
    if not mark or b"<" in before or b"PK\x03\x04" in before:
        raise misnamed("pdf")
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(_content(stream))
        except pypdfium2.PdfiumError as refused:
            raise _unopened(refused) from refused
        try:
            pages, scripts = len(document), raw.FPDFDoc_GetJavaScriptActionCount(document)
        finally:
            document.close()
    if pages < 1:
        raise damaged()
    if scripts > 0:
        raise UnfitFile(_("PDF 文件含有脚本。请用“打印为 PDF”重新生成后上传。"))


def check_png(stream: BinaryIO) -> None:
    """Raise UnfitFile unless `stream` is a PNG of at most 50 million pixels."""
    content = _content(stream)
    if not content.startswith(_PNG):
        raise misnamed("png")
    if b"IEND" not in content[-4096:]:
        raise damaged()
    _check_pixels(int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))


def check_jpeg(stream: BinaryIO, extension: str) -> None:
    """Raise UnfitFile unless `stream` is a JPEG of at most 50 million pixels."""
    content = _content(stream)
    if not content.startswith(b"\xff\xd8\xff"):
        raise misnamed(extension)
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _SIZED_JPEG:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return _check_pixels(int.from_bytes(width, "big"), int.from_bytes(height, "big"))
        at += 1 if marker == 0xFF else 2
        if marker != 0xFF and marker not in _BARE_JPEG:
            at += int.from_bytes(content[at : at + 2], "big")
    raise damaged()


def check_plain(stream: BinaryIO, extension: str) -> None:
    """Raise UnfitFile unless `stream` is text in UTF-8 or GB 18030 and no web page."""
    content = _content(stream)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unknown_encoding()
    if b"\0" in content:
        raise misnamed(extension)
    text = _decoded(content)
    if _binary.search(text) or text.startswith("%PDF-"):
        raise misnamed(extension)
    if _markup.match(text):
        raise UnfitFile(_("文件里是网页代码，不是纯文本。请只保留文字后重新上传。"))


def _content(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as unknown:
            raise _unknown_encoding() from unknown


def _unknown_encoding() -> UnfitFile:
    return UnfitFile(_("无法识别文本的编码。请另存为 UTF-8 编码后重新上传。"))


def _unopened(refused: pypdfium2.PdfiumError) -> UnfitFile:
    if refused.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return UnfitFile(_("文件设有密码，读者将无法打开。请取消密码后重新上传。"))
    return damaged()


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise damaged()
    if width * height > MAX_PIXELS:
        raise UnfitFile(
            _("图片超过 %(limit)s 万像素。请缩小后重新上传。") % {"limit": MAX_PIXELS // 10_000}
        )
