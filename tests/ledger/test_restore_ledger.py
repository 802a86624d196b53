"""An older backup comes back: the log is completed from outside, removals are applied again."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from disclosures.models import Edition
from portal.ledger.anchoring import anchor
from portal.ledger.log import append
from portal.ledger.merkle import root_of
from portal.ledger.models import LedgerEntry, Node, Tail
from portal.ledger.signing import Signer
from portal.text.masking import MARK
from tests.disclosures.test_redact import BODY, everything, propose
from tests.disclosures.test_redact_rows import held
from tests.disclosures.test_tabulate import fees
from tests.ledger.house import verified

pytestmark = pytest.mark.django_db
ORIGIN = "school.example/ledger"


@pytest.fixture
def signer(tmp_path):
    made = Signer(tmp_path / "signer", ORIGIN)
    made.make_key()
    return made


@pytest.fixture
def restore(tmp_path, signer):
    def run():
        said = io.StringIO()
        told = ["--key", signer.public_key(), "--origin", ORIGIN]
        call_command("restore_ledger", str(tmp_path / "copy"), *told, stdout=said)
        return said.getvalue()

    return run


def copy(client, folder):
    for path in ("checkpoint", "heads.txt", "entries/00000.jsonl", "content/0.json"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(client.get(f"/ledger/{path}").content)


@pytest.fixture
def older(cast, stage, client, signer, tmp_path):
    """A database as it was before a removal that the copy outside knows of."""
    edition = stage.published(body=BODY)
    signer.sign()
    backup = transaction.savepoint()
    propose(edition, cast.office)
    edition.redact(by=cast.principal)
    anchor()
    head = signer.sign()
    copy(client, tmp_path / "copy")
    transaction.savepoint_rollback(backup)
    assert LedgerEntry.objects.count() == 1
    assert "王小明" in everything()
    return head


def test_what_was_removed_is_removed_again_and_the_log_goes_on(older, restore, signer):
    said = restore()
    assert "1 redact" in said
    assert "removed again: /schools/first/" in said
    assert said.endswith("2 entries appended\n")
    assert MARK in Edition.objects.get().body
    assert "王小明" not in everything()
    assert [entry.kind for entry in LedgerEntry.objects.all()][:3] == [
        "publish",
        "redact",
        "anchor",
    ]
    assert root_of(older.size, Node.objects.fetch) == bytes(older.root)
    assert signer.sign().size == Tail.objects.get().size > older.size


def test_a_removed_row_of_a_table_is_removed_again(cast, stage, client, signer, tmp_path, restore):
    edition = stage.draft(body="")
    edition.tabulate(by=cast.editor, table=fees(("王小明", "500"), ("李小红", "500")))
    stage.carry_out(edition)
    signer.sign()
    backup = transaction.savepoint()
    told = {"names": ["row/00001"], "basis": "guardian", "reason": "家长要求"}
    edition.propose_redaction(by=cast.office, **told)
    edition.redact(by=cast.principal)
    anchor()
    signer.sign()
    copy(client, tmp_path / "copy")
    transaction.savepoint_rollback(backup)
    assert held("王小明")
    assert "row/00001" in restore()
    assert held("王小明") == 0
    assert [row.is_removed for row in Edition.objects.get().sheet.rows()] == [True, False]
    assert verified("sheets", "rows") == (0, "0 相符\n")


def test_a_second_time_there_is_nothing_left_to_do(older, restore):
    restore()
    with pytest.raises(CommandError, match="different pasts"):
        restore()


def test_another_past_is_not_written_over(older, restore):
    append("publish", item="something else")
    before = LedgerEntry.objects.count()
    with pytest.raises(CommandError, match="different pasts"):
        restore()
    assert LedgerEntry.objects.count() == before


def test_a_spoiled_copy_changes_nothing(older, restore, tmp_path):
    tile = tmp_path / "copy" / "entries" / "00000.jsonl"
    tile.write_bytes(tile.read_bytes().replace(b'"edition":1', b'"edition":2', 1))
    with pytest.raises(CommandError, match="does not verify: verdict 40"):
        restore()
    assert LedgerEntry.objects.count() == 1
    assert "王小明" in everything()
