#!/usr/bin/env python3
"""替学校以外的人保存存证点。Keep the heads of a ledger on behalf of those outside.

    python3 witness.py https://school.example/ledger/ --origin ORIGIN --key KEY --keep DIR

与 verify.py 放在一起；只用 Python 3.8 以上的标准库。每次取回新增的存证，核对签名、次序、是否接上
所存的存证点；先存好再作答。遇到矛盾，保留原有的，写下证据，退出码 30。
Lies beside verify.py; standard library. Each run fetches what is new, checks signature, order and
consistency with the head it kept, stores the new head before it answers, and never goes back.
"""

import argparse
import os
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

if __package__:
    from portal.ledger import verify
else:
    import verify

KEPT = "disclosure-witness/1"
KEPT_FORM = {"format": KEPT, "checkpoint": str, "peaks": list, "newest": str}
WAIT, PATIENCE = 20, 120  # seconds: for a sign of life, for one file
OTHER_ROOT = ("全部存证算不出所签的根", "the entries have another root")
SMALL, LARGE = 64 * 1024, 32 * 1024 * 1024


class SameHostOnly(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, file, code, message, headers, new):
        here, there = map(urllib.parse.urlsplit, (request.full_url, new))
        upgrade = (here.scheme, there.scheme) == ("http", "https")
        if there.hostname != here.hostname or not (upgrade or there.scheme == here.scheme):
            raise urllib.error.URLError(f"redirected to another place: {new}")
        return super().redirect_request(request, file, code, message, headers, new)


class Site:
    """The files under /ledger/ of a portal, over HTTP."""

    def __init__(self, address):
        if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
            raise verify.Found(50, "网址须以 http 或 https 开头", "the URL is not http or https")
        self.address = address if address.endswith("/") else f"{address}/"
        self.opener = urllib.request.build_opener(SameHostOnly)

    def fetch(self, name, limit):
        """A whole file of at most `limit` bytes; anything else is 50."""
        end, parts, size = time.monotonic() + PATIENCE, [], 0
        try:
            with self.opener.open(self.address + name, timeout=WAIT) as answer:
                while True:
                    part = answer.read1(65536)
                    size += len(part)
                    if size > limit or time.monotonic() > end:
                        raise verify.Found(50, f"{name} 过大或过慢", f"{name}: too large or slow")
                    if not part:
                        break
                    parts.append(part)
                if answer.length:
                    raise verify.Found(50, f"{name} 没有传完", f"{name} was cut off")
        except (OSError, ValueError) as error:
            raise verify.Found(50, f"取不到 {name}：{error}", f"{name} is out of reach") from None
        return b"".join(parts)

    def entries(self, start, size):
        """(entry, line) of each entry from `start` up to `size`."""
        for first in range(start - start % 256, size, 256):
            name = f"entries/{first // 256:05}.jsonl"
            lines = self.fetch(name, LARGE).split(b"\n")[:-1][: size - first]
            whole = len(lines) == min(256, size - first)
            verify.require(whole, f"{name} 不完整", f"{name} is not whole")
            for seq, line in enumerate(lines, first):
                if seq >= start:
                    entry = verify.read_entry(line)
                    place = entry["seq"] == seq
                    verify.require(place, f"缺第 {seq} 条存证", f"entry {seq} is not in its place")
                    yield entry, line


