"""Photographs without what cameras write into them: where, when and with what they were taken."""

from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SCAN, _END, _EXIF, _COMMENT = 0xDA, 0xD9, 0xE1, 0xFE
_TOLD = {*range(0xE1, 0xEE), 0xEF, _COMMENT}  # all that applications write, Adobe's colours aside
_SEEN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs"}
_ORIENTATION = 0x0112


def bare(content: bytes) -> bytes:
    """Return the picture with nothing in it but what is seen; raise ValueError if it is damaged.

    `content` is a JPEG or PNG. Places, times, devices, comments and whatever hangs on behind (the
    film of a moving photograph) go; which way up it is held stays. No pixel is changed.
    """
    if content.startswith(_JPEG):
        return b"".join(_jpeg(content))
    if content.startswith(_PNG):
        return b"".join(_png(content))
    raise ValueError("neither JPEG nor PNG")


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield _JPEG
    for marker, segment in _segments(content):
        if marker == _EXIF:
            yield _turned(segment)
        elif marker not in _TOLD:
            yield segment


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, segment with its marker) up to the end of the picture; scans whole."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _after_scan(content, end)
        if end > len(content):
            break
        yield marker, content[at:end]
        at = end
        if content[at : at + 2] == bytes((0xFF, _END)):
            yield _END, content[at : at + 2]
            return
    raise ValueError("the picture ends too early")


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is neither data nor a restart within the scan."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] == 0xFF:
            at += 1
        elif content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        else:
            return at
    raise ValueError("the picture ends too early")


def _turned(segment: bytes) -> bytes:
    """The orientation alone of what a camera wrote; nothing where it wrote none."""
    body = segment[10:]
    order = {b"II": "little", b"MM": "big"}.get(body[:2])
    if segment[4:10] != b"Exif\0\0" or order is None:
        return b""
    first = int.from_bytes(body[4:8], order)
    for number in range(min(int.from_bytes(body[first : first + 2], order), 200)):
        field = body[first + 2 + 12 * number :][:12]
        if int.from_bytes(field[:2], order) == _ORIENTATION:
            way = int.from_bytes(field[8:10], order)
            return _exif(way) if 2 <= way <= 8 else b""
    return b""


def _exif(way: int) -> bytes:
    """A segment that says which way up the picture is held, and nothing else."""
    field = b"\x01\x12\x00\x03\x00\x00\x00\x01" + way.to_bytes(2, "big") + b"\0\0"
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + field + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at, name = len(_PNG), b""
    while name != b"IEND":
        name = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if len(name) < 4 or end > len(content):
            raise ValueError("the picture ends too early")
        if name in _SEEN:
            yield content[at:end]
        at = end
