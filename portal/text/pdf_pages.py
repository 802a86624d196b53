"""The pages of a PDF, read in a process of their own that ends in time.

PDFium unpacks whatever a page says it holds, and neither its time nor its memory can be limited
from inside the process that calls it. This file is both sides: `pages_of` runs it as a program,
which writes one line of JSON for each page.
"""

import json
import resource
import signal
import subprocess
import sys
from typing import NamedTuple

MOST_MEMORY = 1 << 30
_PICTURE = 3  # FPDF_PAGEOBJ_IMAGE


class Page(NamedTuple):
    """The text of a page, and how many pictures it shows."""

    text: str
    picture_count: int


def pages_of(content: bytes, *, characters: int, seconds: int) -> tuple[list[Page], bool]:
    """Return the pages, and whether reading went well to its end.

    It stops after the page that exceeds so many characters; what takes more seconds or a gigabyte
    is ended by the system, and the pages read until then are returned.
    """
    reader = [sys.executable, "-I", __file__, str(characters), str(seconds)]
    ended = subprocess.run(reader, input=content, capture_output=True, check=False)  # noqa: S603  this file
    lines = ended.stdout.decode().splitlines(keepends=True)
    return [Page(*json.loads(line)) for line in lines if line.endswith("\n")], not ended.returncode


def main(characters: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds)
    import pypdfium2  # noqa: PLC0415  the limits hold for the library too

    for page in pypdfium2.PdfDocument(sys.stdin.buffer.read()):
        text = page.get_textpage().get_text_bounded()[: characters + 1]
        pictures = sum(1 for _object in page.get_objects(filter=[_PICTURE], max_depth=2))
        print(json.dumps([text, pictures]), flush=True)  # noqa: T201  to the other side
        characters -= len(text)
        if characters < 0:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
