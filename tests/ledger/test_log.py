"""Each act of publication leaves its entry, whole or not at all."""

from datetime import timedelta

import pytest

from disclosures import proof
from disclosures.models import Disclosure, Edition
from portal.ledger.acts import Refused
from portal.ledger.log import append
from portal.ledger.merkle import leaf_hash, root, root_of
from portal.ledger.models import LedgerEntry, Node, Opening, Tail
from portal.ledger.moments import as_of, now
from portal.ledger.pieces import content_root

pytestmark = pytest.mark.django_db


def told(edition):
    entries = LedgerEntry.objects.filter(item=str(edition.disclosure_id))
    return [entry.told for entry in entries]


def test_a_publication_is_entered_with_its_plan_and_without_words(stage):
    edition = stage.published()
    (entry,) = told(edition)
    assert entry | {"at": "", "content": ""} == {
        "v": 1,
        "seq": 0,
        "kind": "publish",
        "at": "",
        "item": str(edition.disclosure_id),
        "edition": 1,
        "prev": None,
        "public": {
            "address": edition.disclosure.get_absolute_url(),
            "opens": entry["public"]["opens"],
            "closes": None,
        },
        "pieces": Opening.objects.get(pk=0).pieces.__len__(),
        "content": "",
        "facts": {},
    }
    raw = bytes(LedgerEntry.objects.get().raw).decode()
    for word in (edition.title, edition.issuer, stage.cast.editor.name, edition.digest):
        assert word not in raw


def test_the_pieces_say_what_the_page_says_and_the_entry_commits_to_them(stage):
    edition = stage.published(body="<p>甲</p><table><tbody><tr><td>乙</td></tr></tbody></table>")
    opening = Opening.objects.get()
    (rows,) = proof.pieces_of(edition).values()
    pieces = {piece.name: text for piece, text in rows}
    assert pieces["title"] == edition.title
    assert pieces["index_number"] == edition.disclosure.index_number
    body = [text for name, text in pieces.items() if name.startswith("body/")]
    assert len(body) == 3
    assert "".join(body) == edition.body
    assert all(piece.says(text) and piece.text is None for piece, text in rows)
    assert content_root(opening.listed()) == opening.entry.told["content"]


def test_nothing_of_an_inner_notice_stands_in_clear(stage):
    edition = stage.published(audiences=["staff"], inner_reason="涉及教职工个人事项")
    (entry,) = told(edition)
    raw = bytes(LedgerEntry.objects.get().raw).decode()
    assert entry["public"] is None
    assert "staff" not in raw
    assert stage.cast.school.slug not in raw
    (rows,) = proof.pieces_of(edition).values()
    assert '"staff"' in {piece.name: text for piece, text in rows}["plan"]


def test_each_act_on_the_board_has_its_kind_and_points_to_the_one_before(stage):
    edition = stage.withdrawn()
    assert [(e["kind"], e["prev"], e["facts"]) for e in told(edition)] == [
        ("publish", None, {}),
        ("withdraw", 0, {"ground": "error"}),
    ]


def test_a_cancelled_publication_stays_in_the_log(stage):
    edition = stage.published(opens_at=now() + timedelta(days=2))
    edition.cancel(by=stage.cast.office, reason="日期有误")
    assert [entry["kind"] for entry in told(edition)] == ["publish", "cancel"]


def test_a_refused_act_leaves_no_entry(stage):
    edition = stage.approved()
    with pytest.raises(Refused):
        edition.publish(by=stage.cast.editor)
    assert not LedgerEntry.objects.exists()
    assert Edition.objects.get(pk=edition.pk).state == "approved"


def test_an_act_that_breaks_after_its_entry_takes_the_entry_with_it(stage, monkeypatch):
    edition = stage.approved()
    monkeypatch.setattr("disclosures.news.published", lambda edition: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        edition.publish(by=stage.cast.office)
    assert not LedgerEntry.objects.exists()
    assert not Node.objects.exists()
    assert Disclosure.objects.get().index_number is None


def test_the_log_has_no_gaps_and_its_nodes_are_its_tree(db):
    for number in range(21):
        append("publish", item=f"item {number}")
    entries = list(LedgerEntry.objects.all())
    assert [entry.told["seq"] for entry in entries] == list(range(21)) == [e.pk for e in entries]
    hashes = [leaf_hash(bytes(entry.raw)) for entry in entries]
    assert root_of(21, Node.objects.fetch) == root(hashes)
    assert Tail.objects.get().size == 21


def test_the_moments_never_go_back_when_the_clock_does(db, caplog):
    append("publish", item="a")
    with as_of(now() - timedelta(days=3)):
        append("publish", item="b")
    first, second = LedgerEntry.objects.all()
    assert second.at == first.at
    assert "the ledger is already at" in caplog.text


def test_what_is_entered_is_not_changed_through_the_models(db):
    append("publish", item="a")
    for rows in (LedgerEntry.objects, Opening.objects, Node.objects):
        with pytest.raises(TypeError):
            rows.update(pk=9)
        with pytest.raises(TypeError):
            rows.all().delete()
