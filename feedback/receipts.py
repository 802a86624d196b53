"""Receipts: the number is said aloud, the code is the key to the letter.

A code has 20 characters of Crockford's base 32 (100 bits), so a keyed digest suffices to keep
it. Code and identity of a letter follow from the form's one-time token and the text: two clicks
on one form are one letter with one receipt, and a changed text is another letter.
"""

import hashlib
import hmac
import unicodedata
import uuid

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
LOOKALIKES = str.maketrans("OIL", "011")


def identity(*parts: str) -> uuid.UUID:
    """The uuid of the letter that the parts (token, box, what was written) make."""
    return uuid.UUID(bytes=_keyed("letter-id", _joined(parts), settings.SECRET_KEY)[:16], version=4)


def code_for(*parts: str) -> str:
    """The receipt code of the same letter, as XXXXX-XXXXX-XXXXX-XXXXX."""
    number = int.from_bytes(_keyed("letter-code", _joined(parts), settings.SECRET_KEY), "big")
    code = "".join(ALPHABET[number >> 5 * n & 31] for n in range(CODE_LENGTH))
    return "-".join(code[n : n + 5] for n in range(0, CODE_LENGTH, 5))


def plain(typed: str) -> str:
    """What a person copied by hand, as the code they were given.

    Case, width, spaces and separators do not count; O is 0, I and L are 1.

    >>> plain("abcde－o1l23 fghjk")
    'ABCDE01123FGHJK'
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in folded if c.isalnum()).translate(LOOKALIKES)


def digest_of(code: str, key: str = "") -> str:
    """The keyed digest (64 hex digits) under which a code is stored."""
    return _keyed("letter", plain(code), key or settings.SECRET_KEY).hex()


def fits(code: str, stored: str) -> bool:
    """Whether the code belongs to the stored digest, also one made with a key now retired.

    Every key is compared, and in constant time, so that the answer's time tells nothing.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    answers = [hmac.compare_digest(digest_of(code, key), stored) for key in keys]
    return any(answers)


def _joined(parts: tuple[str, ...]) -> str:
    return "".join(f"{len(part)}:{part}" for part in parts)


def _keyed(purpose: str, text: str, key: str) -> bytes:
    told = f"{purpose}:{text}".encode()
    return hmac.new(key.encode(), told, hashlib.sha256).digest()
