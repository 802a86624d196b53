"""The text in the XML parts of a document, read in one pass: no tree, no DTD, no end of time."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import DefusedExpatParser

from portal.text.archives import damaged

MOST_BYTES = 32 * 1024 * 1024
_CHUNK = 64 * 1024


class Cut(Exception):
    """There is more in the file than could be read with the means a file is given."""


class Told(ContentHandler):
    """Gathers what stands in the elements `take`; one of `ends` ends a line."""

    def __init__(self, *, take: set[str], ends: set[str]) -> None:
        super().__init__()
        self.take, self.ends, self.pieces = take, ends, []
        self.is_taking = False

    def startElement(self, name: str, attrs) -> None:
        self.is_taking = local(name) in self.take

    def characters(self, content: str) -> None:
        if self.is_taking:
            self.pieces.append(content)

    def endElement(self, name: str) -> None:
        self.is_taking = False
        if local(name) in self.ends:
            self.pieces.append("\n")


class Cells(Told):
    """Gathers what cells say by themselves; others only point to the shared texts."""

    def __init__(self) -> None:
        super().__init__(take={"v", "t"}, ends=set())
        self.is_shared = False

    def startElement(self, name: str, attrs) -> None:
        super().startElement(name, attrs)
        if local(name) == "c":
            self.is_shared = attrs.get("t") == "s"
        self.is_taking = self.is_taking and not self.is_shared

    def endElement(self, name: str) -> None:
        if self.is_taking:
            self.pieces.append("\n")
        super().endElement(name)


class SheetNames(Told):
    """Gathers the names of a workbook's sheets."""

    def __init__(self) -> None:
        super().__init__(take=set(), ends=set())

    def startElement(self, name: str, attrs) -> None:
        if local(name) == "sheet":
            self.pieces.append(f"{attrs.get('name', '')}\n")


def spoken(part: BinaryIO, told: Told, *, most: int | None = None) -> Iterator[str]:
    """Yield what `told` gathers of a part, a piece for every 64 KB of it.

    Pieces may be empty: whoever takes them may look at the clock in between. Raises Cut after
    `most` bytes (32 MB unless told), UnfitFile for no XML, and defusedxml's refusal for a DTD.
    """
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(told)
    left = MOST_BYTES if most is None else most
    try:
        while chunk := part.read(_CHUNK):
            parser.feed(chunk)
            yield "".join(told.pieces)
            told.pieces.clear()
            left -= len(chunk)
            if left <= 0:
                raise Cut
        parser.close()
    except SAXException as broken:
        raise damaged() from broken


def local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]
