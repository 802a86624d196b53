"""What a text brought along that is hardly its own: proposed to the clerk, never done unasked.

Inserted pinyin is what some sites put behind or between characters; boilerplate is what they put
around the text. Invisible and private-use characters go without a question when the body is kept.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from disclosures.importing.document import BLOCK, text_of
from disclosures.importing.patterns import boilerplate, fits, tails
from portal.text.chinese import HAN
from portal.text.html import sanitise

MOST = 400
# A tail begins in the last part of a page only.
TAIL_FROM = 0.6

_SOUND = "[a-z\u00fc\u00ea\u0300\u0301\u0304\u030c\u0308\u0251\u0261]"
_marked = re.compile("[\u0300\u0301\u0304\u030c]")
_syllable = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:[iuv]?(?:a|ai|ao|an|ang|e|ei|en|eng|ue)"
    r"|o|ou|ong|iong|i|ie|iao|iu|in|ing|u|uo|ui|un|v|uai|er|r|n|ng|m)"
)
_behind = re.compile(rf"(?<=[{HAN}])[(\uff08]([^()\uff08\uff09<>&\s]{{1,8}})[)\uff09]")
_between = re.compile(
    rf"(?<=[{HAN}])[ \u00a0]?([^\W\d_{HAN}]{{1,7}}(?:[ \u00a0'][^\W\d_{HAN}]{{1,7}}){{0,7}})"
    rf"(?=[ \u00a0]?[{HAN}\u3001\u3002\uff0c\uff1b\uff1a])"
)
_gaps = re.compile(r"_{2,}|\*{2,}|(?<![A-Za-z])[xX]{2}(?![A-Za-z])")
_tag = re.compile(r"(<[^>]*>)")
_empty_list = re.compile(r"<(ul|ol)>\s*</\1>")


class Kind(TextChoices):
    PINYIN = "pinyin", _("夹在字里的拼音")
    LINE = "line", _("网站附加的内容")
    TAIL = "tail", _("网页末尾的无关内容")


@dataclass(frozen=True)
class Repair:
    """A proposal: what was found, what it would become ('' to take it out), and how often."""

    kind: str
    found: str
    becomes: str
    count: int = 1
    settled: str = ""

    @property
    def label(self):
        return Kind(self.kind).label

    def told(self):
        """The proposal as the job keeps it."""
        return asdict(self)


def proposals(title: str, body: str) -> list[Repair]:
    """What may be repaired in a title and a sanitised body, at most 400 proposals."""
    lines = _lines(body)
    around = {repair.found for repair in lines}
    kept = "".join(
        piece for piece in _texts(title, body) if text_of(piece) not in around or piece == title
    )
    return [*lines, *_pinyin(kept)][:MOST]


def gaps(body: str) -> int:
    """How many places look as if words had been blotted out (__, **, xx)."""
    return sum(len(_gaps.findall(piece)) for piece in _texts("", body))


def repaired(title: str, body: str, chosen: list[Repair]) -> tuple[str, str]:
    """Return title and body with the chosen proposals carried out where they still apply."""
    body = _without_lines(body, chosen)
    # The longest first: one sound may be part of another.
    sounds = sorted((r for r in chosen if r.kind == Kind.PINYIN), key=lambda r: -len(r.found))
    pieces = _tag.split(body)
    for repair in sounds:
        title = title.replace(repair.found, repair.becomes)
        pieces[::2] = [piece.replace(repair.found, repair.becomes) for piece in pieces[::2]]
    return title.strip(), sanitise("".join(pieces))


def _without_lines(body, chosen):
    """Boilerplate goes wherever it stands, lines of a tail only from the end on."""
    lines = {repair.found for repair in chosen if repair.kind == Kind.LINE}
    left = Counter({repair.found: repair.count for repair in chosen if repair.kind == Kind.TAIL})
    for block in reversed(list(BLOCK.finditer(body))):
        text = text_of(block[2])
        if text in lines or left[text] > 0:
            left[text] -= 1
            body = body[: block.start()] + body[block.end() :]
    return _empty_list.sub("", body)


def is_pinyin(text: str) -> bool:
    """Whether the text is one syllable of pinyin, with its tone or of two letters at least."""
    plain = unicodedata.normalize("NFD", text)
    plain = plain.replace("\u0251", "a").replace("\u0261", "g").replace("u\u0308", "v")
    toneless = _marked.sub("", plain)
    marked = toneless != plain
    return bool(_syllable.fullmatch(toneless)) and (marked or len(toneless) > 1)


def _texts(title, body):
    return [title, *_tag.split(body)[::2]]


def _lines(body):
    """Whole blocks that sites put around a text; after the mark of a tail, all that follows."""
    blocks = [text_of(block[2]) for block in BLOCK.finditer(body)]
    found, in_tail = Counter(), False
    for place, text in enumerate(blocks):
        plain = _behind.sub(lambda sound: "" if is_pinyin(sound[1]) else sound[0], text)
        in_tail = in_tail or (place >= TAIL_FROM * len(blocks) and fits(tails(), plain))
        if text and (in_tail or fits(boilerplate(), plain)):
            found[Kind.TAIL if in_tail else Kind.LINE, text] += 1
    return [Repair(str(kind), text, "", count) for (kind, text), count in found.items()]


def _pinyin(text):
    """One proposal for each character with its sound, and for each run of sounds, as found."""
    counted = Counter()
    for match in _behind.finditer(text):
        if is_pinyin(match[1]):
            char = text[match.start() - 1]
            counted[char + match[0], char] += 1
    for match in _between.finditer(text):
        words = re.split(r"[ \u00a0']", match[1])
        if all(map(is_pinyin, words)) and _has_tone(match[1]):
            char = text[match.start() - 1]
            counted[char + match[0], char] += 1
    return [Repair(str(Kind.PINYIN), found, becomes, n) for (found, becomes), n in counted.items()]


def _has_tone(text):
    return bool(_marked.search(unicodedata.normalize("NFD", text)))
