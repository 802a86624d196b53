"""What an entry commits to: pieces that can be shown, or erased, one by one (docs/ledger.md)."""

import hmac
import secrets
from collections.abc import Iterable
from typing import NamedTuple

from portal.ledger.merkle import leaf_hash, root

PREFIX = b"disclosure-ledger-piece/1"


class Piece(NamedTuple):
    """A piece as the database keeps it: hex strings; `salt` is None once it has been erased.

    The text stays where it lives, and there alone it is to be erased; only what no other row
    keeps (a reason) stands here too.
    """

    name: str
    type: str
    commitment: str
    salt: str | None
    text: str | None = None

    @property
    def is_erased(self) -> bool:
        return self.salt is None

    def says(self, text: str | None) -> bool:
        """Whether `text` is what was committed to; of an erased piece nobody can tell."""
        if self.salt is None or text is None:
            return False
        salt = bytes.fromhex(self.salt)
        return commitment_of(salt, self.name, self.type, text.encode()) == self.commitment


def commitment_of(salt: bytes, name: str, media_type: str, text: bytes) -> str:
    """HMAC-SHA256 under the piece's own salt of 32 bytes, as hex.

    Without the salt it says nothing of the text and cannot be tried against guesses.
    """
    told = b"\0".join([PREFIX, name.encode(), media_type.encode(), text])
    return hmac.digest(salt, told, "sha256").hex()


def commit(parts: Iterable[tuple[str, str, bytes]], *, keep: bool) -> list[Piece]:
    """Each (name, media type, bytes) with a new salt and the commitment under it."""
    pieces = []
    for name, media_type, text in parts:
        salt = secrets.token_bytes(32)
        commitment = commitment_of(salt, name, media_type, text)
        kept = text.decode() if keep else None
        pieces.append(Piece(name, media_type, commitment, salt.hex(), kept))
    return pieces


def content_root(pieces: Iterable[Piece]) -> str:
    """The root over the pieces in their order, as hex; it does not need their salts."""
    return root([leaf_hash(_leaf(piece)) for piece in pieces]).hex()


def _leaf(piece: Piece) -> bytes:
    name, media_type = piece.name.encode(), piece.type.encode()
    return b"\0".join([name, media_type, bytes.fromhex(piece.commitment)])
