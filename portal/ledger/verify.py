#!/usr/bin/env python3
"""核对校务公开存证。Check what a school disclosed against the ledger of its portal.

    python3 verify.py proof.json --origin ORIGIN --key KEY --head "SIZE ROOT"

只用 Python 3.8 以上的标准库，不联网。来源名、公钥和抄存的一行由您给出，从不取自被核对的文件。
One file, standard library, offline; origin, key and kept head come from you, never from the bundle.
The format is docs/ledger.md of the portal; the exit code is the verdict, see VERDICTS.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import sys
from collections import namedtuple
from datetime import datetime, timedelta, timezone

VERDICTS = {  # the first that was found is the verdict
    40: ("无效：文件、签名、次序或证明不成立。", "INVALID: form, signature, order or proof."),
    30: ("分叉或倒退：与抄存的一行矛盾。", "FORK OR ROLLBACK: it contradicts a kept head."),
    41: ("内容被改动：与存证不符。", "ALTERED: this is not what was recorded."),
    42: ("内容缺失，而没有相应的存证。", "MISSING, and no entry says why."),
    43: ("已依法删除的内容仍在展示。", "ERASED content is still shown."),
    50: ("无法核对，不能当作相符。", "COULD NOT BE CHECKED: this is not a yes."),
    20: ("相符，但已陈旧：最近一条存证早于 26 小时。", "STALE: last entry older than 26 hours."),
    10: ("相符，但没有给出抄存的一行，不能排除整体改写。", "RIGHT, but no kept head was given."),
    0: ("相符。", "RIGHT."),
}
LIMITS = (
    "不能证明：所公开的属实；该公开的都已公开；没有漏列最近几条（可用 --mirror 查）。",
    "Not proven: that it is true; that all was published; that a bundle lacks no later entry.",
)
SAYS_WHAT = ("publish", "correct", "emergency")  # the entries that hold the whole text
OPENS, CLOSES = (*SAYS_WHAT, "restore", "plan"), ("withdraw", "take_down")
HASH, HEAD = "[0-9a-f]{64}", "[0-9a-f]{16,64}"
MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z"
PROVEN = {"entry": str, "proof": list}
SINCE = {"size": int, "root": HASH, "proof": list}
PUBLIC = {"address": str, "opens": MOMENT, "closes": (None, MOMENT)}
PIECE = {"name": str, "type": str, "commitment": HASH, "salt": (None, HASH), "text": (None, str)}
ENTRY = {"v": int, "seq": int, "kind": str, "at": MOMENT, "item": str, "edition": int}
ENTRY.update(prev=(None, int), public=(None, dict), pieces=int, content=HASH, facts=dict)
BUNDLE = {"format": "disclosure-bundle/1", "checkpoint": str, "item": str, "entries": list}
BUNDLE.update(newest=dict, since=list)
FORK = {"format": "disclosure-fork/1", "kept": dict, "checkpoint": str, "since": (None, dict)}
KEPT = {"size": int, "root": HEAD, "checkpoint": (None, str)}
FACTS = {kind: {} for kind in (*OPENS, "cancel", "confirm")}
FACTS.update({kind: {"ground": str} for kind in CLOSES})
FACTS.update(redact={"basis": str, "erased": list}, anchor={"acts": int, "root": HASH})

Pins = namedtuple("Pins", "origin key_id public heads now")  # what the user knows and brings


class Found(Exception):
    """Something that decides the verdict: its code, and a sentence in each language."""


class Report(list):
    def add(self, verdict, chinese, english):
        self.append(Found(verdict, chinese, english))

    def conclude(self):
        for found in self:
            say("[{}] {}".format(*found.args), found.args[2])
        verdict = next(code for code in VERDICTS if code in {0, *(each.args[0] for each in self)})
        say(f"结论 {verdict}：{VERDICTS[verdict][0]}", VERDICTS[verdict][1])
        return verdict


def say(*lines):
    print(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "?", "\n    ".join(lines)), flush=True)


def require(condition, chinese, english):
    if not condition:
        raise Found(40, chinese, english)


# ---- Form: bytes that are not exactly what we would write ourselves are refused.


def canonical(value):
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode("utf-8")


def parsed(data, what):
    try:
        value = json.loads(data.decode("utf-8"), parse_float=int, parse_constant=int)
        same = canonical(value) == data
    except (ValueError, RecursionError):
        same = False
    require(same, f"{what} 不完整或写法不合规定", f"{what} is not whole canonical JSON")
    return value


def fits(value, form):
    """Forms: a type, a regular expression for a text, None, or several of them."""
    if isinstance(form, tuple):
        return any(fits(value, each) for each in form)
    if isinstance(form, str):
        return type(value) is str and re.fullmatch(form, value) is not None
    if form is int:
        return type(value) is int and 0 <= value < 2**53
    return value is None if form is None else type(value) is form


def shaped(value, what, form):
    whole = type(value) is dict and set(value) == set(form)
    whole = whole and all(fits(value[key], form[key]) for key in form)
    require(whole, f"{what} 的内容不合规定", f"{what} does not have the form {sorted(form)}")
    return value


def unhex(hashes):
    require(all(fits(each, HASH) for each in hashes), "证明不合规定", "a proof has the wrong form")
    return [bytes.fromhex(each) for each in hashes]


def unbase64(text):
    """The bytes, or none if the text is not the one way to write them."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""


