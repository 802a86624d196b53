"""What may be attached: one examination between an upload and the store."""

import hashlib
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from portal.text.filenames import extension_of, safe_name
from portal.text.formats import ALLOWED, MAX_BYTES, UnfitFile
from portal.text.office import check_ofd, check_office
from portal.text.plainfiles import check_jpeg, check_pdf, check_plain, check_png
from portal.text.reader import listed

__all__ = ["ALLOWED", "MAX_BYTES", "Examined", "UnfitFile", "examine", "safe_name"]

_CHUNK = 64 * 1024


class Examined(NamedTuple):
    """A file found fit: extension in lower case, SHA-256 in hexadecimal, size in bytes."""

    extension: str
    media_type: str
    sha256: str
    size: int


def examine(name: str, stream: BinaryIO) -> Examined:
    """Return what the file `name` with the seekable content `stream` is.

    Raises UnfitFile, whose sentence says what to do, when the extension is not allowed, the file
    is empty or larger than MAX_BYTES, or its content is not a sound and harmless file of that
    extension. Nothing is written; the stream is left at its start either way.
    """
    extension = _allowed_extension(name)
    try:
        sha256, size = _measured(stream)
        _check(stream, extension)
    finally:
        stream.seek(0)
    return Examined(extension, ALLOWED[extension].media_type, sha256, size)


def _allowed_extension(name: str) -> str:
    extension = extension_of(name)
    if not extension:
        raise UnfitFile(_("文件名没有扩展名。请改成完整的文件名（如 notice.pdf）后重新上传。"))
    if extension not in ALLOWED:
        raise UnfitFile(
            _("不能上传 %(extension)s 类型的文件。请转换成以下类型之一后重新上传：%(allowed)s。")
            % {
                "extension": extension,
                "allowed": listed(ALLOWED),
            }
        )
    return extension


def _measured(stream: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size, giving up as soon as the size is too large."""
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise UnfitFile(
                _("文件超过 %(limit)s MB。请压缩或拆分后重新上传。")
                % {"limit": MAX_BYTES // (1024 * 1024)}
            )
        digest.update(chunk)
    if not size:
        raise UnfitFile(_("文件是空的。请检查原文件后重新上传。"))
    return digest.hexdigest(), size


def _check(stream: BinaryIO, extension: str) -> None:
    match extension:
        case "pdf":
            check_pdf(stream)
        case "png":
            check_png(stream)
        case "jpg" | "jpeg":
            check_jpeg(stream, extension)
        case "txt" | "csv":
            check_plain(stream, extension)
        case "ofd":
            check_ofd(stream)
        case _other:
            check_office(stream, extension)
