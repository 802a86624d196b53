"""The signer: a process of its own that alone holds the key and never looks back.

It reads entries and adds them to the tree it keeps itself, so that no change in the database
makes it sign another past; a log that got shorter, or begins otherwise, it refuses to sign.
"""

import hashlib
import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.ledger.merkle import Node, grown, leaf_hash, nodes_of_root, root_of
from portal.ledger.models import Checkpoint, LedgerEntry
from portal.ledger.moments import now

ED25519 = b"\x01"


class NotSigned(Exception):
    """The log is not the one signed before, or the key is missing; the message says which."""


class Signer:
    """Signs heads of the log for `origin`; key and last head lie in `folder`."""

    def __init__(self, folder: Path, origin: str):
        self.folder, self.origin = Path(folder), origin

    def make_key(self) -> str:
        """Make the key, once, readable by its owner only. Returns the public key as text."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        handle = os.open(self._key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(b64encode(seed) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        return self.public_key()

    def has_key(self) -> bool:
        return self._key_path.exists()

    def public_key(self) -> str:
        """`origin+keyid+base64(01 ‖ key)`, as anybody pins it (C2SP signed-note)."""
        public = self._key().public_key().public_bytes_raw()
        return f"{self.origin}+{self._key_id(public).hex()}+{_base64(ED25519 + public)}"

    def sign(self) -> Checkpoint | None:
        """Sign the log as it is now, if it grew. The new head is on disk before it is shown."""
        size, nodes = self._kept()
        last = self._last(size, nodes)
        for entry in LedgerEntry.objects.filter(seq__gte=size).order_by("seq").iterator():
            if entry.seq != size:
                raise NotSigned(f"Entry {size} is missing.")
            size, nodes = size + 1, _add(nodes, size, bytes(entry.raw))
        if size == (last.size if last else 0):
            return None
        self._keep(size, nodes)
        return self._publish(size, root_of(size, lambda _wanted: nodes))

    def _publish(self, size, root):
        text = f"{self.origin}\n{size}\n{_base64(root)}\n"
        public = self._key().public_key().public_bytes_raw()
        signature = _base64(self._key_id(public) + self._key().sign(text.encode()))
        checkpoint = Checkpoint(
            size=size,
            root=root,
            note=f"{text}\n— {self.origin} {signature}\n",
            key=self.public_key(),
            at=now(),
        )
        checkpoint.save(force_insert=True)
        return checkpoint

    def _last(self, size, nodes):
        """The newest head in the database, which must hold all that was signed, and agree."""
        held = LedgerEntry.objects.count()
        if held < size:
            raise NotSigned(f"The log has {held} entries, but {size} have been signed.")
        last = Checkpoint.objects.last()
        if last and last.size > size:
            raise NotSigned(f"Size {last.size} was signed elsewhere; here only {size} are known.")
        if last and last.size == size and bytes(last.root) != root_of(size, lambda _wanted: nodes):
            raise NotSigned(f"The head of size {size} in the database is not the one signed.")
        return last

    def _key(self) -> Ed25519PrivateKey:
        try:
            seed = b64decode(self._key_path.read_bytes().strip(), validate=True)
            return Ed25519PrivateKey.from_private_bytes(seed)
        except (OSError, ValueError) as problem:
            raise NotSigned(f"The key in {self._key_path} cannot be read.") from problem

    def _key_id(self, public: bytes) -> bytes:
        return hashlib.sha256(self.origin.encode() + b"\n" + ED25519 + public).digest()[:4]

    @property
    def _key_path(self) -> Path:
        return self.folder / "key"

    def _kept(self) -> tuple[int, dict[Node, bytes]]:
        """The size signed last and the subtrees of its root."""
        try:
            kept = json.loads((self.folder / "head.json").read_text())
        except FileNotFoundError:
            return 0, {}
        names = nodes_of_root(kept["size"])
        hashes = [bytes.fromhex(value) for value in kept["nodes"]]
        return kept["size"], dict(zip(names, hashes, strict=True))

    def _keep(self, size: int, nodes: dict[Node, bytes]) -> None:
        """Written whole and synced before it has its name, so that a crash leaves one or other."""
        told = {"size": size, "nodes": [nodes[name].hex() for name in nodes_of_root(size)]}
        incoming = self.folder / ".head.json"
        with incoming.open("w") as out:
            json.dump(told, out)
            out.flush()
            os.fsync(out.fileno())
        incoming.replace(self.folder / "head.json")
        handle = os.open(self.folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _add(nodes: dict[Node, bytes], size: int, raw: bytes) -> dict[Node, bytes]:
    new = grown(size, leaf_hash(raw), lambda _wanted: nodes)
    return {name: (nodes | new)[name] for name in nodes_of_root(size + 1)}


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
