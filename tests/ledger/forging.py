"""Logs, heads, bundles and copies made in memory, honest or forged, without the portal.

Written from docs/ledger.md alone, signed by another implementation of Ed25519.
"""

import base64
import hashlib
import hmac
import json
import random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.ledger import naive

ORIGIN = "school.example/ledger"
ITEM = "0f8fad5b-d9cb-469f-a165-70867728950e"
OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
NOW = "2026-11-20T12:00:00.000000Z"
PLAN = {"address": "/n/0f8fad5b/", "opens": "2026-11-01T00:00:00.000000Z", "closes": None}
SAYS = {"address": "/n/0f8fad5b/", "title": "收费公示", "body/0001": "<p>每生每学期 100 元。</p>"}


def canonical(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def hour(number):
    """The moment of an hour of November 2026."""
    return f"2026-11-{1 + number // 24:02}T{number % 24:02}:00:00.000000Z"


class Key:
    def __init__(self, seed=b"1", origin=ORIGIN):
        self.origin = origin
        self.private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())
        public = b"\1" + self.private.public_key().public_bytes_raw()
        self.id = hashlib.sha256(origin.encode() + b"\n" + public).digest()[:4]
        self.text = f"{origin}+{self.id.hex()}+{base64.b64encode(public).decode()}"

    def sign(self, size, root):
        body = f"{self.origin}\n{size}\n{base64.b64encode(root).decode()}\n"
        mark = base64.b64encode(self.id + self.private.sign(body.encode())).decode()
        return f"{body}\n— {self.origin} {mark}\n"


def sealed(name, text, salt, media_type="text/plain"):
    start = f"{name}\0{media_type}\0".encode()
    told = b"disclosure-ledger-piece/1\0" + start + text.encode()
    made = hmac.new(salt, told, hashlib.sha256).hexdigest()
    piece = {"name": name, "type": media_type, "commitment": made}
    return piece | {"salt": salt.hex(), "text": text}


def content(pieces):
    leaves = [
        f"{piece['name']}\0{piece['type']}\0".encode() + bytes.fromhex(piece["commitment"])
        for piece in pieces
    ]
    return naive.root([naive.leaf(data) for data in leaves]).hex()


class Log:
    """A log one writes into; `copy` it to fork it."""

    def __init__(self, key=None, seed=1):
        self.key, self.salts = key or Key(), random.Random(seed)
        self.entries, self.lines, self.pieces, self.last = [], [], {}, {}

    def write(self, kind, *, item=ITEM, edition=1, at=None, public=None, says=None, **facts):
        """Append an entry; with `says` its pieces are public."""
        seq = len(self.entries)
        pieces = [
            sealed(name, text, self.salts.randbytes(32))
            for name, text in (says or {"address": "/n/0f8fad5b/"}).items()
        ]
        entry = {"v": 1, "seq": seq, "kind": kind, "at": at or hour(seq % 400), "item": item}
        entry |= {"edition": edition, "prev": self.last.get(item) if item else None}
        entry |= {"public": public}
        entry |= {"pieces": len(pieces), "content": content(pieces), "facts": facts}
        self.last[item] = seq
        self.put(entry)
        self.pieces[seq] = pieces
        return seq

    def put(self, entry):
        self.entries.append(entry)
        self.lines.append(canonical(entry))

    def anchor(self, at=NOW):
        facts = {"acts": len(self.entries), "root": hashlib.sha256(b"acts").hexdigest()}
        return self.write("anchor", item="", edition=0, at=at, **facts)

    def erase(self, seq, name):
        for piece in self.pieces[seq]:
            if piece["name"] == name:
                piece["salt"] = piece["text"] = None

    def leaves(self, size=None):
        return [naive.leaf(line) for line in self.lines[:size]]

    def head(self, size=None):
        leaves = self.leaves(size)
        return f"{len(leaves)} {naive.root(leaves).hex()}"

    def checkpoint(self, size=None, key=None):
        leaves = self.leaves(size)
        return (key or self.key).sign(len(leaves), naive.root(leaves))

    def since(self, old, size=None):
        leaves = self.leaves(size)
        proof = [each.hex() for each in naive.growth(old, leaves)]
        return {"size": old, "root": naive.root(leaves[:old]).hex(), "proof": proof}

    def proven(self, seq, size=None):
        path = naive.path(seq, self.leaves(size))
        return {"entry": self.lines[seq].decode(), "proof": [each.hex() for each in path]}

    def bundle(self, item=ITEM, *, size=None, since=(), shown=None):
        """`shown`: the entries whose pieces are given; all that have some unless said."""
        size = size or len(self.entries)
        entries = enumerate(self.entries[:size])
        about = [seq for seq, entry in entries if entry["item"] == item]
        held = {
            seq: [dict(piece) for piece in self.pieces[seq]]
            for seq in (about if shown is None else shown)
        }
        return {
            "format": "disclosure-bundle/1",
            "checkpoint": self.checkpoint(size),
            "item": item,
            "entries": [self.proven(seq, size) | {"pieces": held.get(seq)} for seq in about],
            "newest": self.proven(size - 1, size),
            "since": [self.since(old, size) for old in since],
        }

    def files(self, *, shown=()):
        """{name: bytes} of everything under /ledger/."""
        heads = "".join(f"{self.head(size)} {NOW}\n" for size in self.signed_sizes())
        files = {"checkpoint": self.checkpoint().encode(), "heads.txt": heads.encode()}
        for start in range(0, len(self.lines), 256):
            lines = b"".join(line + b"\n" for line in self.lines[start : start + 256])
            files[f"entries/{start // 256:05}.jsonl"] = lines
        for seq in shown or self.pieces:
            files[f"content/{seq}.json"] = canonical(self.pieces[seq])
        return files

    def signed_sizes(self):
        size = len(self.entries)
        return sorted({max(1, size // 2), size})

    def lay_out(self, folder, **options):
        """A copy of /ledger/ as files."""
        for name, data in self.files(**options).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder


def published(*, more=5, **options):
    """A log with a published notice, a few entries about another one, and today's anchor."""
    log = Log(**options)
    log.write("publish", public=PLAN, says=SAYS)
    for _ in range(more):
        log.write("publish", item=OTHER, edition=len(log.entries), public=PLAN, says=SAYS)
    log.anchor()
    return log


def long_log(size, says=SAYS):
    """A log of `size` entries: matters published and corrected, then today's anchor."""
    log = Log()
    for number in range(size - 1):
        item = f"{number // 2:08x}-0000-4000-8000-000000000000"
        kind = "correct" if number % 2 else "publish"
        told = {"item": item, "edition": 1 + number % 2, "at": hour(0), "public": PLAN}
        log.write(kind, says=says, **told)
    log.anchor()
    return log
