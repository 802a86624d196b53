"""Word, Excel, PowerPoint and OFD documents: no code, no strangers inside, nothing from outside."""

import re
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext as _

from portal.text.archives import OLE, damaged, embedded, opened, parsed
from portal.text.formats import MAX_BYTES, UnfitFile

_MAIN = {
    "docx": ("word/", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/", "presentationml.presentation.main+xml"),
}
_TYPES = "[Content_Types].xml"

_macro = re.compile(r"vbaproject|vbadata|macrosheet|macroenabled", re.IGNORECASE)
_control = re.compile(r"activex|/control$", re.IGNORECASE)
_object = re.compile(r"oleobject|(?:^|/)embeddings/[^/]*\.bin$", re.IGNORECASE)
_document = re.compile(r"(?:^|/)embeddings/[^/]*\.(docx|xlsx|pptx)$", re.IGNORECASE)
_stranger = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)


def check_office(stream: BinaryIO, extension: str, *, inside: bool = False) -> None:
    """Raise UnfitFile unless `stream` is a harmless OOXML document of this extension.

    Refused are macros (VBA and Excel 4), ActiveX, OLE and foreign objects, and any relationship
    to the outside but hyperlinks. A chart's embedded workbook is examined the same way; what is
    embedded in the embedded is refused.
    """
    stream.seek(0)
    head = stream.read(len(OLE))
    if head == OLE:
        raise UnfitFile(
            _("文件设有打开密码，或者是旧版格式。请取消密码，另存为 %(extension)s 格式后重新上传。")
            % {"extension": extension}
        )
    if not head.startswith(b"PK"):
        raise misnamed(extension)
    with opened(stream) as archive:
        names = archive.namelist()
        _check_kind(archive, names, extension)
        for name in names:
            _check_label(name)
        for name in names:
            if name.lower().endswith(".rels"):
                _check_relationships(archive, name)
        for name in filter(_stranger.search, names):
            _check_embedded(archive, name, inside=inside)


def check_ofd(stream: BinaryIO) -> None:
    """Raise UnfitFile unless `stream` is an OFD package (GB/T 33190): OFD.xml with its root."""
    with opened(stream) as archive:
        root = parsed(archive, "OFD.xml").tag if "OFD.xml" in archive.namelist() else ""
        if root.rpartition("}")[2] != "OFD":
            raise misnamed("ofd")


def misnamed(extension: str) -> UnfitFile:
    """Return the refusal of a file whose content is not what its extension says."""
    return UnfitFile(
        _(
            "文件内容不是 %(extension)s 格式，与扩展名不符。"
            "请用原来的软件打开，另存为 %(extension)s 格式后重新上传。"
        )
        % {"extension": extension}
    )


def _check_kind(archive: ZipFile, names: list[str], extension: str) -> None:
    folder, main = _MAIN[extension]
    if _TYPES not in names or not any(name.startswith(folder) for name in names):
        raise misnamed(extension)
    types = [part.get("ContentType", "") for part in parsed(archive, _TYPES)]
    if any(_macro.search(kind) for kind in types):
        raise _has_macro()
    if not any(kind.endswith(main) for kind in types):
        raise misnamed(extension)


def _check_label(label: str) -> None:
    """Refuse by the name of a part or the type of a relationship."""
    if _macro.search(label):
        raise _has_macro()
    if _control.search(label):
        raise UnfitFile(_("文件含有 ActiveX 控件。请删除控件后重新上传。"))
    if _object.search(label):
        raise embedded()


def _check_relationships(archive: ZipFile, name: str) -> None:
    for relationship in parsed(archive, name):
        kind = relationship.get("Type", "")
        _check_label(kind)
        if relationship.get("TargetMode", "").lower() != "external":
            continue
        if not kind.endswith("/hyperlink"):
            raise UnfitFile(
                _(
                    "文件引用了外部内容（如链接的图片、模板或其他工作簿）。"
                    "请断开链接或改为直接插入，保存后重新上传。"
                )
            )


def _check_embedded(archive: ZipFile, name: str, *, inside: bool) -> None:
    document = _document.search(name)
    if inside or not document:
        raise embedded()
    if archive.getinfo(name).file_size > MAX_BYTES:
        raise damaged()
    check_office(BytesIO(archive.read(name)), document[1].lower(), inside=True)


def _has_macro() -> UnfitFile:
    return UnfitFile(_("文件含有宏。请另存为不含宏的格式后重新上传。"))
