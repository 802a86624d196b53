"""An entry that breaks the rules of the log is invalid even if the log's own key signed it."""

import pytest

from tests.ledger.forging import ITEM, NOW, OTHER, PLAN, canonical, hour, published


def with_entry(**changes):
    """A log whose second entry about the item is as an honest one, but for these keys."""
    log = published(more=1)
    log.write("confirm", at=NOW)
    honest = log.entries.pop()
    log.lines.pop()
    log.put({key: value for key, value in (honest | changes).items() if value is not Ellipsis})
    return log


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"at": hour(0).replace("2026-11", "2026-10")}, "次序或时间倒退"),
        ({"prev": None}, "没有接上前一条"),
        ({"prev": 1}, "没有接上前一条"),
        ({"seq": 2}, "不在存证中"),
        ({"seq": 9}, "不在存证中"),
        ({"v": 2}, "版式未知"),
        ({"v": True}, "内容不合规定"),
        ({"v": ...}, "内容不合规定"),
        ({"more": 1}, "内容不合规定"),
        ({"at": "2026-11-20T12:00:00Z"}, "内容不合规定"),
        ({"prev": -1}, "内容不合规定"),
        ({"content": "A" * 64}, "内容不合规定"),
        ({"public": {"address": "/"}}, "内容不合规定"),
        ({"public": PLAN | {"opens": None}}, "内容不合规定"),
        ({"facts": {"ground": "error"}}, "内容不合规定"),
        ({"facts": []}, "内容不合规定"),
        ({"kind": "withdraw"}, "内容不合规定"),
        ({"kind": "redact", "facts": {"basis": "x"}}, "内容不合规定"),
        ({"kind": "anchor", "facts": {"acts": 1, "root": "x"}}, "内容不合规定"),
        ({"item": OTHER}, "混入"),
    ],
)
def test_an_entry_against_the_rules_is_invalid(judge, changes, reason):
    log = with_entry(**changes)
    bundle = log.bundle(shown=[])
    if changes.get("item"):
        bundle["entries"].append(log.proven(3) | {"pieces": None})
    else:
        bundle["entries"] = [
            log.proven(0) | {"pieces": log.pieces[0]},
            log.proven(3) | {"pieces": log.pieces[3]},
        ]
    answer = judge(bundle, head=log.head())
    assert (answer.code, reason in answer.text) == (40, True)


def test_entries_out_of_order_are_invalid_even_if_they_name_each_other(judge):
    log = with_entry(prev=None, at=NOW)
    log.put(log.entries[0] | {"seq": 4, "prev": None, "at": NOW})
    log.entries[3]["prev"] = 4
    log.lines[3] = canonical(log.entries[3])
    bundle = log.bundle(shown=[])
    bundle["entries"] = [log.proven(seq) | {"pieces": None} for seq in (4, 3)]
    answer = judge(bundle, head=log.head())
    assert (answer.code, "第 3 条存证 entry 的次序或时间倒退" in answer.text) == (40, True)


def test_a_last_entry_older_than_those_about_the_item_is_invalid(judge):
    log = published()
    log.write("confirm", at=hour(460))
    log.anchor(at=hour(459))
    answer = judge(log.bundle(), head=log.head())
    assert (answer.code, "最近一条存证不对" in answer.text) == (40, True)


def test_an_entry_that_counts_fewer_pieces_than_it_commits_to_is_altered(judge):
    log = published()
    log.entries[0]["pieces"] = 2
    log.lines[0] = canonical(log.entries[0])
    assert len(log.pieces[0]) == 3
    assert judge(log.bundle(), head=log.head()).code == 41


def test_an_entry_of_a_kind_of_a_later_room_is_read_over(judge):
    log = with_entry(kind="reply", facts={"letter": "1"})
    assert judge(log.bundle(), head=log.head()).code == 0


def test_an_entry_that_is_not_canonical_is_invalid(judge):
    log = published()
    log.lines[0] = canonical(log.entries[0]).replace(b'"v":1', b'"v": 1')
    assert judge(log.bundle(ITEM), head=log.head()).code == 40
