"""An installation older than the ledger enters what stands, once, and says which."""

import pytest
from django.core.management import call_command

from disclosures import proof
from portal.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


def test_what_was_published_before_is_entered_once_and_listed(stage, monkeypatch, capsys):
    with monkeypatch.context() as before:
        before.setattr(proof, "append", lambda *_args, **_more: None)
        standing, gone = stage.published(), stage.withdrawn(title="撤回的一件")
    assert not LedgerEntry.objects.exists()
    call_command("enter_ledger")
    told = capsys.readouterr().out
    assert f"{standing.disclosure.address} 1 {standing.title}" in told
    assert told.endswith("2 entered\n")
    kinds = [entry.kind for entry in LedgerEntry.objects.all()]
    assert kinds == ["publish", "publish", "withdraw"]
    assert proof.stands(standing)
    assert proof.stands(gone)
    call_command("enter_ledger")
    assert capsys.readouterr().out == "0 entered\n"
