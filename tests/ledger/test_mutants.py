"""Whatever is changed in a bundle, and however a log is rewritten, the verifier says so."""

import random

import pytest

from portal.ledger import verify
from tests.ledger.forging import NOW, OTHER, PLAN, SAYS, Key, Log, canonical, hour, published

PASSES = {0, 10, 20}


def rich_log():
    """Corrections, an inner edition, an erased row, a withdrawal, a file, three proofs."""
    log = Log()
    log.write("publish", public=PLAN, says=SAYS, at=hour(0))
    log.write("emergency", item=OTHER, public=PLAN, says=SAYS, at=hour(0))
    log.write("correct", edition=2, public=PLAN, says=SAYS | {"body/0002": "<p>注</p>"}, at=hour(1))
    log.erase(2, "body/0002")
    log.write("redact", edition=2, basis="pipl47", erased=[[2, "body/0002"]], at=hour(2))
    log.write("withdraw", item=OTHER, ground="error", at=hour(3))
    log.write("confirm", edition=2, at=hour(4))
    log.anchor()
    return log


def codes(mutants, key=None):
    """The verdict on each, as `main` would exit, without a process for each."""
    key = key or Key()
    log = rich_log()
    pins = verify.pinned(key.origin, key.text, [log.head(5)], NOW)
    for mutant in mutants:
        report = verify.Report()
        try:
            verify.check_bundle(mutant, pins, report, "/nowhere")
        except verify.Found as found:
            report.append(found)
        except Exception as error:
            report.add(50, str(error), str(error))
        yield report.conclude()


def flipped(data, places, chance):
    """One random bit changed at each place."""
    for place in places:
        mutant = bytearray(data)
        mutant[place] ^= 1 << chance.randrange(8)
        yield bytes(mutant)


def honest():
    return canonical(rich_log().bundle(since=[3, 5]))


def test_the_unchanged_bundle_is_right(capsys):
    assert list(codes([honest()])) == [0]


def test_a_bit_flipped_in_a_sample_of_bytes_is_found(capsys):
    data, chance = honest(), random.Random(20261120)
    places = chance.sample(range(len(data)), 400)
    assert len(data) > 5_000
    assert set(codes(flipped(data, places, chance))) & PASSES == set()


@pytest.mark.prove
def test_a_bit_flipped_in_every_byte_is_found(capsys):
    data, chance = honest(), random.Random(7)
    found = list(codes(flipped(data, range(len(data)), chance)))
    with capsys.disabled():
        print(f"\n{len(found)} mutants: { {code: found.count(code) for code in set(found)} }")
    assert len(found) == len(data)
    assert set(found) & PASSES == set()


def test_a_bundle_cut_off_anywhere_is_invalid(capsys):
    data, chance = honest(), random.Random(8)
    assert set(codes(data[:end] for end in chance.sample(range(len(data)), 50))) == {40}


def flip(mark):
    """A signature under another key's number."""
    return bytes([mark[0] ^ 1]) + mark[1:]


def test_a_signature_spelt_another_way_is_invalid(capsys):
    data, log = honest(), rich_log()
    text = log.checkpoint()
    mark = verify.base64.b64decode(text.split()[-1])
    number = int.from_bytes(mark[-32:], "little") + verify.L
    other_s = mark[:-32] + number.to_bytes(32, "little")
    base64 = verify.base64.b64encode
    loose = text[:-3] + chr(ord(text[-3]) + 1) + text[-2:]
    neutral = mark[:4] + (1).to_bytes(32, "little") + mark[-32:]
    spelt = [
        text.replace(base64(mark).decode(), base64(each).decode())
        for each in (other_s, neutral, mark[:-1], mark + b"\0", flip(mark))
    ]
    assert len({text, loose, *spelt}) == 7
    bundle = log.bundle(since=[3, 5])
    assert canonical(bundle) == data
    assert set(codes(canonical(bundle | {"checkpoint": each}) for each in (loose, *spelt))) == {40}


@pytest.mark.parametrize(
    "public",
    [
        (1).to_bytes(32, "little"),
        bytes(32),
        (verify.P - 1).to_bytes(32, "little"),
        (verify.P + 1).to_bytes(32, "little"),
        (2).to_bytes(32, "little"),
        b"\x01" + bytes(30) + b"\x80",
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    ],
)
def test_a_key_that_is_no_point_or_of_small_order_signs_nothing(public):
    assert verify.point(public) is None
    base = (4 * pow(5, -1, verify.P) % verify.P).to_bytes(32, "little")
    for r in (public, base):
        for s in (0, 1):
            assert not verify.is_signed(b"", r + s.to_bytes(32, "little"), public)


def test_a_point_has_one_spelling():
    named = [y for y in range(19) if verify.point(y.to_bytes(32, "little"))]
    assert named == [3, 4, 5, 6, 9, 10, 14, 15, 16, 18]
    assert {verify.point((verify.P + y).to_bytes(32, "little")) for y in named} == {None}


def rewritten(seed, log_size=12):
    """An honest log, and one that differs from it in one entry and is signed by the same key."""
    chance = random.Random(seed)
    place = chance.randrange(log_size - 2)
    logs = []
    for title in ("收费公示", "招生公示"):
        log = Log()
        for number in range(log_size - 1):
            says = SAYS | ({"title": title} if number == place else {})
            log.write("publish", edition=number + 1, item=f"{number}", public=PLAN, says=says)
        log.anchor()
        logs.append(log)
    kept = chance.randrange(place + 1, log_size + 1)
    return *logs, str(place), kept


def forks(judge, count):
    for seed in range(count):
        log, forged, item, kept = rewritten(seed)
        since = [kept] if kept < 12 else []
        assert judge(log.bundle(item, since=since), head=log.head(kept)).code == 0
        assert judge(forged.bundle(item, since=since)).code == 10
        yield judge(forged.bundle(item, since=since), head=log.head(kept)).code


def rollbacks(judge, count):
    """The log is cut back to before what was kept, with or without other entries after."""
    for seed in range(count):
        chance = random.Random(seed)
        log = published(more=10)
        size = chance.randrange(2, 11)
        kept = chance.randrange(size + 1, 13)
        yield judge(log.bundle(size=size), head=log.head(kept), at=hour(size)).code


def test_a_rewritten_log_is_found_by_whoever_kept_a_head(judge):
    assert list(forks(judge, 3)) == [30] * 3


def test_a_log_cut_back_is_found_by_whoever_kept_a_head(judge):
    assert list(rollbacks(judge, 5)) == [30] * 5


@pytest.mark.prove
def test_twenty_rewritten_logs_are_found(judge):
    assert list(forks(judge, 20)) == [30] * 20


@pytest.mark.prove
def test_fifty_logs_cut_back_are_found(judge):
    assert list(rollbacks(judge, 50)) == [30] * 50
