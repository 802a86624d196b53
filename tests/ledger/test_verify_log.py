"""Each invariant of the log, its heads and its anchors broken once: its code, and the row named."""

from datetime import timedelta

import pytest

from portal.ledger.log import append
from portal.ledger.models import (
    Act,
    Anchor,
    Checkpoint,
    LedgerEntry,
    Node,
    Rehash,
    Tail,
)
from portal.ledger.signing import Signer
from portal.text.canonical import json_bytes
from tests.ledger.house import ORIGIN, change, erase, rows

pytestmark = pytest.mark.django_db


def entry(house, kind="publish", nth=0):
    return LedgerEntry.objects.filter(kind=kind).order_by("seq")[nth]


def said_of(house, row):
    name = f"{row._meta.label} {row.pk}"
    return [(each.code, str(each.sentence)) for each in house.findings() if each.row == name]


def rewritten(row, **told):
    """The entry with other words, as canonical as the one before."""
    change(row, raw=json_bytes(row.told | told))


def test_an_entry_that_is_gone_leaves_a_gap(house):
    with house.broken():
        row = entry(house, nth=1)
        erase(row)
        assert (40, f"ledger.LedgerEntry {row.seq + 1}") in house.told()
        assert (40, f"ledger.Opening {row.seq}") in house.told()


def test_the_last_entries_that_are_gone_contradict_a_signed_head(house):
    with house.broken():
        size = Checkpoint.objects.last().size
        for row in LedgerEntry.objects.filter(seq__gte=size - 1):
            erase(row)
        assert (30, f"ledger.Checkpoint {size}") in house.told()
        assert (40, "ledger.Tail") in house.told()


def test_a_rewritten_entry_is_another_log_than_the_one_signed(house):
    with house.broken():
        row = entry(house, nth=1)
        rewritten(row, at=row.told["at"].replace("2026", "2025"))
        told = house.told()
        assert (40, f"ledger.LedgerEntry {row.seq}") in told
        assert (40, f"ledger.Node 0/{row.seq}") in told
        assert {code for code, name in told if name.startswith("ledger.Checkpoint")} == {30}


@pytest.mark.parametrize(
    "spoil",
    [lambda raw: raw + b" ", lambda raw: raw.replace(b'"v":1', b'"v":1,"v":1'), lambda raw: b"{"],
)
def test_bytes_that_are_not_canonical_are_no_entry(house, spoil):
    with house.broken():
        row = entry(house)
        change(row, raw=spoil(bytes(row.raw)))
        assert (40, f"ledger.LedgerEntry {row.seq}") in house.told()


def test_an_entry_names_the_one_before_it_about_its_matter(house):
    with house.broken():
        row = entry(house, "withdraw")
        rewritten(row, prev=None)
        found = [each for each in house.findings() if each.row == f"ledger.LedgerEntry {row.seq}"]
        assert [(each.code, each.sentence) for each in found] == [
            (40, "没有接上同一事项的前一条。")
        ]


def test_time_does_not_go_back(house):
    with house.broken():
        row = entry(house, nth=3)
        earlier = row.at - timedelta(hours=1)
        change(row, at=earlier, raw=json_bytes(row.told | {"at": earlier}))
        found = [
            str(each.sentence) for each in house.findings() if each.row.endswith(f"y {row.seq}")
        ]
        assert "时间早于前一条。" in found


def test_what_an_entry_commits_to_is_kept_as_it_was(house):
    with house.broken():
        row = entry(house).opening
        other = row.listed()
        other[0] = other[0]._replace(commitment="0" * 64)
        change(row, pieces=other)
        assert (41, f"ledger.Opening {row.pk}") in house.told()


def test_a_kept_reason_says_what_was_committed_to(house):
    with house.broken():
        row = entry(house, "withdraw").opening
        told = [piece._replace(text="没有原因") for piece in row.listed() if piece.name == "reason"]
        others = [piece for piece in row.listed() if piece.name != "reason"]
        change(row, pieces=[*others, *told])
        assert (41, f"ledger.Opening {row.pk}") in house.told()


