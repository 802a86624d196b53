"""One file to one document, by its extension; what cannot be read is refused with the reason."""

import logging
from typing import BinaryIO

from django.utils.translation import gettext as _

from disclosures.importing import docx, html, md, pdf, txt, xlsx
from disclosures.importing.document import Document, finished
from portal.text.archives import damaged
from portal.text.filenames import extension_of
from portal.text.files import MAX_BYTES, UnfitFile, examine
from portal.text.reader import listed

log = logging.getLogger("portal.disclosures")

READERS = {
    "docx": docx.read,
    "txt": txt.read,
    "html": html.read,
    "htm": html.read,
    "md": md.read,
    "xlsx": xlsx.read,
    "pdf": pdf.read,
}
# Containers are examined for what they hide before a library opens them.
EXAMINED = ("docx", "xlsx", "pdf")
_CONTAINERS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


def read(name: str, stream: BinaryIO) -> Document:
    """Return what the file `name` says; raise UnfitFile, which says why it cannot be imported."""
    extension = extension_of(name)
    if extension not in READERS:
        raise UnfitFile(
            _("不能导入这种文件。可以导入的类型：%(allowed)s。旧版 .doc、.xls 请先另存为新格式。")
            % {"allowed": listed(f".{known}" for known in READERS)}
        )
    if extension in EXAMINED:
        examine(name, stream)
    stream.seek(0)
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large()
    if not content.strip():
        raise UnfitFile(_("文件是空的。请检查原文件后重新导入。"))
    if extension not in EXAMINED and content.startswith(_CONTAINERS):
        raise UnfitFile(_("文件内容不是文字，与扩展名不符。请用原来的软件打开，另存后重新导入。"))
    try:
        return finished(READERS[extension](content), name)
    except UnfitFile:
        raise
    except Exception as broken:  # noqa: BLE001  one strange file must not stop the others
        log.exception("The reader of .%s files failed.", extension)
        raise damaged() from broken


def too_large() -> UnfitFile:
    """The refusal of a file beyond the limit of uploads."""
    limit = MAX_BYTES // (1024 * 1024)
    return UnfitFile(_("文件超过 %(limit)s MB。请压缩或拆分后重新导入。") % {"limit": limit})