# ---- The tree of RFC 6962, checked as in RFC 9162, section 2.1.


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def climbed(at, last, start, others):
    """What the old part and the whole come to, from leaf `at` of a tree whose last is `last`."""
    was = now = start
    for other in others:
        if last == 0:
            return None, None
        if at & 1 or at == last:
            was, now = node_hash(other, was), node_hash(other, now)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            now = node_hash(now, other)
        at, last = at >> 1, last >> 1
    return (was, now) if last == 0 else (None, None)


def includes(root, size, index, leaf, proof):
    """Is the leaf number `index` of the tree?"""
    return 0 <= index < size and climbed(index, size - 1, leaf, proof)[1] == root


def grew(old, old_root, new, new_root, proof):
    """Does the tree of size `new` begin with that of size `old`? Of size 0 nothing can be said."""
    if not 0 < old < new:
        return 0 < old == new and not proof and old_root == new_root
    path = proof if old & (old - 1) else [old_root, *proof]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    return bool(path) and climbed(at, last, path[0], path[1:]) == (old_root, new_root)


class Tree:
    """Grows leaf by leaf and keeps only its complete subtrees, left to right."""

    def __init__(self, leaves=(), size=0, peaks=()):
        self.size, self.peaks = size, list(peaks)
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf):
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf, size = node_hash(self.peaks.pop(), leaf), size >> 1
        self.peaks.append(leaf)

    def root(self):
        found = self.peaks[-1] if self.peaks else hashlib.sha256(b"").digest()
        for left in self.peaks[-2::-1]:
            found = node_hash(left, found)
        return found


def consistency_proof(old, leaves, whole=True):
    if old == len(leaves):
        return [] if whole else [Tree(leaves).root()]
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = leaves[:half], leaves[half:]
    if old <= half:
        return [*consistency_proof(old, left, whole), Tree(right).root()]
    return [*consistency_proof(old - half, right, False), Tree(left).root()]


def proof_since(old, leaves):
    proof = [each.hex() for each in consistency_proof(old, leaves)]
    return {"size": old, "root": Tree(leaves[:old]).root().hex(), "proof": proof}


# ---- Ed25519 (RFC 8032), strict: one spelling of every number, no point of small order.

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
NEUTRAL = (0, 1, 1, 0)


