"""Bytes to text: UTF-8, UTF-16 with its mark, GB 18030 and Big5, told apart by what they say."""

import re

from django.utils.translation import gettext as _

from portal.text.chinese import HAN
from portal.text.formats import UnfitFile

MAX_TEXT = 5 * 1024 * 1024
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# The halves of both national sets that hold the frequent characters.
FREQUENT = {"gb18030": range(0xB0, 0xD8), "cp950": range(0xA4, 0xC7)}

_binary = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_han = re.compile(f"[{HAN}]")


def decoded(content: bytes, *, most: int = MAX_TEXT) -> str:
    """Return the text of `content`; raise UnfitFile for what is too long, empty or no text."""
    if len(content) > most:
        raise UnfitFile(
            _("文字超过 %(limit)s MB。请拆分成几份后重新导入。") % {"limit": most // 1048576}
        )
    text = _text(content)
    if text is None or _binary.search(text):
        raise UnfitFile(_("文件内容不是文字，与扩展名不符。请用原来的软件打开，另存后重新导入。"))
    return text


def _text(content):
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _attempt(content, encoding)
    text = _attempt(content, "utf-8")
    if text is not None:
        return text
    readings = {encoding: _attempt(content, encoding) for encoding in FREQUENT}
    found = {encoding: read for encoding, read in readings.items() if read is not None}
    return max(found.items(), key=_likelihood)[1] if found else None


def _attempt(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likelihood(reading):
    """The share of frequent characters: a text read in the wrong set is full of rare ones."""
    encoding, text = reading
    han = _han.findall(text)
    national = "gb2312" if encoding == "gb18030" else "big5"
    frequent = sum(1 for char in han if _lead(char, national) in FREQUENT[encoding])
    others = sum(1 for char in text if char > "\x7f") - len(han)
    return (frequent - others / 4) / max(1, len(han)), encoding == "gb18030"


def _lead(char, national):
    try:
        return char.encode(national)[0]
    except UnicodeEncodeError:
        return 0
