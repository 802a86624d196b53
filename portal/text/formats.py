"""The kinds of file that may be attached, and the refusal of all others."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

MAX_BYTES = 20 * 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."


class Format(NamedTuple):
    """What a file of one extension is served as, and what readers call it."""

    media_type: str
    label: str | Promise


ALLOWED: dict[str, Format] = {
    "pdf": Format("application/pdf", gettext_lazy("PDF 文档")),
    "docx": Format(_OFFICE + "wordprocessingml.document", gettext_lazy("Word 文档")),
    "xlsx": Format(_OFFICE + "spreadsheetml.sheet", gettext_lazy("Excel 表格")),
    "pptx": Format(_OFFICE + "presentationml.presentation", gettext_lazy("PPT 演示文稿")),
    "ofd": Format("application/ofd", gettext_lazy("OFD 版式文件")),
    "png": Format("image/png", gettext_lazy("PNG 图片")),
    "jpg": Format("image/jpeg", gettext_lazy("JPEG 图片")),
    "jpeg": Format("image/jpeg", gettext_lazy("JPEG 图片")),
    "txt": Format("text/plain", gettext_lazy("文本文件")),
    "csv": Format("text/csv", gettext_lazy("CSV 数据表")),
}


def extension_of_type(media_type: str) -> str:
    """Return an extension of the files that are served as `media_type`; '' for any other type."""
    return next((name for name, known in ALLOWED.items() if known.media_type == media_type), "")


class UnfitFile(Exception):
    """A file that may not be attached. `sentence` tells its owner why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
