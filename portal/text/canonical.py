"""Canonical bytes and the digest over them: the same content gives the same digest everywhere.

An outsider needs only this description to recompute a digest.
"""

import datetime
import hashlib
import json
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

Json = str | int | bool | None | Decimal | datetime.date | list | tuple | dict


def text_bytes(text: str) -> bytes:
    """Return `text` in Unicode NFC, with CRLF and CR as LF, encoded as UTF-8 without a BOM.

    Raises UnicodeEncodeError (a ValueError) for lone surrogates.
    """
    return _canonical_text(text).encode()


def decimal_bytes(number: Decimal) -> bytes:
    """Return `number` in ASCII digits without exponent, trailing zeros, "+" or "-0".

    1.50 gives b"1.5", 1E+3 gives b"1000", -0.00 gives b"0". Raises ValueError for NaN and
    infinities.
    """
    return _canonical_decimal(number).encode()


def date_bytes(date: datetime.date) -> bytes:
    """Return a calendar day as ISO 8601, `YYYY-MM-DD`. Raises TypeError for a moment."""
    if isinstance(date, datetime.datetime):
        raise TypeError("a moment is not a day: convert it to Asia/Shanghai first")
    return date.isoformat().encode()


def moment_bytes(moment: datetime.datetime) -> bytes:
    """Return a moment in UTC to the microsecond, `YYYY-MM-DDTHH:MM:SS.ffffffZ`.

    Raises ValueError for a moment without a time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    utc = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z".encode()


def json_bytes(value: Json) -> bytes:
    r"""Return `value` as canonical JSON in UTF-8.

    Objects have their keys sorted by code point; there is no white space between tokens; no
    character is escaped but `"`, `\` and those below U+0020 (\b \t \n \f \r, else \u00xx in
    lower case). Strings and keys are canonical text, decimals, days and moments are strings as
    the functions above write them.

    Raises TypeError for floats (their spelling is not stable) and other types, ValueError where
    two keys become one.
    """
    plain = _canonical_json(value)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(parts: Iterable[tuple[str, str, bytes]], *, schema: int) -> str:
    """Return the SHA-256 of `parts` as 64 lower-case hexadecimal digits.

    A part is (name, media type, bytes); the order counts. The hashed stream is a sequence of
    fields, each written as its length in bytes (8 bytes, unsigned, big-endian) and then its
    bytes:

        field(schema in ASCII decimal digits)
        for every part: field(text_bytes(name)) field(text_bytes(media type)) field(bytes)

    Nothing follows the last part and the number of parts is not written. No parts at all with
    schema 1 is SHA-256 of 00 00 00 00 00 00 00 01 31. Raises ValueError if schema is below 1.
    """
    if schema < 1:
        raise ValueError("content schemas are counted from 1")
    hashed = hashlib.sha256(_field(str(schema).encode()))
    for name, media_type, content in parts:
        for field in (text_bytes(name), text_bytes(media_type), content):
            hashed.update(len(field).to_bytes(8, "big"))
            hashed.update(field)
    return hashed.hexdigest()


def _field(content: bytes) -> bytes:
    return len(content).to_bytes(8, "big") + content


def _canonical_text(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _canonical_decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError("only finite numbers have canonical bytes")
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _canonical_json(value: Json) -> Json:
    match value:
        case None | bool() | int():
            return value
        case str():
            return _canonical_text(value)
        case Decimal():
            return _canonical_decimal(value)
        case datetime.datetime():
            return moment_bytes(value).decode()
        case datetime.date():
            return date_bytes(value).decode()
        case list() | tuple():
            return [_canonical_json(item) for item in value]
        case dict():
            return _canonical_object(value)
    raise TypeError(f"{type(value).__name__} has no canonical JSON")


def _canonical_object(value: dict) -> dict:
    if not all(isinstance(key, str) for key in value):
        raise TypeError("the keys of a canonical object are strings")
    plain = {_canonical_text(key): _canonical_json(item) for key, item in value.items()}
    if len(plain) != len(value):
        raise ValueError("two keys are the same canonical text")
    return plain