class Keep:
    """The one head that is kept, in a directory of the witness."""

    def __init__(self, folder, pins):
        self.folder, self.pins = folder, pins
        self.path = os.path.join(folder, "kept.json")
        self.text, self.newest, self.tree = None, None, verify.Tree()
        if os.path.exists(self.path):
            self.read()

    def read(self):
        """What cannot be read is not forgotten: a new beginning is the keeper's decision."""
        try:
            kept = verify.parsed(verify.held("", self.path), "kept.json")
            verify.shaped(kept, "kept.json", KEPT_FORM)
            size, root = verify.opened(kept["checkpoint"], self.pins)
            self.text, self.newest = kept["checkpoint"], verify.read_entry(kept["newest"].encode())
            self.tree = verify.Tree(size=size, peaks=verify.unhex(kept["peaks"]))
            whole = self.tree.root() == root and self.newest["seq"] == size - 1
            verify.require(whole, "所存的与签名不符", "what was kept is not what was signed")
        except verify.Found as found:
            told = f"所存的 {self.path} 不能用：{found.args[1]}"
            raise verify.Found(50, told, f"kept.json is unusable: {found.args[2]}") from None

    def write(self, text, newest, tree):
        """On disk, whole and for good, before this returns."""
        kept = {"format": KEPT, "checkpoint": text, "newest": newest.decode()}
        kept["peaks"] = [each.hex() for each in tree.peaks]
        handle, name = tempfile.mkstemp(dir=self.folder, prefix="kept-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(verify.canonical(kept))
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.path)
        except BaseException:
            os.unlink(name)
            raise
        settle(self.folder)


def settle(folder):
    """Make a renamed file last; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def alone(folder):
    """Two runs at once take turns, so that the kept head never goes back."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "lock"), "a+b") as file:
        if os.name == "posix":
            import fcntl  # noqa: PLC0415  not on Windows

            fcntl.flock(file, fcntl.LOCK_EX)
        else:
            import msvcrt  # noqa: PLC0415  only on Windows

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        yield


def witness(site, keep, report):
    """Look once: the new head is kept if it continues the old one."""
    text = site.fetch("checkpoint", SMALL).decode("utf-8", "replace")
    size, root = verify.opened(text, keep.pins)
    if not size:
        raise verify.Found(50, "存证还是空的", "the log is still empty")
    old, newest, line = keep.tree.size, keep.newest, None
    tree = verify.Tree(size=old, peaks=keep.tree.peaks)
    if size < old or (size == old and root != tree.root()):
        return tell(site, keep, text, report)
    for entry, line in site.entries(old, size):
        back = newest is not None and entry["at"] < newest["at"]
        verify.require(not back, "存证的时间倒退", f"entry {entry['seq']} goes back in time")
        tree.add(verify.leaf_hash(line))
        newest = entry
    if old and tree.root() != root:
        return tell(site, keep, text, report)
    verify.require(tree.root() == root, *OTHER_ROOT)
    if size > old:
        keep.write(text, line, tree)
    verify.say(f"已存：{size} {root.hex()}", "kept; copy this line")
    if not old:
        report.add(10, "这是第一次，此前的无从比较", "the first head: nothing to compare it with")
    return verify.check_age(newest, keep.pins, report)


def tell(site, keep, text, report):
    """The head served does not continue the kept one: find out how, and write it down."""
    size, root = verify.opened(text, keep.pins)
    kept = {"size": keep.tree.size, "root": keep.tree.root().hex(), "checkpoint": keep.text}
    since = None
    if kept["size"] < size:
        leaves = [verify.leaf_hash(line) for _, line in site.entries(0, size)]
        verify.require(verify.Tree(leaves).root() == root, *OTHER_ROOT)
        since = verify.proof_since(kept["size"], leaves)
        if since["root"] == kept["root"]:
            raise verify.Found(50, "两次取回的存证不同，请再试", "two fetches differed, try again")
    verify.say("！！！存证出现矛盾，请告知他人。", "!!! CONFLICT. Tell others. The old head stays.")
    verify.tell_fork(kept, text, since, report, keep.folder)


def told(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.error = verify.refuse
    parser.add_argument("url", help="存证的网址 https://…/ledger/")
    parser.add_argument("--origin", required=True, help="来源名 origin")
    parser.add_argument("--key", required=True, help="公钥 public key")
    parser.add_argument(
        "--keep", required=True, metavar="DIR", help="保存在 where to keep the head"
    )
    parser.add_argument("--at", help="视为现在的时间 the moment taken as now, ISO 8601 with zone")
    return parser.parse_args(arguments)


def look(arguments, report):
    options = told(arguments)
    pins = verify.pinned(options.origin, options.key, at=options.at)
    with alone(options.keep):
        witness(Site(options.url), Keep(options.keep, pins), report)


def main(arguments=None):
    return verify.concluded(look, arguments)


if __name__ == "__main__":
    sys.exit(main())
