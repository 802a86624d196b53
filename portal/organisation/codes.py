"""Secret codes that are handed over on paper: told once, kept as a keyed digest.

Characters are Crockford's base 32 (five bits each), so that nothing read from paper is mistaken
for something else.
"""

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
GROUP = 5


def new_code(length: int) -> str:
    """A random code of `length` characters in groups of five: 20 are 100 bits."""
    code = "".join(secrets.choice(ALPHABET) for _n in range(length))
    return "-".join(code[n : n + GROUP] for n in range(0, length, GROUP))


def plain(typed: str) -> str:
    """What somebody copied by hand, as the code they were given.

    Case, width, spaces and separators do not count; O is 0, I and L are 1.

    >>> plain("abcde－o1l23 fghjk")
    'ABCDE01123FGHJK'
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in folded if c.isalnum()).translate(LOOKALIKES)


def digests_of(code: str) -> list[str]:
    """The digests (64 hex digits) under which the code may be stored, the present key's first.

    One made with a key now retired still opens.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    told = f"access-code:{plain(code)}".encode()
    return [hmac.new(key.encode(), told, hashlib.sha256).hexdigest() for key in keys]
