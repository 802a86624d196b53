"""A copy of everything under /ledger/: each entry, each head, each content file is checked."""

import time

import pytest

from tests.ledger.forging import ITEM, NOW, SAYS, canonical, long_log, published


@pytest.fixture
def check(judge, tmp_path):
    def run(log, *, spoil=None, shown=(), **options):
        folder = log.lay_out(tmp_path / "ledger", shown=shown)
        if spoil:
            spoil(folder)
        return judge.on("--mirror", str(folder), **options)

    return run


def test_a_whole_copy_is_right(check):
    log = published()
    answer = check(log, head=log.head(3))
    assert (answer.code, "共 7 条存证、3 个事项" in answer.text) == (0, True)
    assert check(log).code == 10
    assert check(log, head=log.head(), at="2026-11-25T00:00:00Z").code == 20


def test_entries_written_after_the_checkpoint_was_copied_do_no_harm(check):
    log = published()
    text, head = log.checkpoint(), log.head()
    log.write("confirm", at=NOW)
    log.write("confirm", at=NOW)
    answer = check(log, head=head, spoil=lambda it: (it / "checkpoint").write_text(text))
    assert answer.code == 0


@pytest.mark.parametrize("name", ["checkpoint", "heads.txt", "entries/00000.jsonl"])
def test_a_missing_file_is_no_verdict_and_is_named(check, name):
    log = published()
    answer = check(log, head=log.head(), spoil=lambda it: (it / name).unlink())
    assert (answer.code, f"缺少 {name}" in answer.text) == (50, True)


def test_a_missing_content_file_of_an_open_edition_is_missing(check):
    log = published()
    answer = check(log, head=log.head(), spoil=lambda it: (it / "content/0.json").unlink())
    assert (answer.code, "第 0 条存证应在公开" in answer.text) == (42, True)


@pytest.mark.parametrize(
    "name, reason",
    [
        ("checkpoint", "存证点的写法"),
        ("entries/00000.jsonl", "entries/00000.jsonl 不完整"),
        ("content/0.json", "content/0.json 不完整"),
        ("heads.txt", "heads.txt 的写法"),
    ],
)
def test_a_truncated_file_is_invalid_and_is_named(check, name, reason):
    def cut(folder):
        (folder / name).write_bytes((folder / name).read_bytes()[:-20])

    log = published()
    answer = check(log, head=log.head(), spoil=cut)
    assert (answer.code, reason in answer.text) == (40, True)


def test_an_entry_that_names_another_place_is_invalid_though_signed(check):
    log = published()
    log.put(log.entries[-1] | {"seq": 9})
    answer = check(log, head=log.head())
    assert (answer.code, "缺第 7 条存证" in answer.text) == (40, True)


def test_two_entries_exchanged_or_one_left_out_are_found(check):
    log = published()

    def exchange(folder):
        a, b, *rest = log.lines
        (folder / "entries/00000.jsonl").write_bytes(b"\n".join([b, a, *rest, b""]))

    def leave_out(folder):
        (folder / "entries/00000.jsonl").write_bytes(b"\n".join([*log.lines[1:], b"{}", b""]))

    assert check(log, head=log.head(), spoil=exchange).code == 40
    assert check(log, head=log.head(), spoil=leave_out).code == 40


def test_entries_that_do_not_have_the_signed_root_are_invalid(check):
    log, other = published(), published(seed=2)
    text = other.checkpoint()
    answer = check(log, spoil=lambda it: (it / "checkpoint").write_text(text))
    assert (answer.code, "算不出所签的根" in answer.text) == (40, True)


def test_a_head_the_site_lists_and_the_log_contradicts_is_a_fork(check):
    log, other = published(), published(seed=2)
    line = f"{other.head(4)} {NOW}\n"
    answer = check(log, head=log.head(), spoil=lambda it: (it / "heads.txt").write_text(line))
    assert (answer.code, f"heads.txt 与存证矛盾：{line.strip()}" in answer.text) == (30, True)


def test_a_kept_head_the_copy_contradicts_is_a_fork_anyone_can_check(check, judge, tmp_path):
    log, other = published(), published(seed=2)
    assert check(log, head=other.head(4)).code == 30
    assert judge.on("--check-fork", str(tmp_path / "fork-4.json")).code == 30
    assert check(log, head=other.head()).code == 30
    longer = published()
    longer.anchor()
    assert check(log, head=longer.head()).code == 30


def test_the_chain_of_an_item_is_followed_through_the_whole_log(check):
    log = published()
    log.last[ITEM] = 3
    log.write("confirm", at=NOW)
    answer = check(log, head=log.head())
    assert (answer.code, "没有接上前一条" in answer.text) == (40, True)


def test_anchors_name_none_before_them(check):
    log = published()
    log.anchor()
    assert [entry["prev"] for entry in log.entries if entry["item"] == ""] == [None, None]
    assert check(log, head=log.head()).code == 0


def test_content_altered_or_erased_in_a_copy_is_found(check):
    log = published()
    log.pieces[0][1]["text"] = "招生公示"
    assert check(log, head=log.head()).code == 41
    log.erase(0, "title")
    assert check(log, head=log.head()).code == 42
    log.write("redact", at=NOW, basis="pipl47", erased=[[0, "title"]])
    assert check(log, head=log.head()).code == 0
    log.pieces[0][1]["text"] = "收费公示"
    assert check(log, head=log.head()).code == 43


@pytest.mark.prove
def test_ten_thousand_entries_are_verified(check):
    log = long_log(10_000)
    begun = time.monotonic()
    answer = check(log, head=log.head(5_000))
    print(f"\n10,000 entries of {len(SAYS)} pieces: {time.monotonic() - begun:.1f} s")
    assert (answer.code, "共 10000 条存证、5001 个事项" in answer.text) == (0, True)


def test_a_log_of_several_files_is_verified(check):
    log = long_log(600)
    assert check(log, head=log.head(300)).code == 0


def test_a_content_file_that_is_no_list_is_invalid(check):
    log = published()
    spoiled = canonical({"name": "title"})
    answer = check(log, spoil=lambda it: (it / "content/0.json").write_bytes(spoiled))
    assert answer.code == 40