def added(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    total = NEUTRAL
    while number:
        total = added(total, point) if number & 1 else total
        point, number = added(point, point), number >> 1
    return total


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(data):
    """The point that these 32 bytes name, or None if they do not or it is of small order."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P:
        return None
    x = P - x if x & 1 != sign else x
    found = (x, y, 1, x * y % P)
    return None if same(times(8, found), NEUTRAL) else found


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(message, signature, public):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), added(r, times(h, a)))


# ---- Checkpoint, entry, pieces.


def pinned(origin, key, heads=(), at=None):
    """What the user wrote. A slip of the pen here is no verdict about the school: 50."""
    raw = unbase64(key[len(origin) + 10 :])
    key_id = hashlib.sha256(origin.encode() + b"\n" + raw).digest()[:4]
    if not key.startswith(f"{origin}+{key_id.hex()}+") or len(raw) != 33 or raw[0] != 1:
        raise Found(50, "公钥与来源名不是一对，请重新抄写", "the key is not one of this origin")
    try:
        now = datetime.now(timezone.utc)
        now = datetime.fromisoformat(at.replace("Z", "+00:00")) if at else now
        kept = [(int(line.split()[0]), line.split()[1].lower()) for line in heads]
    except (ValueError, IndexError):
        kept = [(0, "")]
    if not all(size > 0 and fits(root, HEAD) for size, root in kept) or now.tzinfo is None:
        raise Found(50, "抄存的一行或时间写得不对", "the kept head or the moment cannot be read")
    return Pins(origin, key_id, raw[1:], kept, now.astimezone(timezone.utc))


def opened(text, pins, alone=False):
    """Size and root of a checkpoint signed with the pinned key; others may sign it too."""
    body, _, rest = text.partition("\n\n")
    origin, size, root = (body.split("\n") + ["", ""])[:3]
    require(origin == pins.origin, "来源名不是您指定的", f"the origin is not {pins.origin}")
    raw, lines, start = unbase64(root), rest.split("\n"), f"— {origin} "
    form = len(raw) == 32 and re.fullmatch("0|[1-9][0-9]{0,14}", size) and lines.pop() == ""
    form = form and body == f"{origin}\n{size}\n{root}" and (len(lines) == 1 or not alone)
    require(form, "存证点的写法不合规定", "the checkpoint has the wrong form")
    for line in lines:
        mark = unbase64(line[len(start) :])
        ours = line.startswith(start) and mark[:4] == pins.key_id
        if ours and is_signed(f"{body}\n".encode(), mark[4:], pins.public):
            return int(size), raw
    raise Found(40, "没有您指定的公钥的有效签名", "no valid signature of the pinned key")


def read_entry(data):
    entry = shaped(parsed(data, "存证 entry"), "存证 entry", ENTRY)
    what = f"第 {entry['seq']} 条存证 entry"
    require(entry["v"] == 1, f"{what} 的版式未知", f"{what} is of an unknown version")
    if entry["public"] is not None:
        shaped(entry["public"], what, PUBLIC)
    if entry["kind"] in FACTS:
        shaped(entry["facts"], what, FACTS[entry["kind"]])
    return entry


def check_follows(entry, before, prev):
    what = f"第 {entry['seq']} 条存证 entry"
    back = before and (entry["seq"] <= before["seq"] or entry["at"] < before["at"])
    require(not back, f"{what} 的次序或时间倒退", f"{what} goes back in order or time")
    chained = entry["prev"] == (prev["seq"] if prev else None)
    require(chained, f"{what} 没有接上前一条", f"{what} does not name the one before it")


def required(entries, at):
    """The entries of an item whose pieces everybody must be able to read at the moment."""
    plans, shown = {}, {}
    for entry in entries:
        number, kind = entry["edition"], entry["kind"]
        if kind in OPENS:
            plans[number] = (entry["public"], True)
            whole = [] if kind in SAYS_WHAT else shown.get(number, [])[:1]
            shown[number] = [*whole, entry["seq"]]
        elif kind == "cancel":
            plans.pop(number, None)
        elif kind in CLOSES:
            plans[number] = (plans.get(number, (None,))[0], False)
    begun = [number for number, (plan, _) in plans.items() if not plan or plan["opens"] <= at]
    newest = max(begun, default=0)
    plan, live = plans.get(newest, (None, False))
    is_open = live and plan and (not plan["closes"] or at < plan["closes"])
    return set(shown[newest]) if is_open else set()


def check_item(entries, pieces_of, newest, pins, report):
    """All entries about an item against their pieces; `pieces_of(entry)` is a list or None."""
    erased = {}
    for entry in entries:
        for seq, name in entry["facts"]["erased"] if entry["kind"] == "redact" else ():
            erased.setdefault(seq, set()).add(name)
    now = pins.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    must = required(entries, newest["at"]) & required(entries, now)
    for entry in entries:
        seq, pieces = entry["seq"], pieces_of(entry)
        if pieces is not None:
            check_pieces(entry, pieces, erased.get(seq, set()), report)
        elif seq in must:
            report.add(42, f"第 {seq} 条存证应在公开，却没有内容", f"entry {seq}: open, no content")


def check_pieces(entry, pieces, erased, report):
    where, leaves, names = f"第 {entry['seq']} 条存证", [], set()
    for piece in pieces:
        name = shaped(piece, f"{where} piece", PIECE)["name"]
        once = name not in names and "\0" not in name + piece["type"]
        require(once, f"{where}的 {name} 重复", f"piece {name} is there twice")
        names.add(name)
        start = f"{name}\0{piece['type']}\0".encode()
        leaves.append(leaf_hash(start + bytes.fromhex(piece["commitment"])))
        check_piece(piece, start, where, name in erased, report)
    if len(leaves) < entry["pieces"]:
        report.add(42, f"{where}的内容不全", f"only {len(leaves)} of {entry['pieces']} pieces")
    elif len(leaves) > entry["pieces"] or Tree(leaves).root().hex() != entry["content"]:
        report.add(41, f"{where}的内容与存证不符", "the pieces are not those recorded")
    elif erased:
        say(f"{where}依法删除 {len(erased)} 项：{'、'.join(sorted(erased))}", "lawfully erased")


def check_piece(piece, start, where, erased, report):
    name, salt, text = piece["name"], piece["salt"], piece["text"]
    if erased and (salt, text) != (None, None):
        report.add(43, f"{where}的 {name} 已删除，仍在展示", f"{name}: erased, still shown")
    elif not erased and (salt is None or text is None):
        report.add(42, f"{where}的 {name} 缺失", f"{name}: missing, no entry says so")
    elif not erased and commitment(salt, start, text) != piece["commitment"]:
        report.add(41, f"{where}的 {name} 被改动", f"{name}: not what was recorded")


def commitment(salt, start, text):
    told = b"disclosure-ledger-piece/1\0" + start + text.encode("utf-8")
    return hmac.new(bytes.fromhex(salt), told, hashlib.sha256).hexdigest()


# ---- Heads: what somebody kept against what is signed now.


def since_root(since, size, root):
    """The older root that a consistency proof speaks of, if it leads to the signed one."""
    old = shaped(since, "since", SINCE)["size"]
    proven = grew(old, bytes.fromhex(since["root"]), size, root, unhex(since["proof"]))
    require(proven, f"到 {old} 的连续证明不成立", f"the consistency proof from {old} does not hold")
    return since["root"]


def agrees(kept, text, since, pins):
    """Does the checkpoint continue the kept head? Raises 50 if nothing says so."""
    size, root = opened(text, pins)
    now = root.hex()
    if kept["size"] < size:
        if since is None or since["size"] != kept["size"]:
            ask = f"?since={kept['size']}"
            raise Found(50, f"缺到抄存处的证明，请下载 proof.json{ask}", f"download with {ask}")
        now = since_root(since, size, root)
    return kept["size"] <= size and now.startswith(kept["root"])


def check_heads(text, since_of, pins, report, folder):
    for size, root in pins.heads:
        kept, since = {"size": size, "root": root, "checkpoint": None}, since_of(size)
        try:
            if not agrees(kept, text, since, pins):
                tell_fork(kept, text, since, report, folder)
                continue
        except Found as found:
            report.append(found)
            continue
        say(f"与抄存的 {size} {root} 相接", "it continues the kept head")
    if not pins.heads:
        size, root = opened(text, pins)
        report.add(10, f"请抄存这一行：{size} {root.hex()}", "keep this line, not on this site")


def tell_fork(kept, text, since, report, folder):
    """Write the contradiction down, so that anybody can check it."""
    fork = {"format": FORK["format"], "kept": kept, "checkpoint": text, "since": since}
    path, line = os.path.join(folder, f"fork-{kept['size']}.json"), f"{kept['size']} {kept['root']}"
    report.add(30, f"与抄存的 {line} 矛盾，证据写在 {path}", f"it contradicts {line}; see {path}")
    with open(path, "wb") as file:
        file.write(canonical(fork))


def check_fork(data, pins, report):
    """A proof somebody wrote: 30 if the two heads do contradict each other, 40 if not."""
    fork = shaped(parsed(data, "fork"), "fork", FORK)
    kept = shaped(fork["kept"], "kept", KEPT)
    if kept["checkpoint"] is not None:
        size, root = opened(kept["checkpoint"], pins)
        signed = (size, root.hex()) == (kept["size"], kept["root"])
        require(signed, "抄存的一行与所附签名不符", "the kept head is not the signed one")
    false = agrees(kept, fork["checkpoint"], fork["since"], pins)
    require(not false, "两者并不矛盾", "the two heads do not contradict each other")
    if opened(fork["checkpoint"], pins)[0] < kept["size"]:
        say("这是倒退：须先有抄存，后有这个存证点", "a rollback, if that came later")
    by = "两方都有签名 both signed" if kept["checkpoint"] else "抄存方无签名 one signed"
    report.add(30, f"矛盾成立（{by}）", "the contradiction holds")


def check_age(newest, pins, report):
    at = datetime.strptime(newest["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    say(f"最近一条存证：{newest['at']}", "the last entry of the log (UTC)")
    if pins.now - at > timedelta(hours=26):
        report.add(20, "请重新下载；仍然如此，请向学校询问", "download it anew; if it stays, ask")
    if at - pins.now > timedelta(minutes=10):
        report.add(50, "存证时间晚于本机时钟，请先校准时钟", "the log is ahead of your clock")


# ---- What one can bring: a bundle, or a copy of /ledger/.


def check_bundle(data, pins, report, folder="."):
    """Returns [(entry, pieces)] of the item."""
    bundle = shaped(parsed(data, "证明文件 bundle"), "证明文件 bundle", BUNDLE)
    size, root = opened(bundle["checkpoint"], pins, alone=True)
    proven, before = [], None
    for each in bundle["entries"]:
        shaped(each, "存证 entry", {**PROVEN, "pieces": (None, list)})
        entry = proven_entry(each, size, root)
        ours = entry["item"] == bundle["item"]
        require(ours, "混入了别的事项的存证", "an entry is about another item")
        check_follows(entry, before, before)
        proven.append((entry, each["pieces"]))
        before = entry
    newest = proven_entry(shaped(bundle["newest"], "newest", PROVEN), size, root)
    last = before and newest["seq"] == size - 1 and newest["at"] >= before["at"]
    require(last, "最近一条存证不对", "newest is not the last entry of the log")
    left_out = newest["item"] == bundle["item"] and newest != before
    require(not left_out, "漏列了本事项最近一条存证", "the latest entry about the item is left out")
    sinces = {each["size"]: each for each in bundle["since"] if since_root(each, size, root)}
    pieces = {entry["seq"]: held for entry, held in proven}
    check_item([entry for entry, _ in proven], lambda e: pieces[e["seq"]], newest, pins, report)
    check_heads(bundle["checkpoint"], sinces.get, pins, report, folder)
    check_age(newest, pins, report)
    return proven


def proven_entry(each, size, root):
    data = each["entry"].encode("utf-8")
    entry = read_entry(data)
    inside = includes(root, size, entry["seq"], leaf_hash(data), unhex(each["proof"]))
    require(inside, f"第 {entry['seq']} 条不在存证中", f"entry {entry['seq']} is not in the log")
    return entry


def check_mirror(folder, pins, report, proofs="."):
    text = held(folder, "checkpoint").decode("utf-8", "replace")
    size, root = opened(text, pins)
    tree, leaves, roots, items, newest = Tree(), [], {}, {}, None
    for entry, line in entries_of(folder, size):
        about = items.setdefault(entry["item"], [])
        check_follows(entry, newest, about[-1] if about and entry["item"] else None)
        about.append(entry)
        newest = entry
        leaves.append(leaf_hash(line))
        tree.add(leaves[-1])
        roots[tree.size] = tree.root().hex()
    require(tree.root() == root, "全部存证算不出所签的根", "the entries have another root")
    check_list(held(folder, "heads.txt"), roots, report)
    for about in items.values():
        check_item(about, lambda entry: content_of(folder, entry), newest, pins, report)

    def since_of(old):
        return proof_since(old, leaves) if old < size else None

    check_heads(text, since_of, pins, report, proofs)
    check_age(newest, pins, report)
    say(f"共 {size} 条存证、{len(items)} 个事项", f"{size} entries about {len(items)} items")


def check_list(data, roots, report):
    """Every head the site says it ever signed."""
    *lines, end = data.decode("utf-8", "replace").split("\n")
    heads = [re.fullmatch(f"([0-9]{{1,15}}) ({HASH}) {MOMENT}", line) for line in lines]
    require(end == "" and all(heads), "heads.txt 的写法不合规定", "heads.txt has the wrong form")
    for head in heads:
        if roots.get(int(head[1]), head[2]) != head[2]:
            report.add(30, f"heads.txt 与存证矛盾：{head[0]}", f"heads.txt contradicts: {head[0]}")


def held(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Found(50, f"缺少 {name}，请重新复制", f"{name} is missing, copy it anew") from None


def entries_of(folder, size):
    for start in range(0, size, 256):
        name = f"entries/{start // 256:05}.jsonl"
        lines = held(folder, name).split(b"\n")[:-1][: size - start]
        whole = len(lines) == min(256, size - start)
        require(whole, f"{name} 不完整，请重新复制", f"{name} is not whole, copy it anew")
        for seq, line in enumerate(lines, start):
            entry = read_entry(line)
            require(entry["seq"] == seq, f"缺第 {seq} 条存证", f"entry {seq} is not in its place")
            yield entry, line


def content_of(folder, entry):
    name = f"content/{entry['seq']}.json"
    if not os.path.exists(os.path.join(folder, name)):
        return None
    pieces = parsed(held(folder, name), name)
    require(type(pieces) is list, f"{name} 的内容不合规定", f"{name} is not a list of pieces")
    return pieces


def check_file(path, proven, report):
    with open(path, "rb") as file:
        found = hashlib.sha256(file.read()).hexdigest()
    shown = [piece for _, pieces in proven for piece in pieces or ()]
    files = [piece for piece in shown if piece["name"].startswith("file/")]
    for piece in files:
        if piece["text"] and json.loads(piece["text"])["sha256"] == found:
            say(f"{path} 是所证的附件：{piece['text']}", "this file is a proven attachment")
            return
    if not all(pieces for _, pieces in proven) or any(piece["text"] is None for piece in files):
        report.add(50, f"{path} 是不是附件，这里查不出", "some attachments are not shown here")
    else:
        report.add(41, f"{path} 不是所证的附件", "this file is not a proven attachment")


def show_text(proven):
    for entry, pieces in proven:
        say(f"—— {entry['seq']} {entry['at']} {entry['kind']} 第{entry['edition']}版")
        sheet = next((piece["text"] for piece in pieces or () if piece["name"] == "sheet"), None)
        schema = json.loads(sheet)["schema"] if sheet else {}
        for piece in pieces or ():
            gone = "（已依法删除）" if piece["text"] is None else ""
            say(tabled(piece["name"], gone or piece["text"], schema, gone))


def tabled(name, text, schema, gone):
    """A fact or a row of a table in words; any other piece as it stands."""
    part, _, rest = name.partition("/")
    if part == "row":
        cells = "" if gone else json.loads(text)["values"]
        told = [cell(column, cells.get(column["name"])) for column in schema["columns"] if cells]
        return f"第{int(rest)}行：{gone or ' · '.join(filter(None, told))}"
    if part == "header":
        column = next(each for each in schema["header"] if each["name"] == rest)
        return f"表头 {column['label']}：{gone or cell(column, json.loads(text))}"
    return f"{name}: {text}"


def cell(column, value):
    if value is None or type(value) is bool:
        return {None: "", True: "是", False: "否"}[value]
    return column.get("choices", {}).get(str(value), str(value))


def refuse(words):
    raise Found(50, "命令写得不对", words)


def told(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.error = refuse
    parser.add_argument("bundle", nargs="?", metavar="BUNDLE", help="证明文件 proof.json")
    parser.add_argument("--mirror", metavar="DIR", help="/ledger/ 的副本 a copy of /ledger/")
    parser.add_argument("--check-fork", metavar="FILE", help="他人写下的矛盾 a proof of a fork")
    parser.add_argument("--origin", required=True, help="来源名 origin")
    parser.add_argument("--key", required=True, help="公钥 public key")
    parser.add_argument("--head", action="append", default=[], help="抄存的一行 a kept 'SIZE ROOT'")
    parser.add_argument("--at", help="视为现在的时间 the moment taken as now, ISO 8601 with zone")
    parser.add_argument("--file", action="append", default=[], help="要核对的附件 an attachment")
    parser.add_argument("--text", action="store_true", help="显示所证的文字 print the proven text")
    parser.add_argument("--proofs", default=".", metavar="DIR", help="证据写到 where proofs go")
    options = parser.parse_args(arguments)
    if [options.bundle, options.mirror, options.check_fork].count(None) != 2:
        parser.error("one of BUNDLE, --mirror, --check-fork")
    return options


def check(arguments, report):
    options = told(arguments)
    pins = pinned(options.origin, options.key, options.head, options.at)
    if options.check_fork:
        check_fork(held("", options.check_fork), pins, report)
    elif options.mirror:
        check_mirror(options.mirror, pins, report, options.proofs)
    else:
        proven = check_bundle(held("", options.bundle), pins, report, options.proofs)
        for path in options.file:
            check_file(path, proven, report)
        if options.text:
            show_text(proven)
        say(*LIMITS)


def concluded(work, arguments):
    """The verdict on what `work` finds; whatever goes wrong, it is never a yes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    report = Report()
    try:
        work(arguments, report)
    except Found as found:
        report.append(found)
    except Exception as error:
        report.add(50, f"无法完成核对：{error}", f"{type(error).__name__}: {error}")
    return report.conclude()


def main(arguments=None):
    return concluded(check, arguments)


if __name__ == "__main__":
    sys.exit(main())
