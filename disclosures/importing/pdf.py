"""PDF documents: the text layer, its lines joined to paragraphs again."""

import re

import pypdfium2
from django.utils.translation import gettext as _

from disclosures.importing.document import Raw, invisible
from disclosures.importing.notes import pictures
from disclosures.importing.patterns import headings
from disclosures.importing.txt import html_of
from portal.text import plainfiles
from portal.text.archives import damaged
from portal.text.chinese import HAN, fold
from portal.text.clean import clean_line
from portal.text.formats import UnfitFile
from portal.text.pdf_pages import pages_of

MAX_PAGES = 300
MAX_CHARACTERS = 400_000
MAX_SECONDS = 30
_ends = re.compile("[\u3002\uff1b\uff1a\uff01\uff1f.;:!?]$")
_begins = re.compile("\\s*(?:\\d{1,3}[\u3001.\uff0e]|[(\uff08])")
_page_number = re.compile(r"^[-\u2014\s]*\d{1,4}[-\u2014\s]*$")
_joined = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef]$")


def read(content: bytes) -> Raw:
    """Read a PDF that `examine` has found sound; one without text (a scan) is refused."""
    if _page_count(content) > MAX_PAGES:
        raise UnfitFile(_("PDF 超过%(limit)d页。请拆分，或作为附件上传。") % {"limit": MAX_PAGES})
    pages, is_whole = pages_of(content, characters=MAX_CHARACTERS, seconds=MAX_SECONDS)
    texts = [page.text for page in pages]
    if sum(map(len, texts)) > MAX_CHARACTERS:
        raise UnfitFile(_("正文太长，放不进一份公开文稿。请拆分，或作为附件上传。"))
    if not is_whole:
        raise UnfitFile(
            _("PDF 的内容太复杂，没有读完。请作为附件上传，或用原文件（如 .docx）导入。")
        )
    if not any(text.strip() for text in texts):
        raise UnfitFile(
            _("这份 PDF 是扫描件，没有文字。请作为附件上传，或用原文件（如 .docx）导入。")
        )
    return Raw(
        html_of("\n".join(_paragraphs(texts))),
        notes=pictures(sum(page.picture_count for page in pages)),
        dropped_count=sum(map(invisible, texts)),
        is_marked_up=False,
    )


def _page_count(content):
    with plainfiles.PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as broken:
            raise damaged() from broken
        try:
            return len(document)
        finally:
            document.close()


def _paragraphs(pages):
    """A line that reaches the margin runs on into the next one, unless that begins anew."""
    lines = [clean_line(line) for page in pages for line in page.splitlines()]
    lines = [line for line in lines if line and not _page_number.match(line)]
    widest = sorted(len(line) for line in lines)[int(len(lines) * 0.9)] if lines else 0
    paragraph = last = ""
    for line in lines:
        if paragraph and (not _runs_on(last, widest) or _begins_anew(line)):
            yield paragraph
            paragraph = ""
        gap = "" if not paragraph or _joined.search(paragraph) else " "
        paragraph, last = paragraph + gap + line, line
    yield paragraph


def _begins_anew(line):
    folded = fold(line)
    return bool(_begins.match(line)) or any(mark.search(folded) for _level, mark in headings())


def _runs_on(line, widest):
    return not _ends.search(line) and len(line) >= 0.8 * widest