def test_a_salt_destroyed_without_an_entry_is_missing(house):
    with house.broken():
        row = entry(house).opening
        change(row, pieces=[piece._replace(salt=None) for piece in row.listed()])
        assert (42, f"ledger.Opening {row.pk}") in house.told()
        erase(row)
        assert (42, f"ledger.Opening {row.pk}") in house.told()


def test_what_was_lawfully_erased_is_gone(house):
    with house.broken():
        row = entry(house).opening
        erased = {"basis": "guardian", "erased": [[row.pk, "title"], [row.pk, "no such"]]}
        append("redact", item="a", facts=erased)
        assert (43, f"ledger.Opening {row.pk}") in house.told()
        assert (40, f"ledger.LedgerEntry {row.pk}") in house.told()
        row.erase({"title"})
        assert (43, f"ledger.Opening {row.pk}") not in house.told()


def test_nodes_are_those_of_the_entries_and_no_more(house):
    with house.broken():
        erase(Node.objects.get(level=0, position=2))
        change(Node.objects.get(level=2, position=1), hash=b"\0" * 32)
        extra = Node(level=0, position=10_000, hash=b"\0" * 32)
        rows(Node).bulk_create([extra])
        names = {"ledger.Node 0/2", "ledger.Node 2/1", f"ledger.Node {extra.pk}"}
        assert house.told() == {(40, name) for name in names}


def test_the_tail_is_where_the_log_ends(house):
    with house.broken():
        tail = Tail.objects.get()
        change(tail, size=tail.size + 1)
        assert house.told() == {(40, "ledger.Tail")}


def test_a_head_signed_with_another_key_is_none(house, tmp_path):
    with house.broken():
        other = Signer(tmp_path, ORIGIN)
        other.make_key()
        rows(Checkpoint).delete()
        head = other.sign()
        assert (40, f"ledger.Checkpoint {head.size}") in house.told()


def test_a_signed_head_that_is_gone_is_missed_by_the_next_anchor(house):
    with house.broken():
        erase(Checkpoint.objects.first())
        last = Anchor.objects.order_by("pk").first()
        assert house.told() == {(42, f"ledger.Anchor {last.pk}")}


def test_a_head_of_another_log_is_a_fork(house):
    with house.broken():
        head = Checkpoint.objects.first()
        change(head, root=b"\0" * 32)
        name = f"ledger.Checkpoint {head.size}"
        assert house.told() == {(30, name), (40, name), (41, name)}


def test_an_anchor_is_what_its_entry_commits_to(house):
    with house.broken():
        row = Anchor.objects.first()
        change(row, leaves=bytes(32) + bytes(row.leaves)[32:])
        assert (40, f"ledger.Anchor {row.pk}") in house.told()
        erase(row)
        assert (42, f"ledger.Anchor {row.pk}") in house.told()


def test_what_a_removal_made_of_a_hash_is_committed_to(house):
    with house.broken():
        row = Rehash.objects.first()
        change(row, after="0" * 64)
        assert (41, f"ledger.Rehash {row.pk}") in house.told()
        erase(row)
        assert (42, f"ledger.LedgerEntry {row.entry_id}") in house.told()


def test_an_act_gone_from_the_record_is_missed_and_so_are_its_rows(house):
    with house.broken():
        act = Act.objects.filter(name="approve").order_by("pk").first()
        first = Anchor.objects.first()
        erase(act)
        told = house.told()
        assert (42, f"ledger.Anchor {first.pk}") in told
        assert any(name.startswith("disclosures.HistoricalEdition") for _code, name in told)


def test_acts_that_change_places_are_found(house):
    with house.broken():
        one, two = Act.objects.filter(name="submit").order_by("pk")[:2]
        change(one, id=10**6)
        change(two, id=one.pk)
        change(rows(Act).get(id=10**6), id=two.pk)
        assert {(41, f"ledger.Act {one.pk}"), (41, f"ledger.Act {two.pk}")} <= house.told()


def test_an_act_entered_late_with_an_early_date_is_found(house):
    with house.broken():
        act = Act.objects.filter(name="submit").order_by("pk").first()
        act.pk, act.uuid = None, "0" * 32
        rows(Act).bulk_create([act])
        assert (41, f"ledger.Act {act.pk}") in house.told()
