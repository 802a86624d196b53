"""The tree of RFC 6962: roots, proofs that an entry is in it, proofs that it only grew.

Hashes are 32 raw bytes. A node is named `(level, position)`: it covers the leaves from
`position << level` up to `(position + 1) << level`, all of them present; such a node never
changes again, so it may be stored. What a tree of some size needs is made of few of them:
the functions that take `fetch` ask it once, with every node they want, for `{node: hash}`.

    >>> leaves = [leaf_hash(b"one"), leaf_hash(b"two"), leaf_hash(b"three")]
    >>> proof = inclusion_proof(0, leaves)
    >>> verify_inclusion(leaves[0], index=0, size=3, proof=proof, root=root(leaves))
    True

https://www.rfc-editor.org/rfc/rfc6962#section-2.1; verification as in RFC 9162, section 2.1.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

Node = tuple[int, int]
Range = tuple[int, int]
Fetch = Callable[[list[Node]], Mapping[Node, bytes]]

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours; the other first byte keeps a node from posing as a leaf."""
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over the leaf hashes in order; `EMPTY` over none."""
    level = list(leaf_hashes) or [EMPTY]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        alone = level[-1:] if len(level) % 2 else []
        level = [node_hash(left, right) for left, right in pairs] + alone
    return level[0]


def inclusion_proof(index: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """That the leaf at `index` is in the tree over these leaves: its neighbours, lowest first."""
    return inclusion_path(index, len(leaf_hashes), _over(leaf_hashes))


def consistency_proof(old: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """That the tree over these leaves begins with the tree over the first `old` of them."""
    return consistency_path(old, len(leaf_hashes), _over(leaf_hashes))


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Does the proof lead from the leaf hash at `index` to the root of a tree of `size`?"""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    ranges, found = inclusion_ranges(index, size), leaf
    if len(ranges) != len(proof):
        return False
    for (begin, _end), neighbour in zip(ranges, proof, strict=True):
        pair = (neighbour, found) if begin < index else (found, neighbour)
        found = node_hash(*pair)
    return found == root


def verify_consistency(
    old: int, *, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Does the proof show that the tree of size `new` begins with the tree of size `old`?

    An empty tree is the beginning of every other: a proof about size 0 says nothing, is refused.
    """
    if not 0 < old <= new or not _are_hashes(old_root, new_root, *proof):
        return False
    ranges, hashes = consistency_ranges(old, new), list(proof)
    if len(ranges) != len(hashes):
        return False
    if not ranges or ranges[0][1] > old:  # the old tree is one subtree: its root is not repeated
        ranges, hashes = [(0, old), *ranges], [old_root, *hashes]
    was = now = hashes[0]
    for (_begin, end), neighbour in zip(ranges[1:], hashes[1:], strict=True):
        if end <= old:
            was, now = node_hash(neighbour, was), node_hash(neighbour, now)
        else:
            now = node_hash(now, neighbour)
    return (was, now) == (old_root, new_root)


def nodes_of_root(size: int) -> list[Node]:
    """The complete subtrees that a tree of `size` is made of, left to right."""
    return subtrees(0, size)


def root_of(size: int, fetch: Fetch) -> bytes:
    """The root of the tree of `size`, from its stored nodes."""
    return _hashes([(0, size)], fetch)[0] if size else EMPTY


def inclusion_path(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """`inclusion_proof` from stored nodes."""
    return _hashes(inclusion_ranges(index, size), fetch)


def consistency_path(old: int, new: int, fetch: Fetch) -> list[bytes]:
    """`consistency_proof` from stored nodes."""
    return _hashes(consistency_ranges(old, new), fetch)


def grown(size: int, leaf: bytes, fetch: Fetch) -> dict[Node, bytes]:
    """What to store when `leaf` follows `size` others: itself and each subtree it completes."""
    lefts = [(level, (size >> level) - 1) for level in range(_trailing_ones(size))]
    stored = fetch(lefts)
    new = {(0, size): leaf}
    for level, position in lefts:
        leaf = node_hash(stored[level, position], leaf)
        new[level + 1, position >> 1] = leaf
    return new


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The leaves `(begin, end)` that each hash of an inclusion proof covers, lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    begin, end, ranges = 0, size, []
    while end - begin > 1:
        middle = _middle(begin, end)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The leaves `(begin, end)` that each hash of a consistency proof covers, in its order."""
    if not 0 < old <= new:
        raise ValueError(f"no proof from a tree of {old} to one of {new}")
    begin, end, ranges = 0, new, []
    while old != end:
        middle = _middle(begin, end)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    if begin:
        ranges.append((begin, end))
    return ranges[::-1]


def subtrees(begin: int, end: int) -> list[Node]:
    """The complete subtrees over the leaves from `begin`, which a split of the tree gave."""
    nodes = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        nodes.append((level, begin >> level))
        begin += 1 << level
    return nodes


def _hashes(ranges: list[Range], fetch: Fetch) -> list[bytes]:
    wanted = [subtrees(*each) for each in ranges]
    stored = fetch([node for nodes in wanted for node in nodes])
    return [_folded([stored[node] for node in nodes]) for nodes in wanted]


def _folded(hashes: list[bytes]) -> bytes:
    *lefts, found = hashes
    for left in reversed(lefts):
        found = node_hash(left, found)
    return found


def _over(leaf_hashes: Sequence[bytes]) -> Fetch:
    def fetch(nodes: list[Node]) -> dict[Node, bytes]:
        return {
            (level, position): root(leaf_hashes[position << level : (position + 1) << level])
            for level, position in nodes
        }

    return fetch


def _middle(begin: int, end: int) -> int:
    """Where RFC 6962 splits: after the largest power of two smaller than the whole."""
    return begin + (1 << ((end - begin - 1).bit_length() - 1))


def _trailing_ones(number: int) -> int:
    return ((number + 1) & ~number).bit_length() - 1


def _are_hashes(*values: bytes) -> bool:
    return all(isinstance(value, bytes) and len(value) == 32 for value in values)
