import hashlib
import struct
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from portal.text.canonical import (
    date_bytes,
    decimal_bytes,
    digest,
    json_bytes,
    moment_bytes,
    text_bytes,
)


def test_text_is_nfc_with_line_feeds_in_utf8():
    assert text_bytes("Lu\u0308\r\n通知\r") == b"L\xc3\xbc\n\xe9\x80\x9a\xe7\x9f\xa5\n"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1.50", b"1.5"),
        ("1E+3", b"1000"),
        ("-0.00", b"0"),
        ("0", b"0"),
        ("100", b"100"),
        ("-12.340", b"-12.34"),
        ("1E-7", b"0.0000001"),
        ("1234567890123456789012345678901234.5", b"1234567890123456789012345678901234.5"),
    ],
)
def test_equal_amounts_have_equal_bytes(number, expected):
    assert decimal_bytes(Decimal(number)) == expected


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_amount_has_no_bytes(number):
    with pytest.raises(ValueError, match="finite"):
        decimal_bytes(Decimal(number))


def test_a_day_is_iso():
    assert date_bytes(date(2026, 3, 1)) == b"2026-03-01"


def test_a_moment_is_not_taken_for_a_day():
    with pytest.raises(TypeError, match="Shanghai"):
        date_bytes(datetime(2026, 3, 1, tzinfo=UTC))


def test_a_moment_is_written_in_utc():
    shanghai = timezone(timedelta(hours=8))
    assert moment_bytes(datetime(2026, 3, 1, 7, 30, tzinfo=shanghai)) == (
        b"2026-02-28T23:30:00.000000Z"
    )


def test_a_moment_without_zone_has_no_bytes():
    with pytest.raises(ValueError, match="time zone"):
        moment_bytes(datetime(2026, 3, 1))


def test_json_is_sorted_tight_and_readable():
    value = {
        "金额": Decimal("3.10"),
        "b": [None, True, 2, (date(2026, 3, 1),)],
        "a": "e\u0301\r\n\x01",
    }
    assert json_bytes(value) == (
        '{"a":"é\\n\\u0001","b":[null,true,2,["2026-03-01"]],"金额":"3.1"}'.encode()
    )


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, {1: "a"}, [b"a"], {"a": {1}}])
def test_json_refuses_what_has_no_stable_spelling(value):
    with pytest.raises(TypeError):
        json_bytes(value)


def test_json_refuses_keys_that_become_one():
    with pytest.raises(ValueError, match="same"):
        json_bytes({"é": 1, "e\u0301": 2})


def test_the_digest_is_what_its_description_says():
    def field(content):
        return struct.pack(">Q", len(content)) + content

    stream = field(b"1")
    stream += field("标题".encode()) + field(b"text/plain") + field("通知".encode())
    stream += field(b"body") + field(b"text/html") + field(b"")
    parts = [("标题", "text/plain", "通知".encode()), ("body", "text/html", b"")]
    assert digest(parts, schema=1) == hashlib.sha256(stream).hexdigest()


def test_the_empty_digest_is_the_documented_one():
    assert digest([], schema=1) == hashlib.sha256(b"\0\0\0\0\0\0\0\x011").hexdigest()


def test_moving_a_byte_between_fields_changes_the_digest():
    variants = [
        [("ab", "c", b"d")],
        [("a", "bc", b"d")],
        [("a", "b", b"cd")],
        [("ab", "c", b""), ("", "", b"d")],
        [("", "", b"d"), ("ab", "c", b"")],
    ]
    digests = {digest(parts, schema=schema) for parts in variants for schema in (1, 2)}
    assert len(digests) == 10


def test_schemas_are_counted_from_one():
    with pytest.raises(ValueError, match="from 1"):
        digest([], schema=0)
