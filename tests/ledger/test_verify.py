"""What a stranger learns from `verify.py`: every verdict, reached by its cause."""

import ast
import json
from pathlib import Path

import pytest

from portal.ledger import verify
from tests.ledger.forging import (
    NOW,
    OTHER,
    PLAN,
    SAYS,
    Key,
    Log,
    canonical,
    hour,
    published,
)

SOURCE = Path(verify.__file__)


def changed(bundle, **keys):
    return {**bundle, **keys}


def test_right_with_a_kept_head(judge):
    log = published()
    answer = judge(log.bundle(since=[3]), head=log.head(3))
    assert answer.code == 0
    assert "结论 0：相符。" in answer.text
    assert "不能证明" in answer.text


def test_right_with_the_head_of_the_bundle_itself_and_with_a_short_head(judge):
    log = published()
    size, root = log.head(3).split()
    assert judge(log.bundle(), head=log.head()).code == 0
    assert judge(log.bundle(since=[3]), head=f"{size} {root[:16]}").code == 0


def test_right_but_no_kept_head_says_which_line_to_keep(judge):
    log = published()
    answer = judge(log.bundle())
    assert answer.code == 10
    assert f"请抄存这一行：{log.head()}" in answer.text


def test_stale_when_the_last_entry_is_older_than_26_hours(judge):
    log = published()
    bundle, head = log.bundle(), log.head()
    assert judge(bundle, head=head, at="2026-11-21T14:00:00Z").code == 0
    assert judge(bundle, head=head, at="2026-11-21T14:00:01Z").code == 20


def test_a_clock_that_is_behind_the_log_is_no_verdict(judge):
    log = published()
    assert judge(log.bundle(), head=log.head(), at="2026-11-20T11:50:00Z").code == 0
    answer = judge(log.bundle(), head=log.head(), at="2026-11-20T11:49:59Z")
    assert answer.code == 50
    assert "请先校准时钟" in answer.text


@pytest.mark.parametrize(
    "spoil, reason",
    [
        (lambda b: canonical(b)[:-1], "写法不合规定"),
        (lambda b: canonical(b)[:200], "写法不合规定"),
        (lambda b: b"", "写法不合规定"),
        (lambda b: canonical(b) + b"\n", "写法不合规定"),
        (lambda b: b'{"item":"",' + canonical(b)[1:], "写法不合规定"),
        (lambda b: b"[" * 100_000, "写法不合规定"),
        (lambda b: b'"\xff"', "写法不合规定"),
        (lambda b: b'"\\ud800"', "写法不合规定"),
        (lambda b: [], "的内容不合规定"),
        (lambda b: changed(b, more=1), "的内容不合规定"),
        (lambda b: changed(b, entries={}), "的内容不合规定"),
        (lambda b: changed(b, format="disclosure-bundle/2"), "的内容不合规定"),
        (lambda b: changed(b, entries=[]), "最近一条存证不对"),
        (lambda b: changed(b, item=OTHER), "混入了别的事项"),
        (lambda b: changed(b, checkpoint=""), "来源名不是您指定的"),
        (lambda b: changed(b, checkpoint=b["checkpoint"] * 2), "存证点的写法"),
        (lambda b: changed(b, checkpoint=b["checkpoint"].upper()), "来源名不是您指定的"),
        (lambda b: changed(b, newest=b["entries"][0]), "newest 的内容不合规定"),
        (lambda b: changed(b, since=[{"size": 0, "root": "0" * 64, "proof": []}]), "到 0 的连续"),
    ],
)
def test_a_bundle_of_another_form_is_invalid(judge, spoil, reason):
    log = published()
    answer = judge(spoil(log.bundle()), head=log.head())
    assert (answer.code, reason in answer.text) == (40, True)


def test_an_old_entry_does_not_pass_as_the_newest(judge):
    log = published()
    answer = judge(changed(log.bundle(), newest=log.proven(2)), head=log.head())
    assert (answer.code, "最近一条存证不对" in answer.text) == (40, True)


def test_another_key_or_another_origin_is_invalid(judge):
    log = published(key=Key(b"2"))
    assert judge(log.bundle(), key=Key(b"1")).code == 40
    elsewhere = published(key=Key(b"1", origin="other.example/ledger"))
    answer = judge(elsewhere.bundle(), key=Key(b"1"))
    assert (answer.code, "来源名不是您指定的" in answer.text) == (40, True)


