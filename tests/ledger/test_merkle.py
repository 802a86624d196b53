"""The tree of the ledger is that of RFC 6962: three implementations say the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ledger import merkle, verify
from tests.ledger import naive

VECTORS = json.loads(naive.VECTORS.read_text())
LEAVES = st.lists(st.binary(max_size=4).map(naive.leaf), max_size=80)


def hashes(value):
    if isinstance(value, list):
        return [bytes.fromhex(each) for each in value]
    return bytes.fromhex(value) if isinstance(value, str) else value


def told(vector):
    kind = "inclusion" if "inclusion" in vector else "consistency"
    return kind, {key: hashes(value) for key, value in vector[kind].items()}


def by_the_portal(kind, case):
    if kind == "inclusion":
        return merkle.verify_inclusion(case.pop("leaf"), **case)
    return merkle.verify_consistency(case.pop("old"), **case)


def by_the_verifier(kind, case):
    if kind == "inclusion":
        keys = ("root", "size", "index", "leaf", "proof")
        return verify.includes(*(case[key] for key in keys))
    keys = ("old", "old_root", "new", "new_root", "proof")
    return verify.grew(*(case[key] for key in keys))


def stored(leaves):
    """A store of every complete subtree, and what was asked of it."""
    nodes, asked = {}, []

    def fetch(wanted):
        asked.append(wanted)
        return {node: nodes[node] for node in wanted}

    for number, leaf in enumerate(leaves):
        nodes |= merkle.grown(number, leaf, fetch)
    asked.clear()
    return fetch, asked


def test_the_vectors_are_those_the_recursion_gives():
    assert list(naive.cases()) == VECTORS
    assert len(VECTORS) >= 196
    assert {vector["valid"] for vector in VECTORS if vector["what"] == "nothing"} == {True}
    assert sum(not vector["valid"] for vector in VECTORS) >= 350


@pytest.mark.parametrize("judge", [by_the_portal, by_the_verifier])
def test_every_vector_is_judged_as_the_recursion_judges_it(judge):
    wrong = [vector for vector in VECTORS if judge(*told(vector)) is not vector["valid"]]
    assert wrong == []


@given(LEAVES)
def test_the_root_is_that_of_the_recursion(leaves):
    fetch, asked = stored(leaves)
    wanted = naive.root(leaves)
    assert merkle.root(leaves) == wanted
    assert verify.Tree(leaves).root() == wanted
    assert merkle.root_of(len(leaves), fetch) == wanted
    assert asked == ([merkle.nodes_of_root(len(leaves))] if leaves else [])


@given(LEAVES.filter(len), st.data())
def test_every_leaf_is_proven_from_few_stored_nodes(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    fetch, asked = stored(leaves)
    proof = naive.path(index, leaves)
    assert merkle.inclusion_path(index, len(leaves), fetch) == proof
    assert merkle.inclusion_proof(index, leaves) == proof
    assert len(asked) == 1
    assert len(asked[0]) <= 2 * len(leaves).bit_length()
    case = {"index": index, "size": len(leaves), "proof": proof, "root": naive.root(leaves)}
    assert merkle.verify_inclusion(leaves[index], **case)


@given(LEAVES.filter(len), st.data())
def test_every_earlier_tree_is_proven_to_be_the_beginning(leaves, data):
    old = data.draw(st.integers(1, len(leaves)))
    fetch, asked = stored(leaves)
    proof = naive.growth(old, leaves)
    assert merkle.consistency_path(old, len(leaves), fetch) == proof
    assert merkle.consistency_proof(old, leaves) == proof
    assert verify.consistency_proof(old, leaves) == proof
    assert len(asked) == 1
    assert len(asked[0]) <= 2 * len(leaves).bit_length()
    case = {"proof": proof, "old_root": naive.root(leaves[:old]), "new_root": naive.root(leaves)}
    assert merkle.verify_consistency(old, new=len(leaves), **case)


def test_a_new_leaf_stores_itself_and_what_it_completes():
    a, b, c, d = (naive.leaf(bytes([number])) for number in range(4))
    nodes = {(0, 2): c, (1, 0): naive.node(a, b)}
    assert merkle.grown(3, d, lambda wanted: {node: nodes[node] for node in wanted}) == {
        (0, 3): d,
        (1, 1): naive.node(c, d),
        (2, 0): naive.node(naive.node(a, b), naive.node(c, d)),
    }
    assert merkle.nodes_of_root(7) == [(2, 0), (1, 2), (0, 6)]


def test_hashes_of_other_lengths_do_not_pass_though_they_join_to_the_same_bytes():
    a, b = naive.leaf(b"a"), naive.leaf(b"b")
    case = {"index": 0, "size": 2, "root": naive.node(a, b)}
    assert merkle.verify_inclusion(a, proof=[b], **case)
    assert not merkle.verify_inclusion(a + b[:1], proof=[b[1:]], **case)


@pytest.mark.parametrize("index, size", [(3, 3), (-1, 3), (0, 0)])
def test_no_proof_is_made_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match=f"no leaf {index} in a tree of {size}"):
        merkle.inclusion_path(index, size, {}.copy)


@pytest.mark.parametrize("old, new", [(0, 3), (4, 3), (0, 0)])
def test_no_proof_is_made_from_nothing_or_from_later(old, new):
    with pytest.raises(ValueError, match=f"no proof from a tree of {old} to one of {new}"):
        merkle.consistency_path(old, new, {}.copy)
