"""Opening a file that should hold a table."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.text.formats import MAX_BYTES, UnfitFile


def row_count(name: str, stream: BinaryIO, *, most: int) -> int:
    """How many rows the file has, counted no further than just past `most`."""
    return 0


def too_large() -> UnfitFile:
    """The refusal of a file nobody needs for a table."""
    told = _("文件超过 %(limit)s MB。请只留要公开的表，删去图片和多余的工作表后重新上传。")
    return UnfitFile(told % {"limit": MAX_BYTES // 1048576})
