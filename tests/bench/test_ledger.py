"""The ledger's part of the bench at tiny size: what is measured is what it says it is."""

import pytest

from portal.ledger import verify
from portal.ledger.models import Checkpoint, LedgerEntry
from tests.bench import acts, generator
from tests.bench.outsider import verified
from tests.bench.report_ledger import WITH, WITHOUT, show_acts


@pytest.mark.services
def test_acts_are_performed_alike_and_only_one_of_a_pair_is_in_the_ledger(stage):
    told = acts.measured(stage, pairs=1)
    assert {name: {how: len(each) for how, each in of.items()} for name, of in told.items()} == {
        name: {WITH: 1, WITHOUT: 1} for name in ("publish", "withdraw", "redact")
    }
    editions = LedgerEntry.objects.values_list("item", "kind")
    lives = sorted(" ".join(kind for of, kind in editions if of == item) for item, _k in editions)
    assert lives == ["publish"] * 6 + ["publish redact"] * 4 + ["publish withdraw"] * 4


@pytest.mark.services
def test_without_the_ledger_nothing_is_appended_and_afterwards_it_is_again(stage):
    edition = stage.approved()
    with acts.no_ledger():
        edition.publish(by=stage.cast.office)
    assert (edition.state, LedgerEntry.objects.count()) == ("published", 0)
    stage.published()
    assert LedgerEntry.objects.count() == 1


@pytest.mark.services
def test_an_outsider_finds_the_log_of_the_bench_right(db, client, monkeypatch, tmp_path):
    monkeypatch.setattr(generator, "SCHOOLS", 3)
    bench, path = generator.Generator(), tmp_path / "proof.json"
    bench.write([bench.notice(number) for number in reversed(range(25))])
    path.write_bytes(client.get(f"{bench.address}proof.json").content)
    key, kept = bench.log.key, Checkpoint.objects.first()
    assert (kept.size, Checkpoint.objects.last().size) == (10, 26)
    pins = ["--origin", key.origin, "--key", key.text, "--head", kept.line]
    assert verify.main([str(path), *pins]) == 0


def test_a_log_made_in_memory_is_verified():
    assert all(0 < seconds < float("inf") for seconds in verified(20).values())


def test_the_report_says_how_many_times_as_long_an_act_takes(capsys):
    show_acts("sqlite", {"publish": {WITH: [9.0, 40.0, 2.0], WITHOUT: [3.0, 4.0, 5.0]}})
    printed = capsys.readouterr().out.splitlines()
    assert printed[-3].split() == ["publish", "9.0", "4.0", "2.25"]
    assert printed[-1] == "publish takes 2.25 times as long"