def test_what_the_user_wrote_wrongly_is_no_verdict(judge):
    log = published()
    other = Key(b"2")
    for slip in (
        {"origin": "other.example/ledger"},
        {"head": "three 0123456789abcdef"},
        {"head": "3 0123456789abcde"},
        {"head": "3"},
        {"head": f"0 {'0' * 64}"},
        {"at": "yesterday"},
        {"at": "2026-11-20T23:00:00"},
        {"more": ["--nonsense"]},
        {"more": ["--mirror", "."]},
    ):
        assert judge(log.bundle(), **slip).code == 50, slip
    other.text = f"{other.origin}+{Key().id.hex()}+{other.text.split('+', 2)[2]}"
    assert judge(log.bundle(), key=other).code == 50


@pytest.mark.parametrize("public", [b"\2" + bytes(32), b"\1" + bytes(31), b"\1" + bytes(33), b""])
def test_a_key_of_another_kind_or_length_is_no_verdict(judge, public):
    key = Key()
    key_id = verify.hashlib.sha256(f"{key.origin}\n".encode() + public).hexdigest()[:8]
    key.text = f"{key.origin}+{key_id}+{verify.base64.b64encode(public).decode()}"
    assert judge(published().bundle(), key=key).code == 50


def test_a_bundle_that_is_not_there_is_no_verdict(judge):
    assert judge.on("/nowhere/proof.json").code == 50
    assert judge.on("/").code == 50


def test_a_head_without_its_proof_asks_for_the_bundle_that_has_it(judge):
    log = published()
    answer = judge(log.bundle(since=[2]), head=log.head(3))
    assert (answer.code, "proof.json?since=3" in answer.text) == (50, True)


def test_altered_words_are_named(judge):
    log = published()
    bundle = log.bundle()
    bundle["entries"][0]["pieces"][2]["text"] = "<p>每生每学期 200 元。</p>"
    answer = judge(bundle, head=log.head())
    assert (answer.code, "第 0 条存证的 body/0001 被改动" in answer.text) == (41, True)


def test_pieces_exchanged_added_or_sealed_anew_are_altered(judge):
    log = published()
    head = log.head()
    forged = Log(seed=2)
    forged.write("publish", public=PLAN, says=SAYS | {"title": "招生公示"})
    extra = Log(seed=3)
    extra.write("confirm", says={"extra": "…"})
    for pieces in (
        log.pieces[0][::-1],
        [*log.pieces[0], *extra.pieces[0]],
        forged.pieces[0],
    ):
        bundle = log.bundle()
        bundle["entries"][0]["pieces"] = pieces
        assert judge(bundle, head=head).code == 41


def test_a_piece_given_twice_is_invalid(judge):
    log = published()
    log.pieces[0].append(log.pieces[0][0])
    assert judge(log.bundle(), head=log.head()).code == 40


def test_content_that_vanished_without_an_entry_is_missing(judge):
    log = published()
    assert judge(log.bundle(shown=[]), head=log.head()).code == 42
    fewer = log.bundle()
    fewer["entries"][0]["pieces"] = fewer["entries"][0]["pieces"][:-1]
    assert judge(fewer, head=log.head()).code == 42
    log.erase(0, "title")
    answer = judge(log.bundle(), head=log.head())
    assert (answer.code, "第 0 条存证的 title 缺失" in answer.text) == (42, True)


def test_one_row_of_thirty_erased_by_an_entry_leaves_twenty_nine_proven(judge):
    log = Log()
    rows = {f"body/{number:04}": f"<tr><td>{number}</td></tr>" for number in range(1, 31)}
    log.write("publish", public=PLAN, says=rows)
    log.erase(0, "body/0017")
    log.write("redact", basis="pipl47", erased=[[0, "body/0017"]])
    log.anchor()
    answer = judge(log.bundle(), head=log.head(), more=["--text"])
    assert (answer.code, "依法删除 1 项：body/0017" in answer.text) == (0, True)
    shown = [name for name in rows if f"{name}: {rows[name]}" in answer.text]
    assert shown == [name for name in rows if name != "body/0017"]
    bundle = log.bundle()
    bundle["entries"][0]["pieces"][20]["text"] += " "
    assert judge(bundle, head=log.head()).code == 41


def test_what_was_erased_may_not_be_shown(judge):
    log = published(more=0)
    log.write("redact", at=NOW, basis="pipl47", erased=[[0, "title"]])
    log.anchor()
    answer = judge(log.bundle(), head=log.head())
    assert (answer.code, "第 0 条存证的 title 已删除" in answer.text) == (43, True)
    for key in ("salt", "text"):
        half = log.bundle()
        half["entries"][0]["pieces"][1] = {**half["entries"][0]["pieces"][1], key: None}
        assert judge(half, head=log.head()).code == 43


