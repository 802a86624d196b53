"""What a reader makes of a file: a title, a body in the portal's own rich text, and what to ask."""

import re
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from disclosures.importing.patterns import boilerplate, fits
from disclosures.models.text import BODY_LIMIT, EditionText
from portal.text.chinese import HAN, fold
from portal.text.clean import clean_line, without_invisible
from portal.text.filenames import safe_name
from portal.text.formats import UnfitFile
from portal.text.html import plain_text, sanitise

LONGEST_TITLE = 120
FIRST_BLOCKS = 12
# Above this share of characters written only in traditional script, the text is traditional.
TRADITIONAL_SHARE = 0.05

BLOCK = re.compile(
    r"<(p|h[234]|li)>((?:(?!</?(?:p|h[234]|li|ul|ol|table|blockquote)\b).)*)</\1>", re.DOTALL
)
_han = re.compile(f"[{HAN}]")
_tag = re.compile(r"<[^<>]*>")


@dataclass
class Raw:
    """What a reader found: HTML not yet sanitised, a title if the file names one, and notes.

    `notes` are sentences about what could not be taken over (pictures, formulas); `dropped_count`
    is how many invisible characters the reader took out itself; `is_marked_up` says whether the
    headings are the file's own, and not guessed from their numbering.
    """

    html: str
    title: str = ""
    notes: list[str] = field(default_factory=list)
    dropped_count: int = 0
    is_marked_up: bool = True


@dataclass
class Document:
    """A file ready to become a draft."""

    title: str
    body: str
    language: str
    cleaned_count: int
    notes: list[str]


def finished(raw: Raw, name: str) -> Document:
    """Return the document of the file `name`: sanitised, titled, its script known.

    The block that gave the title leaves the body: the page shows the title by itself. Raises
    UnfitFile when nothing readable is left or the body is too long.
    """
    whole = sanitise(raw.html)
    title, rest = _titled(raw, whole, name)
    # A file of one line says it in its title and in its body.
    body = rest if plain_text(rest) else whole
    if not plain_text(body):
        raise UnfitFile(_("文件里没有可以导入的文字。扫描件或图片请作为附件上传。"))
    if len(body.encode()) > BODY_LIMIT:
        raise UnfitFile(_("正文太长，放不进一份公开文稿。请拆分，或作为附件上传。"))
    cleaned_count = raw.dropped_count + invisible(raw.html)
    return Document(title, body, language_of(body), cleaned_count, raw.notes)


def paragraph(text: str, tag: str = "p") -> str:
    """One block of plain text as HTML; nothing for blank text."""
    text = text.strip()
    return f"<{tag}>{escape(text, quote=False)}</{tag}>" if text else ""


def table(rows: list[list[str]], *, headed: bool) -> str:
    """Rows of cells as an HTML table, the first as its head if `headed`."""
    lines = []
    for number, row in enumerate(rows):
        tag = "th" if headed and number == 0 else "td"
        scope = ' scope="col"' if tag == "th" else ""
        cells = "".join(f"<{tag}{scope}>{escape(cell, quote=False)}</{tag}>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    if headed:
        return f"<table><thead>{lines[0]}</thead><tbody>{''.join(lines[1:])}</tbody></table>"
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def text_of(inner: str) -> str:
    """The text of one block's content."""
    return clean_line(unescape(_tag.sub("", inner.replace("<br>", " "))).replace("\xa0", " "))


def language_of(body: str) -> str:
    """The script the text is written in, or English where there is hardly any Han."""
    text = plain_text(body)
    han = _han.findall(text)
    if len(han) * 10 < len(re.findall(r"[A-Za-z]", text)):
        return EditionText.Language.ENGLISH
    traditional = sum(1 for char in han if fold(char) != char)
    is_hant = traditional > TRADITIONAL_SHARE * len(han)
    return EditionText.Language.HANT if is_hant else EditionText.Language.HANS


def invisible(text: str) -> int:
    """How many characters nobody can see stand in it: zero-width, private use, controls."""
    return len(text) - len(without_invisible(text))


def _titled(raw, body, name):
    title = clean_line(raw.title)
    blocks = [found for found in BLOCK.finditer(body) if text_of(found[2])][:FIRST_BLOCKS]
    lines = [found for found in blocks if not fits(boilerplate(), text_of(found[2]))]
    heads = [found for found in lines[:5] if found[1] == "h2" and raw.is_marked_up]
    if title:
        same = next((found for found in lines if text_of(found[2]) == title), None)
        return title[:200], _without(body, same)
    chosen = next(iter(heads or lines), None)
    told = text_of(chosen[2]) if chosen else ""
    if not told or len(told) > LONGEST_TITLE:
        return PurePosixPath(safe_name(name)).stem, body
    return told, _without(body, chosen)


def _without(body, block):
    if block is None:
        return body
    return sanitise(body[: block.start()] + body[block.end() :])
