"""Web pages: the rich-text rule keeps structure, and what stands around it is left to repair."""

import re
from html import unescape

from disclosures.importing.decoding import decoded
from disclosures.importing.document import Raw
from disclosures.importing.notes import pictures

_declared = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_title = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.I | re.S)
_first = re.compile(r"<h1[^>]*>(.*?)</h1\s*>", re.I | re.S)
_body = re.compile(r"<body[^>]*>(.*?)(?:</body\s*>|\Z)", re.I | re.S)
# Parts of a page that are never its text.
_around = re.compile(
    r"<(nav|script|style|noscript|form|button|select|iframe|svg)\b.*?</\1\s*>", re.I | re.S
)
_picture = re.compile(r"<img\b", re.I)
_tag = re.compile(r"<[^<>]*>")
_KNOWN = {b"gb2312": "gb18030", b"gbk": "gb18030", b"gb18030": "gb18030", b"big5": "cp950"}


def read(content: bytes) -> Raw:
    """Read a saved web page in the encoding it declares, else in the one that makes sense."""
    html = _declared_text(content) or decoded(content)
    body = _body.search(html)
    text = _around.sub("", body[1] if body else _title.sub("", html))
    return Raw(text, _named(html, text), pictures(len(_picture.findall(text))))


def _declared_text(content):
    declared = _declared.search(content[:4096])
    encoding = _KNOWN.get(declared[1].lower()) if declared else None
    if encoding is None:
        return ""
    try:
        return decoded(content.decode(encoding).encode())
    except UnicodeDecodeError:
        return ""


def _named(html, text):
    if _first.search(text):
        return unescape(_tag.sub("", _first.search(text)[1]))
    found = _title.search(html)
    return unescape(_tag.sub("", found[1])) if found else ""