def test_a_forged_log_signed_anew_contradicts_the_kept_head(judge, tmp_path):
    log, forged = published(), Log(seed=2)
    forged.write("publish", public=PLAN, says=SAYS | {"title": "招生公示"})
    for _ in range(5):
        forged.write("publish", item=OTHER, edition=len(forged.entries), public=PLAN, says=SAYS)
    forged.anchor()
    assert judge(forged.bundle(), head=None).code == 10
    answer = judge(forged.bundle(since=[3]), head=log.head(3))
    assert (answer.code, "fork-3.json" in answer.text) == (30, True)
    assert judge.on("--check-fork", str(tmp_path / "fork-3.json")).code == 30
    assert judge(forged.bundle(), head=log.head()).code == 30


def test_a_kept_head_of_a_larger_size_contradicts_even_with_the_root_of_today(judge):
    log = published()
    assert judge(log.bundle(), head=log.head().replace("7", "9", 1)).code == 30


def test_the_gravest_finding_is_the_verdict(judge):
    log, forged = published(), published(seed=2)
    late = "2026-11-25T00:00:00Z"
    forged.erase(0, "title")
    assert judge(forged.bundle(), head=log.head(), at=late).code == 30
    assert judge(forged.bundle(), at=late).code == 42
    assert judge(log.bundle(), at=late).code == 20
    bundle = log.bundle(since=[3])
    bundle["since"][0]["proof"][0] = "0" * 64
    assert judge(bundle, head=forged.head(), at=late).code == 40


@pytest.mark.parametrize("case", ["fork", "rollback", "same size"])
def test_a_proof_of_a_fork_is_believed_only_if_it_contradicts(judge, tmp_path, case):
    log = published()
    forged = published(seed=2)
    size = {"fork": 3, "rollback": 7, "same size": 7}[case]
    bundle = log.bundle(size=5) if case == "rollback" else forged.bundle(since=[3])
    assert judge(bundle, head=log.head(size), at=hour(4)).code == 30
    path = tmp_path / f"fork-{size}.json"
    fork = json.loads(path.read_bytes())
    fork["kept"]["checkpoint"] = log.checkpoint(size)
    for told, code in (
        (fork, 30),
        (changed(fork, kept=fork["kept"] | {"checkpoint": log.checkpoint(2)}), 40),
        (changed(fork, checkpoint=log.checkpoint(), since=log.since(3)), 40),
        (changed(fork, checkpoint=published(key=Key(b"2")).checkpoint()), 40),
        (changed(fork, more=1), 40),
    ):
        path.write_bytes(canonical(told))
        assert judge.on("--check-fork", str(path)).code == code


def test_the_file_downloaded_is_the_attachment_that_was_proven(judge, tmp_path):
    held = tmp_path / "收费.pdf"
    held.write_bytes(b"%PDF-")
    digest = verify.hashlib.sha256(b"%PDF-").hexdigest()
    says = SAYS | {"file/1": canonical({"sha256": digest, "size": 5, "title": "收费"}).decode()}
    log = Log()
    log.write("publish", public=PLAN, says=says)
    log.anchor()
    more = ["--file", str(held)]
    answer = judge(log.bundle(), head=log.head(), more=more)
    assert (answer.code, "是所证的附件" in answer.text) == (0, True)
    held.write_bytes(b"%PDF+")
    assert judge(log.bundle(), head=log.head(), more=more).code == 41
    assert judge(log.bundle(shown=[]), head=log.head(), more=more).code == 42
    log.erase(0, "file/1")
    log.write("redact", at=NOW, basis="pipl47", erased=[[0, "file/1"]])
    assert judge(log.bundle(), head=log.head(), more=more).code == 50


def test_the_text_cannot_steer_the_terminal(judge):
    log = Log()
    log.write("publish", public=PLAN, says=SAYS | {"title": "\x1b[2J公示\r\x9b"})
    log.anchor()
    answer = judge(log.bundle(), head=log.head(), more=["--text"])
    assert (answer.code, "title: ?[2J公示??" in answer.text) == (0, True)


def test_the_last_entry_about_an_item_cannot_be_left_out_when_it_is_the_newest(judge):
    log = published()
    log.write("withdraw", at=NOW, ground="error")
    bundle = log.bundle(shown=[0])
    del bundle["entries"][-1]
    answer = judge(bundle, head=log.head())
    assert (answer.code, "漏列" in answer.text) == (40, True)


def test_an_unforeseen_error_is_never_a_yes(judge, monkeypatch):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(verify, "check_heads", fail)
    assert judge(published().bundle()).code == 50


def test_it_stands_alone_on_python_3_8():
    tree = ast.parse(SOURCE.read_text(), feature_version=(3, 8))
    names = {
        each.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for each in node.names
    }
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names == {
        *("argparse", "base64", "collections", "datetime", "hashlib"),
        *("hmac", "json", "os", "re", "sys"),
    }
