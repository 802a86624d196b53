"""The signer signs what grew, and refuses a log that is not the one it signed."""

import base64
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command
from django.db import connection

from portal.ledger.log import append
from portal.ledger.merkle import root_of
from portal.ledger.models import Checkpoint, LedgerEntry, Node
from portal.ledger.signing import NotSigned, Signer

pytestmark = pytest.mark.django_db
ORIGIN = "school.example/ledger"


@pytest.fixture
def signer(tmp_path):
    made = Signer(tmp_path / "signer", ORIGIN)
    made.make_key()
    return made


def grow(count):
    for _number in range(count):
        append("publish", item="a")


def test_a_head_is_signed_over_exactly_three_lines(signer):
    grow(5)
    head = signer.sign()
    text, _empty, line = head.note.rpartition("\n\n")[0] + "\n", "", head.note.split("\n\n")[1]
    assert text == f"{ORIGIN}\n5\n{base64.b64encode(bytes(head.root)).decode()}\n"
    assert head.line == f"5 {bytes(head.root).hex()}"
    assert bytes(head.root) == root_of(5, Node.objects.fetch)
    _dash, name, signature = line.strip().split(" ")
    assert name == ORIGIN
    key = base64.b64decode(signer.public_key().split("+", 2)[2])
    public = Ed25519PublicKey.from_public_bytes(key[1:])
    public.verify(base64.b64decode(signature)[4:], text.encode())
    assert Checkpoint.objects.get().pk == 5


def test_nothing_is_signed_twice_and_what_grew_is(signer):
    grow(2)
    assert signer.sign().size == 2
    assert signer.sign() is None
    grow(3)
    assert signer.sign().size == 5


def test_only_the_signer_can_read_its_key(signer):
    key = signer.folder / "key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        signer.make_key()


def test_without_its_key_it_says_so(tmp_path, db):
    grow(1)
    with pytest.raises(NotSigned, match="cannot be read"):
        Signer(tmp_path, ORIGIN).sign()
    assert not Checkpoint.objects.exists()


def forget(entry, where):
    with connection.cursor() as cursor:
        for table, column in {"ledger_opening": "entry_id", "ledger_ledgerentry": "seq"}.items():
            event = {"sqlite": f"guard_{table}_delete", "postgresql": f"guard_delete ON {table}"}
            cursor.execute(f"DROP TRIGGER {event[connection.vendor]}")
            cursor.execute(f"DELETE FROM {table} WHERE {column} {where} %s", [entry])  # noqa: S608


def test_a_log_that_got_shorter_is_not_signed(signer):
    grow(4)
    signer.sign()
    forget(2, ">=")
    with pytest.raises(NotSigned, match="has 2 entries, but 4 have been signed"):
        signer.sign()


def test_a_gap_is_not_signed_over(signer):
    grow(5)
    forget(3, "=")
    with pytest.raises(NotSigned, match="Entry 3 is missing"):
        signer.sign()
    assert not Checkpoint.objects.exists()


def test_a_head_of_another_signer_is_not_followed(signer, tmp_path):
    grow(2)
    signer.sign()
    other = Signer(tmp_path / "other", ORIGIN)
    other.make_key()
    with pytest.raises(NotSigned, match="was signed elsewhere"):
        other.sign()


def test_a_head_kept_but_not_shown_before_a_crash_is_shown_next_time(signer, monkeypatch):
    grow(3)
    monkeypatch.setattr(Signer, "_publish", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        signer.sign()
    monkeypatch.undo()
    assert signer.sign().size == 3


def test_the_command_makes_a_key_once_and_signs(settings, tmp_path, capsys, db):
    settings.SIGNER_DIR, settings.LEDGER_ORIGIN = tmp_path / "signer", ORIGIN
    call_command("sign_ledger", "--new-key")
    assert capsys.readouterr().out.startswith(f"{ORIGIN}+")
    with pytest.raises(CommandError):
        call_command("sign_ledger", "--new-key")
    append("publish", item="a")
    call_command("sign_ledger")
    assert capsys.readouterr().out.startswith("1 ")
    assert LedgerEntry.objects.count() == 1
