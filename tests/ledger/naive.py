"""RFC 6962 as its text says it, by recursion, and every kind of wrong proof made from it.

`python -m tests.ledger.naive` writes `vectors.json` anew; a changed file is a changed format.
"""

import json
from hashlib import sha256
from pathlib import Path

VECTORS = Path(__file__).parent / "vectors.json"
PAIRS = ((0, 1), (0, 2), (1, 3), (2, 5), (4, 7), (3, 8), (8, 13), (21, 32), (32, 33))
GROWTHS = ((1, 1), (1, 2), (2, 3), (3, 5), (4, 7), (6, 8), (8, 13), (13, 13), (21, 33))


def leaf(data):
    return sha256(b"\0" + data).digest()


def node(left, right):
    return sha256(b"\1" + left + right).digest()


def split(size):
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    half = split(len(leaves))
    return node(root(leaves[:half]), root(leaves[half:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), root(leaves[half:])]
    return [*path(index - half, leaves[half:]), root(leaves[:half])]


def growth(old, leaves, whole=True):
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = split(len(leaves))
    if old <= half:
        return [*growth(old, leaves[:half], whole), root(leaves[half:])]
    return [*growth(old - half, leaves[half:], False), root(leaves[:half])]


def includes(found, index, size, proof, wanted):
    """By the definition of the path read backwards; a proof too long or too short is wrong."""

    def up(index, size, proof):
        if size == 1:
            return found if not proof else b""
        if not proof:
            return b""
        *rest, last = proof
        half = split(size)
        if index < half:
            return node(up(index, half, rest), last)
        return node(last, up(index - half, size - half, rest))

    hashes = all(len(each) == 32 for each in (found, wanted, *proof))
    return hashes and 0 <= index < size and up(index, size, proof) == wanted


def grew(old, new, proof, old_root, new_root):
    def up(old, new, proof, whole):
        if old == new:
            fits = len(proof) == (0 if whole else 1)
            start = old_root if whole else proof[0] if proof else b""
            return (start, start) if fits else (b"", b"")
        if not proof:
            return b"", b""
        *rest, last = proof
        half = split(new)
        if old <= half:
            was, now = up(old, half, rest, whole)
            return was, node(now, last)
        was, now = up(old - half, new - half, rest, False)
        return node(last, was), node(last, now)

    hashes = all(len(each) == 32 for each in (old_root, new_root, *proof))
    return hashes and 0 < old <= new and up(old, new, proof, True) == (old_root, new_root)


def wrong_proofs(proof):
    """(what is wrong, the proof)."""
    yield "nothing", proof
    yield "trailing garbage", [*proof, leaf(b"garbage")]
    yield "leading garbage", [leaf(b"garbage"), *proof]
    yield "empty hash after", [*proof, b""]
    if proof:
        yield "no proof", []
        yield "last hash cut off", proof[:-1]
        yield "first hash cut off", proof[1:]
        yield "a bit in the first hash", [flipped(proof[0]), *proof[1:]]
        yield "a bit in the last hash", [*proof[:-1], flipped(proof[-1])]
        yield "first hash cut short", [proof[0][:-1], *proof[1:]]
        yield "last hash too long", [*proof[:-1], proof[-1] + b"\0"]
        yield "first hash doubled", [proof[0], *proof]
    if len(proof) > 1:
        yield "back to front", proof[::-1]


def flipped(hashed):
    return bytes([hashed[0] ^ 1]) + hashed[1:]


def inclusion_cases():
    for index, size in PAIRS:
        leaves = [leaf(bytes([number])) for number in range(size)]
        right = {"leaf": leaves[index], "index": index, "size": size, "root": root(leaves)}
        right["proof"] = path(index, leaves)
        for what, proof in wrong_proofs(right["proof"]):
            yield what, right | {"proof": proof}
        for what, change in {
            "wrong root": {"root": flipped(right["root"])},
            "root of nothing": {"root": root([])},
            "root cut short": {"root": right["root"][:-1]},
            "leaf and root swapped": {"root": right["leaf"], "leaf": right["root"]},
            "wrong leaf": {"leaf": flipped(right["leaf"])},
            "node hash for leaf hash": {"leaf": node(right["leaf"], b"")},
            "next index": {"index": index + 1},
            "index before": {"index": index - 1},
            "index is size": {"index": size},
            "size one less": {"size": size - 1},
            "size squared": {"size": size**2 + 7},
            "size doubled": {"size": size * 2},
            "size nought": {"size": 0},
        }.items():
            yield what, right | change


def consistency_cases():
    for old, new in GROWTHS:
        leaves = [leaf(bytes([number])) for number in range(new)]
        right = {"old": old, "new": new, "proof": growth(old, leaves)}
        right |= {"old_root": root(leaves[:old]), "new_root": root(leaves)}
        for what, proof in wrong_proofs(right["proof"]):
            yield what, right | {"proof": proof}
        for what, change in {
            "wrong old root": {"old_root": flipped(right["old_root"])},
            "wrong new root": {"new_root": flipped(right["new_root"])},
            "roots swapped": {"old_root": right["new_root"], "new_root": right["old_root"]},
            "root of nothing": {"old_root": root([])},
            "old root cut short": {"old_root": right["old_root"][:-1]},
            "sizes swapped": {"old": new, "new": old},
            "old size nought": {"old": 0},
            "old size nought, no proof": {"old": 0, "proof": [], "old_root": root([])},
            "old size one less": {"old": old - 1},
            "old size one more": {"old": old + 1},
            "new size one less": {"new": new - 1},
            "new size squared": {"new": new**2 + 7},
            "both sizes the old": {"new": old},
            "both sizes nought": {"old": 0, "new": 0, "proof": [], "old_root": right["new_root"]},
        }.items():
            yield what, right | change


def cases():
    """Every vector as plain JSON: hashes in hex, `valid` by the recursion above."""
    for what, case in inclusion_cases():
        valid = includes(case["leaf"], *(case[key] for key in ("index", "size", "proof", "root")))
        yield {"what": what, "valid": valid, "inclusion": plain(case)}
    for what, case in consistency_cases():
        valid = grew(*(case[key] for key in ("old", "new", "proof", "old_root", "new_root")))
        yield {"what": what, "valid": valid, "consistency": plain(case)}


def plain(case):
    def text(value):
        if isinstance(value, list):
            return [each.hex() for each in value]
        return value.hex() if isinstance(value, bytes) else value

    return {key: text(value) for key, value in case.items()}


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(case) for case in cases())
    VECTORS.write_text(f"[\n{lines}\n]\n")
