"""Nothing but the picture is left of a photograph: no place, no time, no device, no film."""

import pytest

from portal.text.pictures import bare

SIZE = b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00"
TABLE = b"\xff\xdb\x00\x06\x00\xff\xd9\x01"  # holds what looks like an end
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\xff\xd0\x34"
END = b"\xff\xd9"
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def segment(marker, body):
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


def exif(way, order="big"):
    """What a camera writes: which way up, and where it stood."""
    mark, n = {"big": (b"MM\0*", "big"), "little": (b"II*\0", "little")}[order]
    fields = [(0x0112, 3, 1, way.to_bytes(2, n) + b"\0\0"), (0x8825, 4, 1, b"\0\0\0\x26")]
    told = b"".join(
        tag.to_bytes(2, n) + kind.to_bytes(2, n) + count.to_bytes(4, n) + value
        for tag, kind, count, value in fields
    )
    body = mark + (8).to_bytes(4, n) + len(fields).to_bytes(2, n) + told + b"\0\0\0\0GPS 26N118E"
    return segment(0xE1, b"Exif\0\0" + body)


def chunk(name, body):
    return len(body).to_bytes(4, "big") + name + body + b"\0\0\0\0"


def test_a_photograph_keeps_its_picture_and_its_orientation_alone():
    for order in ("big", "little"):
        notes = segment(0xFE, b"taken by Zhang") + segment(0xE2, b"MPF\0")
        taken = b"\xff\xd8" + JFIF + exif(6, order) + notes + TABLE + SIZE + SCAN + END
        left = bare(taken + b"\0\0ftypmp4 and a film of the street")
        assert left.startswith(b"\xff\xd8" + JFIF + b"\xff\xe1")
        assert left.endswith(TABLE + SIZE + SCAN + END)
        for gone in (b"GPS", b"Zhang", b"MPF", b"film"):
            assert gone not in left
        assert left[len(JFIF) + 2 :][:36].endswith(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
        assert bare(left) == left


def test_one_held_upright_keeps_nothing_of_what_the_camera_wrote():
    assert bare(b"\xff\xd8" + exif(1) + SIZE + SCAN + END) == b"\xff\xd8" + SIZE + SCAN + END


def test_scans_in_several_passes_stay_whole():
    passes = SIZE + SCAN + segment(0xC4, b"\0\xff\xd9") + SCAN + END
    assert bare(b"\xff\xd8" + passes) == b"\xff\xd8" + passes


def test_a_png_keeps_the_chunks_that_are_seen():
    seen = chunk(b"IHDR", b"\0" * 13), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")
    told = chunk(b"eXIf", b"GPS"), chunk(b"tEXt", b"Author\0Zhang"), chunk(b"tIME", b"1234567")
    head = b"\x89PNG\r\n\x1a\n"
    taken = head + seen[0] + b"".join(told) + seen[1] + seen[2] + b"more"
    assert bare(taken) == head + b"".join(seen)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8",
        b"\xff\xd8" + SIZE,
        b"\xff\xd8" + SIZE + SCAN,
        b"\xff\xd8" + SIZE + SCAN + b"\xff",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13)[:-5],
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
    ],
)
def test_what_is_damaged_is_refused(content):
    with pytest.raises(ValueError, match="picture|neither"):
        bare(content)
