"""Word documents: headings, lists, tables, links and emphasis, by their styles."""

import re
from io import BytesIO

import mammoth
from django.utils.translation import gettext as _

from disclosures.importing.document import Raw
from disclosures.importing.notes import pictures
from portal.text.archives import damaged, opened
from portal.text.formats import UnfitFile

MAX_XML = 16 * 1024 * 1024
MAX_PARTS_XML = 32 * 1024 * 1024
STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h2:fresh",
        "u => u",
        "strike => s",
    ]
)
_inner_link = re.compile(r'<a (?:id|href)="#?[^":/]*">(.*?)</a>', re.DOTALL)
_formula = re.compile(rb"<m:oMath[ >]")


def read(content: bytes) -> Raw:
    """Read a document that `examine` has found sound; raise UnfitFile for one too large to read."""
    with opened(BytesIO(content)) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        _check_sizes(sizes)
        main = archive.read("word/document.xml") if "word/document.xml" in sizes else b""
    found = {"count": 0}

    def left_out(_image):
        found["count"] += 1
        return {}

    try:
        html = mammoth.convert_to_html(
            BytesIO(content), style_map=STYLES, convert_image=mammoth.images.img_element(left_out)
        ).value
    except Exception as broken:  # noqa: BLE001  the library raises whatever its input provokes
        raise damaged() from broken
    return Raw(_inner_link.sub(r"\1", html), notes=pictures(found["count"]) + _formulas(main))


def _check_sizes(sizes):
    parts = [size for name, size in sizes.items() if name.endswith(".xml")]
    if sizes.get("word/document.xml", 0) > MAX_XML or sum(parts) > MAX_PARTS_XML:
        raise UnfitFile(_("文件内容太多，无法导入。请拆分成几份，或作为附件上传。"))


def _formulas(main):
    if not _formula.search(main):
        return []
    return [_("数学公式没有导入，请对照原文补写，或把原文作为附件上传。")]
